"""The rows of one invented course, as the operations would have left them."""

from datetime import timedelta

from openipt.calendar.models import Appointment, Attendance, Series
from openipt.courses.models import Contract, Course, CourseState, Focus
from openipt.encounters.models import Encounter, Note
from openipt.people.models import (
    Agreement,
    CareChange,
    CareRelationship,
    ChangeCount,
    Person,
)

from . import plan
from .alerts import add_alert
from .answers import add_answers
from .journal import add_entries, add_tasks
from .life import MINUTES, WEEKS, Life, begin
from .rows import Rows
from .staff import DOMAIN, ZONE, Place, add_member


def add_course(rows: Rows, number: int, place: Place, *, seat: int) -> None:
    """Add everything of course `number`; `seat` is its place in the therapist's week."""
    with plan.ids_of("course", place.seed, number, place.at):
        life = begin(number, place, seat=seat)
        _add_person(rows, life)
        _add_plan(rows, life)
        _add_care(rows, life)
        for session in range(1, WEEKS + 1):
            _add_session(rows, life, session)
        risky = add_answers(rows, life)
        if risky is not None:
            add_alert(rows, life, risky)
        add_entries(rows, life)
        add_tasks(rows, life)


def _add_person(rows: Rows, life: Life) -> None:
    service_id, number = life.place.service_id, life.number
    known = number == 0
    add_member(
        rows,
        service_id,
        id=life.member_id,
        name=life.name,
        email=f"{'person' if known else f'someone-{number + 1}'}@{DOMAIN}",
        roles=["person"],
        at=life.began,
        signs_in=known,
    )
    rows.add(ChangeCount(member_id=life.member_id, service_id=service_id, n=1))
    rows.add(
        Agreement(
            service_id=service_id,
            notice_id=life.place.notice_id,
            member_id=life.member_id,
            agreed_at=life.began,
        )
    )
    rows.add(
        Person(
            id=life.person_id,
            service_id=service_id,
            member_id=life.member_id,
            name=life.name,
            called=life.name.split(maxsplit=1)[0],
            born_on=f"{1950 + life.dice.randrange(55)}-{1 + number % 12:02}-17",
            country="ZZ",
            created_at=life.began,
            created_by_id=life.therapist_id,
        )
    )


def _add_plan(rows: Rows, life: Life) -> None:
    """Add what both agreed to: the weekly slot, the course, its contract and its focus."""
    first, last = life.slots[0], life.slots[-1]
    slot = {"wall_time": first.wall_time, "minutes": MINUTES}
    rows.add(
        Series(
            id=life.series_id,
            **life.owner,
            **slot,
            member_id=life.therapist_id,
            starts_on=first.on_date,
            weekday=first.on_date.weekday(),
            zone=ZONE,
            count=WEEKS,
            created_at=life.began,
        )
    )
    rows.add(
        Course(
            id=life.course_id,
            **life.owner,
            therapist_id=life.therapist_id,
            submission_id=plan.marked_id(life.place.seed, life.number),
            condition="depression",
            variant_id=life.variant.id,
            variant_version=life.variant.version,
            series_id=life.series_id,
            opened_phase=life.variant.phases[1].key,
            started_at=life.began,
        )
    )
    of_course = {"course_id": life.course_id, "service_id": life.place.service_id}
    rows.add(
        CourseState(**of_course, state="active", by_id=life.therapist_id, at=life.began)
    )
    agreed = {
        **of_course,
        "person_id": life.person_id,
        "agreed_by_id": life.therapist_id,
    }
    rows.add(
        Contract(
            **agreed,
            **slot,
            version=1,
            sessions=WEEKS,
            first_on=first.on_date,
            last_on=last.on_date,
            missing_rule="Tell me the day before if you can.",
            agreed_at=life.began,
        )
    )
    rows.add(
        Focus(
            **agreed,
            area=life.story["area"],
            about=life.story["about"],
            agreed_at=life.after(life.held[1]),
        )
    )


def _add_care(rows: Rows, life: Life) -> None:
    rows.add(
        CareRelationship(
            id=life.care_id,
            **life.owner,
            member_id=life.therapist_id,
            course_id=life.course_id,
            starts_at=life.began,
            created_by_id=life.therapist_id,
        )
    )
    rows.add(
        CareChange(
            **life.owner,
            care_id=life.care_id,
            state=CareRelationship.State.ACTIVE,
            by_id=life.therapist_id,
            at=life.began,
        )
    )


def _add_session(rows: Rows, life: Life, number: int) -> None:
    """Add an appointment and what became of it."""
    slot, by = life.slots[number - 1], life.therapist_id
    state = _state(life, number)
    is_past = number <= life.past
    appointment = rows.add(
        Appointment(
            **life.owner,
            series_id=life.series_id,
            member_id=by,
            number=number,
            on_date=slot.on_date,
            wall_time=slot.wall_time,
            zone=ZONE,
            starts_at=slot.starts_at,
            minutes=MINUTES,
            state=state,
            version=2 if is_past else 1,
        )
    )
    if is_past:
        rows.add(
            Attendance(
                service_id=life.place.service_id,
                appointment=appointment,
                state=state,
                by_id=by,
                at=life.after(number),
            )
        )
    if number in life.held:
        _add_note(rows, life, appointment)


def _add_note(rows: Rows, life: Life, appointment: Appointment) -> None:
    by, at = life.therapist_id, life.after(appointment.number) + timedelta(minutes=5)
    encounter = rows.add(
        Encounter(
            **life.owner,
            course_id=life.course_id,
            appointment=appointment,
            number=appointment.number,
            opened_at=at,
            opened_by_id=by,
        )
    )
    rows.add(
        Note(
            **life.owner,
            encounter=encounter,
            author_id=by,
            text=f"Session {appointment.number}. {life.story['note']}",
            updated_at=at,
            signed_at=at,
            signed_by_id=by,
            version=2,
        )
    )


def _state(life: Life, number: int) -> str:
    if number > life.past:
        return Appointment.State.PLANNED
    if number in life.held:
        return Appointment.State.ATTENDED
    return Appointment.State.MISSED if number % 2 else Appointment.State.LATE_CANCEL
