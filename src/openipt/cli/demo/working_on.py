"""What is hard in invented lives, what is worked on, and how far the goals are."""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from openipt.calendar.models import Appointment
from openipt.core.ids import new_id
from openipt.courses import operations as courses
from openipt.courses.models import Course, Focus, Goal, Issue
from openipt.inventory.models import Relationship
from openipt.people.models import Member

from .stories import Story
from .timelines import day_of_loss

CHOSEN_IN = 2
"""The session in which what is hard is listed and one thing is chosen."""

GOAL_IN = 3
MOVES_IN = 6
"""The session from which a dispute is at another stage."""

LATER = {"impasse": "renegotiation", "renegotiation": "impasse"}


def choose(story: Story, course: Course, session: Appointment, *, by: Member) -> Focus:
    """List in this session what is hard, and choose one thing."""
    dice = random.Random(f"hard {story.name}")  # noqa: S311 -- invented, repeatable
    at = session.starts_at + timedelta(minutes=40)
    known = {
        one.content["label"]: one
        for one in Relationship.objects.filter(person=course.person)
    }
    issue = _list(story, course, known, dice, by=by, at=at)
    whom = known.get(story.told["life"].get("whom", ""))
    return courses.set_focus(
        course=course,
        area=story.told["area"],
        about=story.told["about"],
        noted=courses.Noted(details=_details(story), relationship=whom, issue=issue),
        by=by,
        at=at,
    )


def aim(story: Story, focus: Focus, past: Sequence[Appointment], *, by: Member) -> None:
    """Agree on a goal, and rate how far it is from then on."""
    if len(past) < GOAL_IN:
        return
    dice = random.Random(f"goal {story.name}")  # noqa: S311 -- invented, repeatable
    at = past[GOAL_IN - 1].starts_at + timedelta(minutes=40)
    _rate(_agree(story, focus, by=by, at=at), past[GOAL_IN - 1 :], dice, by=by)


def move_on(
    story: Story, focus: Focus, past: Sequence[Appointment], *, by: Member
) -> None:
    """Let a dispute come to another stage."""
    stage = story.told["details"].get("stage")
    if len(past) < MOVES_IN or not stage:
        return
    courses.move_stage(
        focus=focus,
        stage=LATER[stage],
        version=focus.version,
        by=by,
        at=past[MOVES_IN - 1].starts_at + timedelta(minutes=30),
    )


def _list(
    story: Story,
    course: Course,
    known: Mapping[str, Relationship],
    dice: random.Random,
    *,
    by: Member,
    at: datetime,
) -> Issue:
    """Write down what is hard; return what the story is about."""
    area, life = story.told["area"], story.told["life"]
    about = courses.IssueSaid(
        title=story.told["about"][:1].upper() + story.told["about"][1:],
        relationship=known.get(life.get("whom", "")),
        severity=dice.randint(7, 9),
        area=area,
        answers=_answers(area),
        near_onset=True,
    )
    besides = life["besides"][: dice.randint(1, len(life["besides"]))]
    first, *_others = [
        courses.add_issue(course=course, submission_id=new_id(), said=one, by=by, at=at)
        for one in (about, *(_beside(row, known) for row in besides))
    ]
    return first


def _beside(
    row: Mapping[str, Any], known: Mapping[str, Relationship]
) -> courses.IssueSaid:
    """Return something else that is hard; whoever is in the circle is linked."""
    who = row.get("who", "")
    return courses.IssueSaid(
        title=row["title"],
        about=row.get("about", ""),
        who="" if who in known else who,
        relationship=known.get(who),
        severity=row["severity"],
        area=row.get("area", ""),
        answers=tuple(row.get("answers", ())),
        near_onset=row.get("near_onset", False),
    )


def _details(story: Story) -> dict[str, str]:
    """Return what is noted for the focus; the day of a death agrees with the timeline."""
    details = dict(story.told["details"])
    died = day_of_loss(story, details.get("who", ""))
    return details | {"when": died} if died else details


def _answers(area: str) -> tuple[str, ...]:
    questions = {
        "grief": ("death", "struggle"),
        "role_dispute": ("conflict", "expectations"),
        "role_transition": ("change", "coping"),
    }
    return tuple(f"{area}.{key}" for key in questions.get(area, ()))


def _agree(story: Story, focus: Focus, *, by: Member, at: datetime) -> Goal:
    told = dict(story.told["goal"])
    return courses.add_goal(
        focus=focus,
        submission_id=new_id(),
        said=courses.GoalSaid(title=told.pop("title"), levels=told),
        by=by,
        at=at,
    )


def _rate(
    goal: Goal, held: Sequence[Appointment], dice: random.Random, *, by: Member
) -> None:
    """Rate it every other session, in turns by the two, mostly a bit further."""
    level, member = -2, goal.course.person.member
    for place, appointment in enumerate(held[::2]):
        own = member is not None and place % 2 == 1
        after = timedelta(days=2) if own else timedelta(minutes=45)
        at = appointment.starts_at + after
        if own and at > held[-1].starts_at:
            own, at = False, appointment.starts_at + timedelta(minutes=45)
        courses.rate_goal(
            goal=goal,
            submission_id=new_id(),
            rated=courses.Rated(
                level=level,
                said="therapist" if place == 0 else "person",
                words="It was easier than I thought." if own else "",
            ),
            by=member if own and member is not None else by,
            at=at,
        )
        level = min(max(level + dice.choice((0, 1, 1, -1)), -2), 2)
