"""Seals bytes to one place: AES-256-GCM, bound to where the bytes belong.

A sealed blob is `version (1) | key mark (4) | nonce (12) | ciphertext and tag`. The mark
tells a wrong key from a changed blob and gives nothing away about the key. The
associated data name service, subject, model, row and field, so that a blob moved to any
other place does not open.
"""

import hashlib
import hmac
import secrets
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .errors import VaultBroken, VaultKeyMissing

KEY_BYTES = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16
_MARK_BYTES = 4
_VERSION = b"\x01"
_HEAD_BYTES = len(_VERSION) + _MARK_BYTES


class Place(NamedTuple):
    """Where a sealed value belongs; it opens nowhere else."""

    service_id: UUID | None
    subject: UUID
    model: str
    pk: object
    field: str

    def __str__(self) -> str:
        return f"{self.model}.{self.field} of {self.pk}"

    def as_bytes(self) -> bytes:
        """Return the associated data; no part can hold the divider."""
        subject = _said(self.subject)
        pk = subject if self.pk is self.subject else str(self.pk)
        service = _said(self.service_id) if self.service_id else "-"
        return f"{service}|{subject}|{self.model}|{pk}|{self.field}".encode()


class DataKey:
    """An open data key: 256 bits in memory, never printed."""

    __slots__ = ("_cipher", "_key")

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self._key = key

    @property
    def mark(self) -> bytes:
        """What its blobs bear; worked out when one is sealed, or does not open."""
        said = hmac.digest(self._key, b"openipt data key mark", hashlib.sha256)
        return said[:_MARK_BYTES]

    def seal(self, plain: bytes, place: Place) -> bytes:
        """Return the blob that only this key opens, and only at this place."""
        head = _VERSION + self.mark
        nonce = secrets.token_bytes(_NONCE_BYTES)
        bound = head + place.as_bytes()
        return head + nonce + self._cipher.encrypt(nonce, plain, bound)

    def open(self, blob: bytes, place: Place) -> bytes:
        """Return what was sealed here.

        :raises VaultBroken: if it was changed, moved from elsewhere, or never sealed
        :raises VaultKeyMissing: if another key sealed it
        """
        head, rest = blob[:_HEAD_BYTES], blob[_HEAD_BYTES:]
        if len(rest) < _NONCE_BYTES + _TAG_BYTES or not head.startswith(_VERSION):
            raise VaultBroken(f"{place} does not hold sealed text.")
        nonce, sealed = rest[:_NONCE_BYTES], rest[_NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, sealed, head + place.as_bytes())
        except InvalidTag:
            if head != _VERSION + self.mark:
                raise VaultKeyMissing(f"{place} was sealed with another key.") from None
            raise VaultBroken(
                f"{place} was changed, or moved here from another place."
            ) from None


def new_key() -> bytes:
    """Return 256 random bits."""
    return secrets.token_bytes(KEY_BYTES)


def wrap(kek: bytes, key: bytes, *, service_id: UUID | None, subject: UUID) -> bytes:
    """Return a data key locked by a key-encryption key, bound to its owner."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(kek).encrypt(nonce, key, _owner(service_id, subject))


def opener(kek: bytes) -> AESGCM:
    """Return what unwraps data keys: for some of them, not for the life of a process."""
    return AESGCM(kek)


def unwrap(
    kek: AESGCM, wrapped: bytes, *, service_id: UUID | None, subject: UUID
) -> bytes:
    """Return the data key of this owner; `kek` is its `opener`.

    :raises VaultBroken: if the wrapped key was changed or belongs to somebody else
    """
    nonce, locked = wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:]
    try:
        return kek.decrypt(nonce, locked, _owner(service_id, subject))
    except (InvalidTag, ValueError):
        raise VaultBroken(
            f"The data key of {subject} was changed, or belongs to somebody else."
        ) from None


def _owner(service_id: UUID | None, subject: UUID) -> bytes:
    service = _said(service_id) if service_id else "-"
    return f"openipt data key|{service}|{_said(subject)}".encode()


@lru_cache(maxsize=8192)
def _said(one: UUID) -> str:
    """Return an id as a text: a list of two hundred says each four times."""
    return str(one)
