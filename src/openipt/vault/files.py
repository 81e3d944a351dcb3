"""Key files: 32 random bytes each, readable by their owner only.

A key-encryption key is named `kek-<number>-<mark>.key`. The newest number wraps new data
keys, older ones still open what they wrapped. The mark is the start of the SHA-256 of
the key, so that a damaged or mixed-up file is noticed before it is used.
"""

import hashlib
import os
import re
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from .crypto import KEY_BYTES
from .errors import VaultKeyMissing

_KEK_NAME = re.compile(r"kek-(\d{4}-[0-9a-f]{8})\.key")
_OTHERS = 0o077


def folder() -> Path:
    """Return where key files live; it is made when it is not there."""
    place = settings.OPENIPT_DATA_DIR / "keys"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def kek_files() -> dict[str, Path]:
    """Return the key files by id, the oldest first.

    OPENIPT_KEK_FILES may name them elsewhere, for instance where the system hands
    credentials to the process.

    :raises VaultKeyMissing: if a named file is not there or is not named like a key
    """
    found = _named() or folder().glob("kek-*.key")
    return dict(sorted((_id_of(path), path) for path in found))


def kek(kek_id: str) -> bytes:
    """Return one key-encryption key; its file is read once for each process.

    :raises VaultKeyMissing: if its file is not there, or holds something else
    """
    return _kek(kek_id, folder(), tuple(_named()))


@lru_cache(maxsize=32)
def _kek(kek_id: str, _folder: Path, _named: tuple[Path, ...]) -> bytes:
    files = kek_files()
    if kek_id not in files:
        here = ", ".join(files) or _("none")
        raise VaultKeyMissing(
            _(
                "The key file kek-%(kek)s.key is missing (here: %(here)s). "
                "Put it back from the place where you keep a copy."
            )
            % {"kek": kek_id, "here": here}
        )
    return _checked(kek_id, read(files[kek_id]))


def newest_kek() -> tuple[str, bytes]:
    """Return id and key of the file that wraps new data keys.

    :raises VaultKeyMissing: if there is none
    """
    files = kek_files()
    if not files:
        raise VaultKeyMissing(
            _(
                "There is no key file yet. Run `openipt init`; if this record was in use "
                "before, put its key files back instead."
            )
        )
    kek_id = next(reversed(files))
    return kek_id, _checked(kek_id, read(files[kek_id]))


def new_kek() -> str:
    """Write a new key-encryption key, newer than all others, and return its id."""
    numbers = [int(kek_id[:4]) for kek_id in _ids_in_folder()]
    key = secrets.token_bytes(KEY_BYTES)
    kek_id = f"{max(numbers, default=0) + 1:04}-{_mark(key)}"
    write(folder() / f"kek-{kek_id}.key", key)
    return kek_id


def blind_key(*, or_new: bool = False) -> bytes:
    """Return the key of blind indexes; it is not a key-encryption key.

    :raises VaultKeyMissing: if it is not there and no new one is wanted
    """
    path = folder() / "blind.key"
    if or_new and not path.exists():
        write(path, secrets.token_bytes(KEY_BYTES))
    return _blind_key(path)


@lru_cache(maxsize=4)
def _blind_key(path: Path) -> bytes:
    return read(path)


def write(path: Path, key: bytes) -> None:
    """Write a new key file, on the disk before this returns; an old one is never touched.

    :raises FileExistsError: if there is one of this name
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    descriptor = os.open(path, flags, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(descriptor)
    beside = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(beside)
    finally:
        os.close(beside)


def read(path: Path) -> bytes:
    """Return what a key file holds.

    :raises VaultKeyMissing: if it cannot be read or is not 32 bytes long
    """
    try:
        key = path.read_bytes()
    except OSError:
        raise VaultKeyMissing(
            _("The key file %(name)s cannot be read.") % {"name": path.name}
        ) from None
    if len(key) != KEY_BYTES:
        raise VaultKeyMissing(
            _("The key file %(name)s is damaged: a key has 32 bytes.")
            % {"name": path.name}
        )
    return key


def open_to_others() -> list[str]:
    """Return the names of key files here that other accounts of this machine may read."""
    return sorted(
        path.name for path in folder().glob("*.key") if path.stat().st_mode & _OTHERS
    )


def are_named() -> bool:
    """Tell whether the operator keeps the key files in a place of their own."""
    return bool(_named())


def _named() -> list[Path]:
    return [Path(name) for name in getattr(settings, "OPENIPT_KEK_FILES", ())]


def _ids_in_folder() -> list[str]:
    return [_id_of(path) for path in folder().glob("kek-*.key")]


def _id_of(path: Path) -> str:
    match = _KEK_NAME.fullmatch(path.name)
    if match is None:
        raise VaultKeyMissing(
            _("%(name)s is not named like a key file, kek-0001-89abcdef.key.")
            % {"name": path.name}
        )
    return match[1]


def _mark(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()[:8]


def _checked(kek_id: str, key: bytes) -> bytes:
    if not kek_id.endswith(_mark(key)):
        raise VaultKeyMissing(
            _(
                "The key file kek-%(kek)s.key holds another key than its name says. "
                "Put the right one back."
            )
            % {"kek": kek_id}
        )
    return key
