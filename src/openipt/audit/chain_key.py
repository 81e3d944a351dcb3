"""The key of the chain: a file beside the database, never in it."""

import os
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

_BYTES = 32


class ChainKeyMissing(Exception):
    """The key of the chain is not there or damaged; the message says what to do."""


def path() -> Path:
    """Return where the key is."""
    place: Path = settings.OPENIPT_DATA_DIR
    return place / "keys" / "audit.key"


def for_sealing() -> bytes:
    """Return the key; the first sealing of a new installation makes it.

    :raises ChainKeyMissing: if events were sealed with a key that is gone: a new one
        would hide that
    """
    from .models import AuditEvent

    place = path()
    if not place.exists() and not AuditEvent.objects.filter(seq__isnull=False).exists():
        _write_new(place)
    return read()


def read() -> bytes:
    """Return the key; the file is read once for each process.

    :raises ChainKeyMissing: if it is not there or damaged
    """
    return _read(path())


def _write_new(place: Path) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(_BYTES))
        file.flush()
        os.fsync(descriptor)
    beside = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(beside)
    finally:
        os.close(beside)


@lru_cache(maxsize=4)
def _read(place: Path) -> bytes:
    try:
        key = place.read_bytes()
    except OSError:
        raise ChainKeyMissing(_gone()) from None
    if len(key) != _BYTES:
        raise ChainKeyMissing(_gone())
    return key


def _gone() -> str:
    return _(
        "The key of the audit trail, keys/audit.key, is missing or damaged. "
        "Put it back from the place where you keep a copy."
    )
