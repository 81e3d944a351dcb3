"""What the worker does for alerts: the sweep that keeps telling until somebody takes one."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from uuid import UUID

import structlog

from openipt.outbox import periodic
from openipt.web.clock import now

from . import operations, queries

SWEEP_SECONDS = 15

_log = structlog.get_logger(__name__)


class _ForOneAlert(Protocol):
    def __call__(self, *, alert_id: UUID, at: datetime) -> None: ...


@periodic("safety.sweep", every=SWEEP_SECONDS, when=lambda: queries.clock_runs(now()))
def sweep() -> None:
    """Tell whoever is due. What was missed while no worker ran is done now.

    Each alert has a transaction of its own, so that one which fails keeps no other
    waiting; the failure is raised in the end, and the next turn tries again.

    :raises ExceptionGroup: if some alerts failed
    """
    at = now()
    failures: list[Exception] = []
    for find, act in _DUTIES:
        for alert_id in find(at):
            try:
                act(alert_id=alert_id, at=at)
            except Exception as failure:  # noqa: BLE001 -- another person's alert is next
                _log.exception("alert_not_told", alert_id=str(alert_id))
                failures.append(failure)
    if failures:
        raise ExceptionGroup("Some alerts could not be told.", failures)


_DUTIES: tuple[tuple[Callable[[datetime], list[UUID]], _ForOneAlert], ...] = (
    (queries.ahead_of_the_clock, operations.start_from_now),
    (queries.without_their_therapist, operations.tell_new_therapists),
    (queries.overdue, operations.escalate),
    (queries.not_yet_notified, operations.note_sent),
)
