"""Ids that sort by the time they were made and are known before anything is saved."""

import secrets
import time
import uuid

_VERSION_7 = 0x7 << 76
_VARIANT = 0b10 << 62


def new_id() -> uuid.UUID:
    """Return a UUID version 7 (RFC 9562): 48 bits of Unix milliseconds, 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random_a = secrets.randbits(12) << 64
    return uuid.UUID(
        int=milliseconds << 80 | _VERSION_7 | random_a | _VARIANT | secrets.randbits(62)
    )
