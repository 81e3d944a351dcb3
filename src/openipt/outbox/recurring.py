"""Runs what happens again and again: leased like a job, but its one row stays."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from . import claims, schedule
from .pulse import Pulse
from .schedule import Recurring
from .surroundings import surrounded

if TYPE_CHECKING:
    from .models import Periodic

log = structlog.get_logger("openipt.outbox")


def run_due(
    worker: str, now: Callable[[], datetime], pulse: Pulse | None = None
) -> list[str]:
    """Run each recurring thing whose time has come and return their names.

    One that fails rests longer each time, though not longer than its own period, and is
    never given up.
    """
    from .models import Periodic

    rows = Periodic.objects.filter(claims.ripe(now())).order_by("next_at", "pk")
    return [
        row.pk
        for row in rows
        if _is_due(row, now())
        and (known := schedule.find(row.pk))
        and _run(known, row, worker, now, pulse)
    ]


def _is_due(row: "Periodic", at: datetime) -> bool:
    """Return whether a row's time has come.

    Nothing waits longer than its period: a time further ahead was written by a clock that
    was set right since, and waiting for it would stop the work for as long.
    """
    period = timedelta(seconds=row.every_seconds)
    return row.next_at <= at or row.next_at > at + period


def _run(
    known: Recurring,
    row: "Periodic",
    worker: str,
    now: Callable[[], datetime],
    pulse: Pulse | None,
) -> bool:
    """Lease and run one thing; return False if there was no need or somebody has it."""
    if not _is_needed(known):
        return False
    rows = type(row).objects.filter(pk=row.pk, next_at=row.next_at)
    until = now() + claims.LEASE
    if not rows.filter(claims.ripe(now())).update(lease_until=until, leased_by=worker):
        return False
    mine = rows.filter(leased_by=worker)

    def renew(at: datetime) -> None:
        mine.update(lease_until=at + claims.LEASE)

    with pulse.holding(renew) if pulse else nullcontext():
        mine.update(**_outcome(known, row, now))
    return True


def _outcome(
    known: Recurring, row: "Periodic", now: Callable[[], datetime]
) -> dict[str, object]:
    """Do the work; return what its row says afterwards."""
    free = {"leased_by": "", "lease_until": None}
    period = timedelta(seconds=known.every_seconds)
    try:
        with surrounded():
            known.work()
    except Exception as fault:  # noqa: BLE001 -- whatever it raises, the rest goes on
        log.warning(
            "recurring work failed", kind=known.kind, error=type(fault).__name__
        )
        failures = row.attempts + 1
        return free | {
            "attempts": failures,
            "last_error": type(fault).__qualname__[:200],
            "lease_until": now() + min(period, claims.wait_after(failures)),
        }
    return free | {"attempts": 0, "last_error": "", "next_at": now() + period}


def _is_needed(known: Recurring) -> bool:
    try:
        return known.when()
    except Exception:  # noqa: BLE001 -- the work itself will then say what is wrong
        return True
