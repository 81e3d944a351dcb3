"""A thread that says the worker lives and keeps what the worker holds."""

import threading
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

log = structlog.get_logger("openipt.outbox")


class Pulse:
    """Beats from `with Pulse(name)` to its end, on a database connection of its own."""

    def __init__(self, name: str, every: float | None = None) -> None:
        self._name = name
        self._every = every or EVERY
        self._renew: Callable[[datetime], object] | None = None
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
        """Renew a lease with every beat while this lasts."""
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

    def _run(self) -> None:
        while True:
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
