"""Lives a course through: sessions, answers, notes, tasks and weeks, up to now."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from openipt.calendar import operations as calendar
from openipt.calendar.models import Appointment
from openipt.core.ids import new_id
from openipt.courses import operations as courses
from openipt.courses.models import Course, Focus
from openipt.encounters import operations as encounters
from openipt.people import operations as people
from openipt.people import queries as people_queries
from openipt.people.models import Member, Notice, Person, Service
from openipt.practice import operations as practice
from openipt.practice.models import Task

from .answers import answer_all
from .cast import make_member
from .circles import fill_circle
from .parting import part
from .plan import lay_plan, open_next
from .readings import read_and_suggest
from .stories import Story
from .timelines import fill_timeline
from .working_on import CHOSEN_IN, aim, choose, move_on
from .workspace import leave_over, work_earlier, work_in

MISS_EVERY = 9
WELL = 4
"""About so many points are answered while maintenance runs."""
IN_FULL = 3
"""How many of the last sessions are told with all that was done and agreed in them."""


def live(story: Story, *, service: Service, therapist: Member, at: datetime) -> Person:
    """Make the person and their course, and live it up to `at`."""
    dice = random.Random(f"{story.email} {story.name}")  # noqa: S311 -- invented, repeatable
    began = _began(story, at)
    person = _join(story, service=service, by=therapist, at=began)
    course = courses.start_course(
        person=person,
        condition=story.condition,
        variant_id=story.variant,
        sessions=story.weeks,
        minutes=50,
        first_on=story.first_on,
        wall_time=story.wall_time,
        missing_rule="Tell me the day before if you can. We do not add a session.",
        reason="",
        prescriber=story.prescriber,
        submission_id=new_id(),
        by=therapist,
        at=began,
    )
    past = list(
        Appointment.objects.filter(series=course.series, starts_at__lt=at)
        .select_related("person")
        .order_by("number")
    )
    fill_circle(story, person, past, by=therapist, at=at)
    fill_timeline(story, person, past, by=therapist, at=at)
    answer_all(story, course, past, dice)
    focus = None
    for place, appointment in enumerate(past, 1):
        _hold(story, course, appointment, focus, by=therapist, at=at)
        if place == CHOSEN_IN:
            focus = choose(story, course, appointment, by=therapist)
    if focus is not None:
        work_earlier(story, focus, by=therapist)
        aim(story, focus, past, by=therapist)
    lay_plan(story, course, past, by=therapist, at=at)
    if focus is not None:
        move_on(story, focus, past, by=therapist)
    _look_back(story, person, past, at)
    read_and_suggest(story, course, past, by=therapist, at=at)
    after = part(story, course, by=therapist, at=at - timedelta(weeks=story.ended_ago))
    if after is not None:
        _stay_well(story, after, by=therapist, at=at)
    return person


def _stay_well(story: Story, course: Course, *, by: Member, at: datetime) -> None:
    """Hold what sessions of maintenance there were, and answer before them."""
    past = list(
        Appointment.objects.filter(series=course.series, starts_at__lt=at)
        .select_related("person")
        .order_by("number")
    )
    well = replace(story, start=WELL, shape="no_change", held=len(past))
    answer_all(well, course, past, random.Random(f"after {story.name}"))  # noqa: S311 -- as above
    for appointment in past:
        _hold(well, course, appointment, None, by=by, at=at)
    if past:
        open_next(course, by=by, at=past[0].starts_at + timedelta(minutes=50))


def _began(story: Story, at: datetime) -> datetime:
    days = (at.date() - story.first_on).days + 5
    return at - timedelta(days=max(days, 1))


def _join(story: Story, *, service: Service, by: Member, at: datetime) -> Person:
    person = people.create_person(
        service=service,
        name=story.name,
        called=story.name.split()[0],
        born_on=_born(story),
        phone="",
        country=service.country,
        by=by,
        at=at,
    )
    member = make_member(
        service, name=story.name, email=story.email, roles=["person"], at=at
    )
    person.member = member
    person.save(update_fields=["member"])
    notice = Notice.objects.get(service=service, version=1)
    people.agree(member=member, notice=notice, at=at)
    return person


def _born(story: Story) -> date:
    """Return a day that makes them as old at the start as their life says."""
    dice = random.Random(f"born {story.name}")  # noqa: S311 -- invented, repeatable
    least, most = story.told["life"]["age"]
    return story.first_on - timedelta(days=dice.randint(least * 366, most * 365))


def _hold(
    story: Story,
    course: Course,
    appointment: Appointment,
    focus: Focus | None,
    *,
    by: Member,
    at: datetime,
) -> None:
    """Record the session: held with a signed note and a task, or missed."""
    after = min(appointment.starts_at + timedelta(minutes=55), at)
    missed = appointment.number % MISS_EVERY == 0
    calendar.record_attendance(
        appointment=appointment,
        state=Appointment.State.MISSED if missed else Appointment.State.ATTENDED,
        version=appointment.version,
        by=by,
        at=after,
    )
    if missed:
        return
    encounter = encounters.open_encounter(
        appointment=appointment, course=course, by=by, at=after
    )
    in_full = story.is_seen or encounter.number > story.held - IN_FULL
    if in_full:
        work_in(story, course, encounter, focus, by=by, at=after)
    encounters.sign_note(
        encounter=encounter, text=story.told["note"], version=0, by=by, at=after
    )
    leave_over(story, encounter, by=by, at=after)
    if in_full:
        _try_out(story, course, encounter, by=by, at=after, last=at)


def _try_out(
    story: Story,
    course: Course,
    encounter: object,
    *,
    by: Member,
    at: datetime,
    last: datetime,
) -> None:
    """Agree on something to try; what lies more than a week back was tried."""
    task = practice.agree_task(
        course=course,
        text=_in_turn(story.told["tasks"], encounter.number),  # type: ignore[attr-defined]  # an Encounter
        due_on=(at + timedelta(days=6)).date(),
        encounter_id=encounter.pk,  # type: ignore[attr-defined]  # an Encounter
        by=by,
        at=at,
    )
    if last - at < timedelta(days=8):
        return
    member = course.person.member
    if member is None:
        return
    practice.report_task(
        task=task,
        state=Task.State.DONE if encounter.number % 3 else Task.State.NOT_DONE,  # type: ignore[attr-defined]  # as above
        what_happened="",
        version=task.version,
        by=member,
        at=at + timedelta(days=5),
    )
    practice.review_task(task=task, by=by, at=at + timedelta(days=7))


def _look_back(
    story: Story, person: Person, past: list[Appointment], at: datetime
) -> None:
    """Write the weekly overview for the last weeks; every other one is shared."""
    member = person.member
    if member is None:
        return
    for place, appointment in enumerate(past[-4:]):
        written = appointment.starts_at - timedelta(hours=30)
        told = _in_turn(story.told["weeks"], place)
        care = list(people_queries.care_for(person, at)) if place % 2 == 0 else []
        practice.write_entry(
            person=person,
            submission_id=new_id(),
            kind="weekly_overview",
            happened_on=written.date(),
            content={
                "how_was_week": told["week"],
                "moments": [
                    {
                        "id": str(new_id()),
                        "what_happened": told["happened"],
                        "with_whom": story.told["with_whom"],
                        "did": ("kept_in", "said_it", "burst_out")[place % 3],
                        "try_next": told["try_next"],
                    }
                ],
            },
            share_with=care,
            by=member,
            at=written,
        )


def _in_turn(several: list[Any], place: int) -> Any:  # from TOML
    """Return one of several, beginning again when they are used up."""
    return several[place % len(several)]
