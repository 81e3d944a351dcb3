"""A thread that says the worker lives and keeps what the worker holds.

It is also who notices that the worker does not come back from a piece of work. Alerts wait
behind it, so it ends the process; the one in front, or the system, begins another.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Self

import structlog
from django.db import Error as DatabaseProblem
from django.db import connection

from . import clock

EVERY = 15.0
"""Seconds between two signs of life; a lease lasts four of them."""

LONGEST = 10 * 60.0
"""Seconds after which a piece of work hangs: each is short, a copy has its own process."""
HANGS = 70
"""How the process ends then."""

log = structlog.get_logger("openipt.outbox")


class Pulse:
    """Beats from `with Pulse(name)` to its end, on a database connection of its own."""

    def __init__(
        self,
        name: str,
        every: float | None = None,
        *,
        longest: float = LONGEST,
        end: Callable[[int], object] = os._exit,
    ) -> None:
        self._name = name
        self._every = every or EVERY
        self._longest, self._end = longest, end
        self._renew: Callable[[datetime], object] | None = None
        self._since = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="pulse")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join(timeout=self._every)

    @contextmanager
    def holding(self, renew: Callable[[datetime], object]) -> Iterator[None]:
        """Renew a lease with every beat while this lasts, which is not for ever."""
        self._since = time.monotonic()
        self._renew = renew
        try:
            yield
        finally:
            self._renew = None

    def beat(self) -> None:
        """Say once that the worker lives, and renew what it holds."""
        from .models import Heartbeat

        at = clock.now()
        Heartbeat.objects.update_or_create(worker=self._name, defaults={"at": at})
        if renew := self._renew:
            renew(at)

    @property
    def _hangs(self) -> bool:
        return (
            self._renew is not None and time.monotonic() - self._since > self._longest
        )

    def _run(self) -> None:
        while True:
            if self._hangs:
                # No farewell: whatever the work waits for would keep that waiting, too.
                log.error("work hangs", worker=self._name)
                self._end(HANGS)
            try:
                self.beat()
            except DatabaseProblem as problem:
                # A lease lasts four beats: one that is missed does no harm.
                log.warning(
                    "no sign of life", worker=self._name, error=type(problem).__name__
                )
                connection.close()
            if self._stop.wait(self._every):
                break
        connection.close()
