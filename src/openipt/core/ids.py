"""Ids that sort by the time they were made and are known before anything is saved."""

import random
import secrets
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_VERSION_7 = 0x7 << 76
_VARIANT = 0b10 << 62
_MOST_IN_A_MILLISECOND = 0xFFF

_source: ContextVar[Callable[[], uuid.UUID] | None] = ContextVar("ids", default=None)


def new_id() -> uuid.UUID:
    """Return a UUID version 7 (RFC 9562): 48 bits of Unix milliseconds, then a count.

    Within a process each id is greater than the one before it, also within a millisecond
    and when the clock steps back: what is sorted by id is in the order it was made. The
    last 62 bits are random.
    """
    made = _source.get()
    if made is not None:
        return made()
    return _compose(*_next_place(), secrets.randbits(62))


_turn = threading.Lock()
_last = (0, 0)


def _next_place() -> tuple[int, int]:
    """Return the millisecond and the count within it (RFC 9562, 6.2, method 1)."""
    global _last  # noqa: PLW0603 -- one count for the whole process is the point
    with _turn:
        milliseconds = time.time_ns() // 1_000_000
        before, count = _last
        if milliseconds > before:
            _last = (milliseconds, secrets.randbits(11))
        elif count < _MOST_IN_A_MILLISECOND:
            _last = (before, count + 1)
        else:
            _last = (before + 1, 0)
        return _last


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
        return _compose(clock, dice.getrandbits(12), dice.getrandbits(62))

    token = _source.set(make)
    try:
        yield
    finally:
        _source.reset(token)


def _compose(milliseconds: int, count: int, chance: int) -> uuid.UUID:
    return uuid.UUID(
        int=milliseconds << 80 | _VERSION_7 | count << 64 | _VARIANT | chance
    )
