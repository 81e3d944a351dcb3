"""What the pages of a course show, put together once for all of them."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from openipt.calendar import queries as calendar
from openipt.calendar.models import Appointment
from openipt.core.course import appointments_on, ending_is_near
from openipt.core.protocols import Phase, ProblemArea, Variant, load_conditions
from openipt.courses.access import refusal_to_invite
from openipt.courses.models import Contract, Course, Focus
from openipt.people.models import Member, Person

from . import courses

MOST_SHOWN = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class FocusLine:
    """One focus with the problem area it is about."""

    focus: Focus
    area: ProblemArea


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """Whose course it is and where it stands: the head of every page of a course."""

    course: Course
    person: Person
    born_on: date | None
    variant: Variant
    condition: str
    contract: Contract
    phase: Phase
    session: int | None
    """The one that the calendar has reached; None before the first."""
    sessions: int
    foci: tuple[FocusLine, ...]
    is_writer: bool
    """Of the active care team; a supervisor reads."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """What the first page of a course shows below its head."""

    state: str
    appointments: tuple[Appointment, ...]
    next_one: Appointment | None
    kept: int
    invited: courses.Invited
    refusal_to_invite: str
    ending_is_near: bool
    """From session N-3 on, until the course has ended."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """What the days of a contract come to, and what already stands in their way."""

    count: int
    days_between: int
    first_on: date
    last_on: date
    wall_time: time
    zone: str
    clash: Appointment | None


def record_of(member: Member, course: Course, *, at: datetime, today: date) -> Record:
    """Return the head of a course's pages; the course was reached by this member.

    `today` is in the service's zone.
    """
    variant = courses.variant_of(course)
    contract = courses.latest_contract(course)
    phase, session, sessions = courses.phase_and_session(course, contract, today)
    born_on = course.person.born_on
    return Record(
        course=course,
        person=course.person,
        born_on=date.fromisoformat(born_on) if born_on else None,
        variant=variant,
        condition=load_conditions()[course.condition].name,
        contract=contract,
        phase=phase,
        session=session,
        sessions=sessions,
        foci=focus_lines(variant, courses.foci_of([course.pk]).get(course.pk, [])),
        is_writer=courses.may_write(member, course, at),
    )


def newest_record_of(
    member: Member, person_id: UUID, *, at: datetime, today: date
) -> Record | None:
    """Return the head of a person's newest course that this professional may read."""
    course = courses.newest_course_of(member, person_id, at)
    return record_of(member, course, at=at, today=today) if course else None


def focus_lines(variant: Variant, foci: list[Focus]) -> tuple[FocusLine, ...]:
    """Return foci with their areas, in the words of the variant."""
    areas = {area.key: area for area in variant.known_areas}
    return tuple(
        FocusLine(focus=focus, area=areas[focus.area])
        for focus in foci
        if focus.area in areas
    )


def overview_of(record: Record, *, at: datetime, today: date) -> Overview:
    """Return what the first page of a course shows below its head."""
    course = record.course
    planned = calendar.appointments_of([course.series_id]).get(course.series_id, [])
    return Overview(
        state=courses.state_of(course),
        appointments=tuple(planned),
        next_one=calendar.next_appointments([course.series_id], at).get(
            course.series_id
        ),
        kept=sum(row.state == Appointment.State.ATTENDED for row in planned),
        invited=courses.invitation_of(course.person, at),
        refusal_to_invite=refusal_to_invite(course.person, today),
        ending_is_near=course.ended_at is None
        and ending_is_near(record.session, record.sessions),
    )


def days_of(
    member: Member,
    *,
    sessions: int,
    first_on: date,
    wall_time: time,
    minutes: int,
    days_between: int,
) -> Days | None:
    """Return what these days come to in this professional's calendar, or None if too many."""
    if not 1 <= sessions <= MOST_SHOWN:
        return None
    zone = ZoneInfo(member.service.zone)
    slots = appointments_on(
        first_on,
        first_on.weekday(),
        wall_time,
        zone,
        sessions,
        days_between=days_between,
    )
    return Days(
        count=sessions,
        days_between=days_between,
        first_on=slots[0].on_date,
        last_on=slots[-1].on_date,
        wall_time=wall_time,
        zone=zone.key,
        clash=calendar.clash_with(member.pk, calendar.spans_of(slots, minutes)),
    )
