"""What is hard in invented lives, what is worked on, and how far the goals are."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from openipt.calendar.models import Appointment
from openipt.core.ids import new_id
from openipt.courses import operations as courses
from openipt.courses.models import Course, Focus, Goal, Issue
from openipt.inventory.models import Relationship
from openipt.people.models import Member

from .stories import Story

CHOSEN_IN = 2
"""The session in which what is hard is listed and one thing is chosen."""

GOAL_IN = 3
MOVES_IN = 6
"""The session from which a dispute is at another stage."""

BESIDES = (
    courses.IssueSaid(
        title="The Sunday calls",
        about="She gives advice when I want to be heard. Since always.",
        severity=5,
        area="role_dispute",
        answers=("role_dispute.expectations",),
        near_onset=False,
    ),
    courses.IssueSaid(
        title="Lunch alone at work",
        about="They ask me, and I say no.",
        who="K. from work",
        severity=3,
    ),
    courses.IssueSaid(title="Fewer friends than before", severity=6, near_onset=True),
)
LATER = {"impasse": "renegotiation", "renegotiation": "impasse"}


def work_on(
    story: Story, course: Course, past: Sequence[Appointment], *, by: Member
) -> None:
    """List what is hard in the second session, choose one, and go on from there."""
    if len(past) < CHOSEN_IN:
        return
    dice = random.Random(f"hard {story.name}")  # noqa: S311 -- invented, repeatable
    chosen = past[CHOSEN_IN - 1].starts_at + timedelta(minutes=40)
    focus = _choose(story, course, _list(story, course, dice, by=by, at=chosen), by=by)
    if len(past) >= MOVES_IN and story.told["details"].get("stage"):
        courses.move_stage(
            focus=focus,
            stage=LATER[story.told["details"]["stage"]],
            version=focus.version,
            by=by,
            at=past[MOVES_IN - 1].starts_at + timedelta(minutes=30),
        )
    if len(past) >= GOAL_IN:
        at = past[GOAL_IN - 1].starts_at + timedelta(minutes=40)
        _rate(_agree(story, focus, by=by, at=at), past[GOAL_IN - 1 :], dice, by=by)


def _list(
    story: Story, course: Course, dice: random.Random, *, by: Member, at: datetime
) -> Issue:
    """Write down what is hard; return what the story is about."""
    mother = next(
        (
            one
            for one in Relationship.objects.filter(person=course.person)
            if one.content["label"] == "Mother"
        ),
        None,
    )
    area = story.told["area"]
    said = [
        courses.IssueSaid(
            title=story.told["about"][:1].upper() + story.told["about"][1:],
            who=story.told["details"].get("counterpart", ""),
            severity=dice.randint(7, 9),
            area=area,
            answers=_answers(area),
            near_onset=True,
        ),
        courses.IssueSaid(
            title=BESIDES[0].title,
            about=BESIDES[0].about,
            relationship=mother,
            severity=BESIDES[0].severity,
            area=BESIDES[0].area,
            answers=BESIDES[0].answers,
            near_onset=False,
        ),
        *BESIDES[1 : dice.randint(1, len(BESIDES))],
    ]
    issues = [
        courses.add_issue(course=course, submission_id=new_id(), said=one, by=by, at=at)
        for one in said
    ]
    return issues[0]


def _answers(area: str) -> tuple[str, ...]:
    questions = {
        "grief": ("death", "struggle"),
        "role_dispute": ("conflict", "expectations"),
        "role_transition": ("change", "coping"),
    }
    return tuple(f"{area}.{key}" for key in questions.get(area, ()))


def _choose(story: Story, course: Course, issue: Issue, *, by: Member) -> Focus:
    return courses.set_focus(
        course=course,
        area=story.told["area"],
        about=story.told["about"],
        noted=courses.Noted(
            details=story.told["details"],
            issue=issue,
            reason=story.told.get("why", ""),
        ),
        by=by,
        at=issue.created_at,
    )


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
