"""What was done in sessions, and whether the work stays with the focus."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from openipt.calendar.models import Appointment
from openipt.core.protocols import Technique, is_between
from openipt.core.protocols.rules import Finding, check_drift
from openipt.courses import queries as courses
from openipt.courses.queries import FocusLine, Record
from openipt.encounters.models import Encounter, FocusWorked, MoodLink, TechniqueUsed
from openipt.sql.prepared import Prepared


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """What one session did: techniques, foci, and whether earlier ones kept to them."""

    techniques: tuple[tuple[Technique, bool], ...]
    foci: tuple[tuple[FocusLine, bool], ...]
    drift: Finding | None
    """That the focus was not worked on in the sessions before (T05)."""


def work_of(
    record: Record,
    appointment: Appointment,
    encounter: Encounter | None,
    planned: Sequence[Appointment],
) -> Work:
    """Return what a session of a course did; the course was reached by this member."""
    worked = _worked(record)
    used = _used(encounter)
    here = {focus for place, focus in worked if place == appointment.pk}
    foci = tuple((line, line.focus.pk in here) for line in record.foci)
    return Work(
        techniques=tuple((t, t.key in used) for t in record.variant.shown_techniques),
        foci=foci,
        drift=None
        if here or not foci
        else _drift(record, appointment, planned, {place for place, _focus in worked}),
    )


def _worked(record: Record) -> set[tuple[UUID, UUID]]:
    """Return which session worked on which focus: noted so, or by a link that names it."""
    course = record.course.pk
    return {*_NOTED.rows(course=course), *_LINKED.rows(course=course)}


_COLUMNS = ("encounter__appointment_id", "focus_id")
_NOTED = Prepared(
    lambda course: FocusWorked.objects.filter(
        course_id=course, ended_at__isnull=True
    ).values_list(*_COLUMNS),
    course=UUID,
)
_LINKED = Prepared(
    lambda course: MoodLink.objects.filter(
        encounter__course_id=course, removed_at__isnull=True, focus__isnull=False
    ).values_list(*_COLUMNS),
    course=UUID,
)


def _used(encounter: Encounter | None) -> set[str]:
    if encounter is None:
        return set()
    rows = TechniqueUsed.objects.filter(encounter=encounter, ended_at__isnull=True)
    return set(rows.values_list("key", flat=True))


def _drift(
    record: Record,
    appointment: Appointment,
    planned: Sequence[Appointment],
    worked: set[UUID],
) -> Finding | None:
    """Count back over the held sessions of the middle until one that worked on a focus.

    Only while this session is itself one of them: later the course is about its ending.
    A session before there was a focus could not have worked on it.
    """
    chosen_at = min(line.focus.agreed_at for line in record.foci)

    def is_middle(number: int) -> bool:
        phase = courses.phase_of_session(
            record.course, number, sessions=record.sessions, reached=record.session
        )
        return is_between(record.variant, phase)

    if not is_middle(appointment.number):
        return None
    without = 0
    for row in reversed(planned):
        if row.number >= appointment.number or row.state != Appointment.State.ATTENDED:
            continue
        if row.pk in worked or not is_middle(row.number) or row.starts_at < chosen_at:
            break
        without += 1
    return check_drift(without)
