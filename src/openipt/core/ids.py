"""Ids that sort by the time they were made and are known before anything is saved."""

import random
import secrets
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_VERSION_7 = 0x7 << 76
_VARIANT = 0b10 << 62

_source: ContextVar[Callable[[], uuid.UUID] | None] = ContextVar("ids", default=None)


def new_id() -> uuid.UUID:
    """Return a UUID version 7 (RFC 9562): 48 bits of Unix milliseconds, 74 random bits."""
    made = _source.get()
    if made is not None:
        return made()
    return _compose(time.time_ns() // 1_000_000, secrets.randbits)


@contextmanager
def repeatable_ids(seed: int, milliseconds: int) -> Iterator[None]:
    """Make ids that are the same for the same seed; for invented people only.

    `milliseconds` is the Unix time that the first carries; each later one adds one.
    """
    dice = random.Random(seed)  # noqa: S311 -- meant to be repeatable, guards nothing
    clock = milliseconds

    def make() -> uuid.UUID:
        nonlocal clock
        clock += 1
        return _compose(clock, dice.getrandbits)

    token = _source.set(make)
    try:
        yield
    finally:
        _source.reset(token)


def _compose(milliseconds: int, bits: Callable[[int], int]) -> uuid.UUID:
    return uuid.UUID(
        int=milliseconds << 80 | _VERSION_7 | bits(12) << 64 | _VARIANT | bits(62)
    )
