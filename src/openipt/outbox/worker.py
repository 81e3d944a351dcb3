"""Does what is due, one job at a time, until told to stop."""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from django.db import Error as DatabaseProblem
from django.db import close_old_connections, connection
from django.utils.module_loading import autodiscover_modules, import_string
from django_tasks.base import Task

from . import claims, clock, recurring, schedule
from .claims import Claim
from .pulse import Pulse
from .surroundings import surrounded

IDLE = 1.0
"""Seconds between two looks when nothing is due."""
DATABASE_AWAY = 5.0
"""Seconds until the database is tried again."""

log = structlog.get_logger("openipt.outbox")


class NotATask(Exception):
    """A job names something that is not a task."""


def run(stop: threading.Event, name: str) -> None:
    """Work until `stop` is set; the job at hand is finished first.

    `name` tells this worker from all others and stands beside its sign of life.
    """
    with Pulse(name) as pulse:
        ready = False
        while not stop.is_set():
            close_old_connections()
            try:
                if not ready:
                    _get_ready(clock.now())
                    ready = True
                worked = turn(name, pulse)
            except DatabaseProblem as problem:
                log.error("database away", worker=name, error=type(problem).__name__)  # noqa: TRY400 -- its text may quote a row
                connection.close()
                _rest(DATABASE_AWAY, stop)
            else:
                if not worked:
                    _rest(IDLE, stop)
    connection.close()


def turn(name: str, pulse: Pulse) -> bool:
    """Do what recurs and then one job; return whether there was anything to do."""
    recurred = recurring.run_due(name, clock.now, pulse)
    claim = claims.take(name, clock.now())
    if claim is None:
        return bool(recurred)
    with pulse.holding(lambda at: claims.renew(claim, at)):
        _do(claim, clock.now)
    return True


def run_due(at: datetime, limit: int = 1000) -> int:
    """Do every job that is due at this instant and return how many went well.

    For tests: in this thread, in the caller's transaction if there is one. A job that
    fails rests as it would in earnest. Recurring work is left to `recurring.run_due`.
    """
    done = 0
    for _job in range(limit):
        claim = claims.take("run_due", at)
        if claim is None:
            break
        done += _do(claim, lambda: at)
    return done


def _rest(seconds: float, stop: threading.Event) -> None:
    """Sleep, but not much longer than until `stop` is set.

    Not by `stop.wait`: a signal that sets the event while this thread is just entering
    the wait would stand before a lock that this thread holds.
    """
    until = time.monotonic() + seconds
    while not stop.is_set() and time.monotonic() < until:
        time.sleep(min(seconds, 0.2))


def _get_ready(at: datetime) -> None:
    """Load what the parts register in their `jobs` modules."""
    autodiscover_modules("jobs")
    schedule.keep_rows(at)


def _do(claim: Claim, now: Callable[[], datetime]) -> bool:
    """Run a job and mark it afterwards, never before; return whether it went well."""
    told = log.bind(job=str(claim.job_id), kind=claim.kind, attempts=claim.attempt)
    try:
        with surrounded():
            _task(claim.kind).func(*claim.payload["args"], **claim.payload["kwargs"])
    except Exception as fault:  # noqa: BLE001 -- whatever a job raises, the next one goes on
        claims.give_back(claim, type(fault), now())
        told.warning("job failed", error=type(fault).__name__)
        return False
    if not claims.finish(claim, now()):
        told.warning("job was done twice")
    return True


def _task(kind: str) -> Any:
    task = import_string(kind)
    if not isinstance(task, Task):
        raise NotATask(kind)
    return task
