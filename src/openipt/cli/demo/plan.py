"""The plan of invented courses: what was said, what rests, what both agreed to."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from openipt.calendar.models import Appointment
from openipt.core.errors import Invalid
from openipt.courses import operations as courses
from openipt.courses import queries
from openipt.courses.models import Course
from openipt.people.models import Member

from .stories import Story

SAID_IN = 1
"""The session in which the illness is named."""

SHOWN_IN = 3
"""The session in which the formulation is shown."""

ILLNESSES = {
    "depression": "A depression",
    "anxiety": "An illness of anxiety",
    "postpartum_depression": "A depression after the birth",
    "bipolar_disorder": "A bipolar disorder",
}
WAITS_EVERY = 5
"""One person in so many has not answered to the newest formulation yet."""


def lay_plan(
    story: Story,
    course: Course,
    past: Sequence[Appointment],
    *,
    by: Member,
    at: datetime,
) -> None:
    """Live through the beginning of a course, as far as it has come."""
    if len(past) >= SAID_IN:
        _say(story, course, past[SAID_IN - 1].on_date, by=by, at=_end_of(past, SAID_IN))
    if len(past) >= SHOWN_IN:
        _formulate(story, course, by=by, at=_end_of(past, SHOWN_IN))
        opened = past[SHOWN_IN].starts_at if len(past) > SHOWN_IN else at
        open_next(course, by=by, at=min(opened + timedelta(minutes=50), at))
    if len(past) > SHOWN_IN and _waits(story):
        _write_again(course, by=by, at=past[-1].starts_at + timedelta(minutes=50))


def _say(story: Story, course: Course, on: date, *, by: Member, at: datetime) -> None:
    courses.say_diagnosis(
        course=course,
        version=0,
        named=ILLNESSES.get(story.condition, "A depression"),
        treatable=True,
        no_fault=True,
        explained="That it takes some weeks, and that we look at it every time.",
        own_words=story.told["life"]["own_words"],
        present="The two of us",
        said_on=on,
        by=by,
        at=at,
    )
    courses.give_recovery_role(
        course=course,
        version=0,
        is_last_phase=False,
        rests="The big clean on Saturdays, and visits that last longer than an hour.",
        keeps="A walk every day, and coming to the sessions.",
        told=story.told["life"]["knows"],
        review_on=on + timedelta(weeks=6),
        by=by,
        at=at,
    )


def _formulate(story: Story, course: Course, *, by: Member, at: datetime) -> None:
    contract = queries.latest_contract(course)
    diagnosis = queries.latest_diagnosis([course.pk])[course.pk]
    foci = queries.foci_of([course.pk]).get(course.pk, [])
    text = courses.write_formulation(
        course=course,
        text=queries.drafted(contract, diagnosis, foci),
        version=0,
        by=by,
        at=at,
    )
    courses.show_formulation(formulation=text, by=by, at=at)
    text.refresh_from_db()
    text.course = course
    courses.agree_formulation(formulation=text, by=by, at=at)
    member = course.person.member
    if member is None:
        return
    courses.answer_formulation(
        formulation=text,
        agrees=True,
        words="",
        by=member,
        at=at + timedelta(hours=3),
    )


def _write_again(course: Course, *, by: Member, at: datetime) -> None:
    """Show another version, which waits for what the person says to it."""
    before = queries.versions_of(course)[0].formulation
    text = courses.write_formulation(
        course=course,
        text=f"{before.text} What helps you already is that you say it the same evening.",
        version=before.number,
        by=by,
        at=at,
    )
    courses.show_formulation(formulation=text, by=by, at=at)


def _waits(story: Story) -> bool:
    named = sum(story.name.encode()) % WAITS_EVERY == 0
    return named or story.email == "person@demo.example"


def open_next(course: Course, *, by: Member, at: datetime) -> None:
    """Open the second phase, if what it rests on is there."""
    following = queries.variant_of(course).phases[1]
    try:
        courses.open_phase(course=course, phase=following.key, by=by, at=at)
    except Invalid:
        return


def _end_of(past: Sequence[Appointment], session: int) -> datetime:
    return past[session - 1].starts_at + timedelta(minutes=50)
