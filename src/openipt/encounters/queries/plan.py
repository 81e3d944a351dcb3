"""What was made of the agenda of a session, and what the one before left for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from openipt.calendar.models import Appointment
from openipt.core.agenda import (
    AgendaItem,
    Carried,
    Plan,
    PointState,
    carried_of,
    plan_of,
)
from openipt.courses.queries import Place
from openipt.encounters.models import Encounter, SessionPlan
from openipt.sql.prepared import Prepared


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A point of the agenda, what is planned for it, and whether it was ticked off.

    `focus_id` is the focus that is worked on there: its tick is that of the focus.
    """

    item: AgendaItem
    minutes: int
    state: PointState
    can_tick: bool
    is_done: bool
    place: Place | None = None
    """Where it is done, besides by talking."""
    focus_id: UUID | None = None
    until: datetime | None = None
    """When it is over, while the quiet clock runs."""


def encounters_until(course_id: UUID, number: int) -> list[Encounter]:
    """Return the encounters of a course up to a session, each with its plan."""
    rows = _ENCOUNTERS.instances(course=course_id)
    return [row for row in rows if row.number <= number]


_ENCOUNTERS = Prepared(
    lambda course: (
        Encounter.objects.filter(course_id=course)
        .select_related("plan")
        .order_by("number", "opened_at")
    ),
    course=UUID,
)


def plan_row(encounter: Encounter | None) -> SessionPlan | None:
    """Return the plan of an encounter that was loaded with it."""
    return getattr(encounter, "plan", None) if encounter else None


def plan_said(row: SessionPlan | None) -> Plan | None:
    """Return what a plan says."""
    return plan_of(row.content) if row else None


def left_for(
    appointment: Appointment,
    encounters: Sequence[Encounter],
    planned: Sequence[Appointment],
) -> tuple[Carried, ...]:
    """Return what the last session before this one left for it.

    The last one that took place or was planned: one that was missed passes it on.
    """
    held = {row.pk for row in planned if row.state == Appointment.State.ATTENDED}
    for encounter in reversed(encounters):
        if encounter.appointment_id == appointment.pk:
            continue
        row = plan_row(encounter)
        if row is not None or encounter.appointment_id in held:
            return carried_of(plan_said(row))
    return ()


def timed(steps: Sequence[Step], begun_at: datetime | None) -> tuple[Step, ...]:
    """Return the points with the instant at which each is over, if the clock runs."""
    if begun_at is None:
        return tuple(steps)
    found, passed = [], 0
    for step in steps:
        if step.state:
            found.append(step)
            continue
        passed += step.minutes
        found.append(replace(step, until=begun_at + timedelta(minutes=passed)))
    return tuple(found)
