"""The installation's own secret, made once and kept readable by its owner alone."""

import os
import secrets
from pathlib import Path


def secret_key(folder: Path) -> str:
    """Return the signing key in `folder/keys/secret.key`, making it (mode 0600) if needed."""
    place = folder / "keys" / "secret.key"
    place.parent.mkdir(mode=0o700, exist_ok=True)
    if not place.exists():
        try:
            handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return place.read_text(encoding="ascii")
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
            file.flush()
            os.fsync(file.fileno())
    return place.read_text(encoding="ascii")
