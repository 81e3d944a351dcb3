"""The time after in invented lives: plans, decisions, a letter, maintenance that runs."""

from base64 import b64encode
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from openipt.core.afterwards import Contact, StayingWell
from openipt.core.ids import new_id
from openipt.courses import operations as courses
from openipt.courses import queries
from openipt.courses.models import Course
from openipt.home.press import typeset
from openipt.home.queries.letter import first_words, letter_words
from openipt.home.queries.summary import summary_of
from openipt.people.models import Member

from .cast import invented
from .stories import AS_AGREED, NOT_HELPED, Story


def write_own_plan(story: Story, course: Course, *, at: datetime) -> None:
    """Begin the plan for staying well near the end; it is whole where the course ended."""
    told, member = invented()["endings"]["plan"], course.person.member
    if member is None:
        return
    is_whole = bool(story.ending)
    plan = StayingWell(
        signs=tuple(told["signs"][: 3 if is_whole else 2]),
        seen=tuple(told["seen"]) if is_whole else (),
        helps=told["helps"],
        contacts=tuple(
            Contact(**one) for one in told["contacts"][: 2 if is_whole else 1]
        ),
        risks=told["risks"] if is_whole else "",
        steps=tuple(told["steps"]) if is_whole else (),
        review_on=(at + timedelta(days=90)).date() if is_whole else None,
    )
    courses.write_plan(
        person=course.person, plan=plan, version=0, shared=True, by=member, at=at
    )


def decide(story: Story, course: Course, *, by: Member, at: datetime) -> None:
    """Decide about maintenance and say how it went, before a course ends as agreed."""
    told = invented()["endings"]
    goes_on = story.ending == AS_AGREED
    plan: dict[str, Any] = (
        {"days_between": 28, "horizon_months": 12, "stop_rule": told["stop_rule"]}
        if goes_on
        else {}
    )
    courses.decide_maintenance(
        course=course,
        submission_id=new_id(),
        discussed=True,
        maintenance=goes_on,
        reason=told["decided"][story.ending],
        needed_medicine=False,
        with_medicine=False,
        by=by,
        at=at,
        **plan,
    )
    courses.say_how_it_went(
        course=course,
        submission_id=new_id(),
        went="helped" if goes_on else "not",
        next_steps=["maintenance"] if goes_on else ["another_treatment", "own_doctor"],
        words=told["went"][story.ending],
        by=by,
        at=at,
    )


def go_on(story: Story, course: Course, *, by: Member, at: datetime) -> Course | None:
    """Let maintenance begin after the course, or give the letter where it has not helped."""
    if story.ending == AS_AGREED:
        begun = queries.going_on_from(course, at).fields
        plan = {key: value for key, value in begun.items() if key != "person"}
        return courses.start_course(
            person=course.person,
            by=by,
            at=at,
            continues=course.pk,
            reason=invented()["endings"]["decided"][AS_AGREED],
            **plan,
        )
    if story.ending == NOT_HELPED:
        _give_letter(course, by=by, at=at)
    return None


def _give_letter(course: Course, *, by: Member, at: datetime) -> None:
    contract = queries.latest_contract(course)
    text = first_words(
        summary_of(contract, None, for_person=False),
        queries.how_it_went(course)[0],
        queries.maintenance_of(course, contract, at),
    )
    courses.write_letter(course=course, text=text, version=0, by=by, at=at)
    given = courses.give_letter(course=course, version=1, language="en", by=by, at=at)
    waiting = queries.letter_to_make(given.pk)
    if waiting is None:
        return
    with translation.override("en"), timezone.override(ZoneInfo(by.service.zone)):
        made = typeset(letter_words(waiting), "letter")
    courses.keep_letter(
        letter_version_id=given.pk, content=b64encode(made).decode(), at=at
    )
