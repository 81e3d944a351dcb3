"""What was read and suggested in a course, for those who treat the person."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from openipt.core.errors import Missing
from openipt.core.readings import Offer, Reading, load_readings
from openipt.courses.models import Course
from openipt.learning.access import refusal_of_another, refusal_to_suggest
from openipt.learning.models import ReadingState, Suggestion
from openipt.people.models import Member
from openipt.vault import keys

from .shelf import offers_of, standing_of, states_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One reading with what is known of it: opened and read by the person, suggested."""

    reading: Reading
    state: ReadingState | None
    suggestion: Suggestion | None


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseReadings:
    """What the page of a course shows of its readings."""

    waiting: tuple[Told, ...]
    """Suggested and not read yet."""
    now: tuple[Offer, ...]
    """What the person is offered by itself."""
    opened: tuple[Told, ...]
    """Opened or read, the latest first."""
    refusal: str
    """Why this member suggests nothing here, or ""."""
    is_full: str
    """Why nothing more can be suggested now, or ""."""


def readings_in(
    member: Member, course: Course, *, at: datetime, today: date
) -> CourseReadings:
    """Return the readings of a course that was reached by this professional."""
    states = states_of(course.person)
    rows = Suggestion.objects.filter(course=course, ended_at__isnull=True)
    waiting = list(rows.select_related("suggested_by").order_by("suggested_at", "pk"))
    keys.prefetch({course.person_id, *(row.suggested_by_id for row in waiting)})
    standing = standing_of(course.person, today, course.pk)
    read = {key for key, state in states.items() if state.read_at}
    readings = load_readings()
    opened = sorted(
        (state for state in states.values() if state.reading in readings),
        key=lambda state: state.read_at or state.opened_at,
        reverse=True,
    )
    return CourseReadings(
        waiting=tuple(
            Told(
                reading=readings[row.reading],
                state=states.get(row.reading),
                suggestion=row,
            )
            for row in waiting
            if row.reading in readings
        ),
        now=offers_of(standing.where, read) if standing else (),
        opened=tuple(
            Told(reading=readings[state.reading], state=state, suggestion=None)
            for state in opened
        ),
        refusal=refusal_to_suggest(member, course, at),
        is_full=refusal_of_another(course),
    )


def suggestion_for(course: Course, suggestion_id: UUID) -> Suggestion:
    """Return a suggestion that waits, of a course that was reached by this member.

    :raises Missing: if it is not there, was read, or was taken back
    """
    found = Suggestion.objects.filter(
        pk=suggestion_id, course=course, ended_at__isnull=True
    ).first()
    if found is None:
        raise Missing
    found.course = course
    return found


def line_of(course: Course) -> tuple[int, int]:
    """Return how many readings the person has read, and how many suggestions wait.

    Two counts for a line on another page; the course was reached by its reader already.
    """
    read = ReadingState.objects.filter(person=course.person, read_at__isnull=False)
    waiting = Suggestion.objects.filter(course=course, ended_at__isnull=True)
    return read.values("reading").distinct().count(), waiting.count()
