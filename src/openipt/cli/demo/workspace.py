"""What invented sessions did: techniques, links, the focus, and what they left over."""

from datetime import datetime
from typing import Any

from openipt.core.agenda import MoodMove, Plan, PlanPoint
from openipt.core.ids import new_id
from openipt.courses import queries as courses
from openipt.courses.models import Course, Focus
from openipt.encounters import operations as encounters
from openipt.encounters.models import Encounter, FocusWorked
from openipt.people.models import Member

from .stories import Story

TECHNIQUES = (
    ("exploration_nondirective", "clarification"),
    ("encouragement_of_affect", "communication_analysis"),
    ("communication_analysis", "role_play"),
    ("decision_analysis", "problem_solving"),
)
MOVED = (-2, -1, 2, -1, 1)
DRIFTS = "someone-12@demo.example"
"""Whose last two sessions went elsewhere, so that the hint about the focus is seen."""
FROM = 3
"""The first session that links mood to something that happened."""
SHOWN = "person@demo.example"


def work_in(
    story: Story,
    course: Course,
    encounter: Encounter,
    focus: Focus | None,
    *,
    by: Member,
    at: datetime,
) -> None:
    """Note what a session did before its note is signed; a link is work on the focus."""
    change: dict[str, Any] = {"encounter": encounter, "by": by, "at": at}
    known = {t.key for t in courses.variant_of(course).shown_techniques}
    for key in TECHNIQUES[encounter.number % len(TECHNIQUES)]:
        if key in known:
            encounters.note_technique(key=key, used=True, **change)
    if encounter.number < FROM:
        return
    told = story.told["weeks"][encounter.number % len(story.told["weeks"])]
    encounters.add_link(
        move=MoodMove(
            what=told["happened"],
            whom=story.told["with_whom"],
            moved=MOVED[encounter.number % len(MOVED)],
        ),
        focus=None if _drifts(story, encounter.number) else focus,
        **change,
    )


def work_earlier(story: Story, focus: Focus, *, by: Member) -> None:
    """Note the work on the focus in the sessions that are not told in full.

    Written as rows, as their answers are: nobody waits for forty lives.
    """
    course = focus.course_id
    told = set(
        FocusWorked.objects.filter(course=course).values_list("encounter_id", flat=True)
    )
    FocusWorked.objects.bulk_create(
        FocusWorked(
            service_id=focus.service_id,
            course_id=course,
            encounter=encounter,
            focus=focus,
            by=by,
            at=encounter.opened_at,
        )
        for encounter in Encounter.objects.filter(course=course, number__gte=FROM)
        if encounter.pk not in told and not _drifts(story, encounter.number)
    )


def _drifts(story: Story, session: int) -> bool:
    return story.email == DRIFTS and session > story.held - 2


def leave_over(story: Story, encounter: Encounter, *, by: Member, at: datetime) -> None:
    """Leave a point for the next session, and a thought for nobody else's eyes."""
    if story.email != SHOWN or encounter.number != story.held:
        return
    left = PlanPoint(
        key=f"own-{new_id()}",
        minutes=10,
        state="carried",
        words="The letter that was written and never sent",
    )
    change: dict[str, Any] = {"encounter": encounter, "by": by, "at": at}
    encounters.keep_plan(plan=Plan(points=(left,)), version=0, **change)
    encounters.save_process_note(
        text="I hurried past the silence today. Next time I wait longer.",
        version=0,
        **change,
    )
