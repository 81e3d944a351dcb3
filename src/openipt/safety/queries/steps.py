"""Which clock of an alert runs, and what comes next by it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet

from openipt.core.risk import (
    Level,
    Step,
    load_policy,
    next_step,
    outcome_steps,
    steps,
)
from openipt.safety import access
from openipt.safety.models import Alert, AlertEvent
from openipt.sql.prepared import Many, Prepared

from .hours import clock_hours

OUTCOME_OWED: frozenset[str] = frozenset(
    {"acknowledged", "contacted", "could_not_reach"}
)
"""Somebody took it, and nobody has written yet what came of it."""


def planned_steps(alert: Alert) -> tuple[Step, ...]:
    """Return the steps of the clock that runs now; none where nobody is waited for."""
    level = cast("Level", alert.level)
    hours = clock_hours(alert.person.service)
    if access.is_waiting(alert):
        return steps(level, alert.raised_at, hours, load_policy())
    if alert.state in OUTCOME_OWED and alert.acknowledged_at:
        return outcome_steps(level, alert.acknowledged_at, hours, load_policy())
    return ()


def steps_done(alert_ids: Iterable[UUID]) -> dict[UUID, set[str]]:
    """Return which steps of each alert lie behind; one query."""
    found: dict[UUID, set[str]] = defaultdict(set)
    for alert_id, step in _DONE.rows(alerts=Many(alert_ids)):
        found[alert_id].add(step)
    return found


def _done(alerts: Many) -> QuerySet[AlertEvent, Any]:
    events = AlertEvent.objects.filter(alert_id__in=alerts).exclude(step="")
    return events.values_list("alert_id", "step")


_DONE = Prepared(_done, alerts=Many)


def coming_steps(alert: Alert, done: set[str], at: datetime) -> list[Step]:
    """Return who is told next and when, the soonest first, each recipient once.

    Who has been told already, which `done` says, is not told again, save by a step that
    repeats.
    """
    ahead = [next_step((step,), done, at) for step in planned_steps(alert)]
    return sorted(
        (step for step in ahead if step is not None), key=lambda step: step.at
    )
