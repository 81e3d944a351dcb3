"""What changes in the goals under a focus, and how far they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from openipt.core.errors import Gone, Invalid, Refused, Stale
from openipt.core.goals import HIGHEST, LOWEST, load_steps
from openipt.courses import access
from openipt.courses.models import Course, Focus, Goal, GoalRating, GoalVersion
from openipt.people import queries as people
from openipt.people.models import Member
from openipt.web.sent_again import check_same

from .plan import lock_open
from .trace import say


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalSaid:
    """How a goal is put: its name, and what its steps look like by their number."""

    title: str
    levels: Mapping[str, str]

    def kept(self) -> dict[str, str]:
        """Return the words of every step, empty where there are none."""
        return {step.key: self.levels.get(step.key, "") for step in load_steps()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Rated:
    """How far a goal is; `said` is who said so. The person says it for themselves."""

    level: int
    said: str = GoalRating.Said.PERSON.value
    words: str = ""


@transaction.atomic
def add_goal(
    *, focus: Focus, submission_id: UUID, said: GoalSaid, by: Member, at: datetime
) -> Goal:
    """Agree on a goal under a focus; the same form sent twice agrees on one.

    :raises Refused: if the course or the focus has ended, or to somebody who only reads
    :raises Invalid: if there are too many
    :raises SentBefore: if the form was sent before with other words
    """
    course = focus.course
    _check_team(course, by, at)
    before = Goal.objects.filter(course=course, submission_id=submission_id)
    if already := before.first():
        now = {"title": said.title, "levels": said.kept()}
        check_same((focus.area, now), (already.focus.area, _first_said(already)))
        return already
    if not Focus.objects.filter(pk=focus.pk, ended_at__isnull=True).exists():
        raise Refused(_("This focus has ended. A goal belongs to one that is open."))
    if reason := access.refusal_to_add_goal(course):
        raise Invalid(reason)
    goal = Goal.objects.create(
        service_id=course.service_id,
        person_id=course.person_id,
        course=course,
        focus=focus,
        submission_id=submission_id,
        title=said.title,
        levels=said.kept(),
        agreed_by=by,
        agreed_at=at,
    )
    _keep_version(goal, by=by, at=at)
    say(course, "courses.goal.added", by=by, at=at)
    return goal


@transaction.atomic
def change_goal(
    *, goal: Goal, said: GoalSaid, version: int, by: Member, at: datetime
) -> Goal:
    """Put a goal in other words; the same again changes nothing.

    :raises Refused: to somebody who only reads
    :raises Gone: if it has ended
    :raises Stale: if it was changed since this version was opened
    """
    _check_team(goal.course, by, at)
    row = _open_row(goal)
    if row.title == said.title and row.levels == said.kept():
        return row
    if row.version != version:
        raise Stale(
            _(
                "This goal was changed meanwhile, perhaps by somebody else or in another "
                "window."
            )
        )
    row.title, row.levels = said.title, said.kept()
    row.version += 1
    row.save(update_fields=["title", "levels", "version"])
    _keep_version(row, by=by, at=at)
    say(goal.course, "courses.goal.changed", by=by, at=at)
    return row


@transaction.atomic
def rate_goal(
    *,
    goal: Goal,
    submission_id: UUID,
    rated: Rated,
    by: Member,
    at: datetime,
) -> GoalRating:
    """Say how far a goal is; the same form sent twice says it once.

    :raises Refused: to somebody who only reads
    :raises Gone: if it has ended
    :raises Invalid: if there is no such step
    :raises SentBefore: if the form was sent before with other words
    """
    lock_open(goal.course)
    if reason := access.refusal_to_write(by, goal.course, at):
        raise Refused(reason)
    _open_row(goal)
    if not LOWEST <= rated.level <= HIGHEST:
        raise Invalid(_("Choose one of the five steps."))
    own = access.is_own(by, goal.course)
    wanted = {
        "level": rated.level,
        "said": (GoalRating.Said.PERSON if own else GoalRating.Said(rated.said)).value,
        "words": rated.words or None,
    }
    rating, is_new = GoalRating.objects.get_or_create(
        goal=goal,
        submission_id=submission_id,
        defaults={
            "service_id": goal.service_id,
            "person_id": goal.person_id,
            "goal_version": goal.version,
            "by": by,
            "at": at,
            **wanted,
        },
    )
    if is_new:
        say(goal.course, "courses.goal.rated", by=by, at=at)
    check_same({name: getattr(rating, name) for name in wanted}, wanted)
    return rating


@transaction.atomic
def end_goal(*, goal: Goal, by: Member, at: datetime) -> None:
    """End a goal; it stays with its ratings. A second time changes nothing.

    :raises Refused: if the course has ended, or to somebody who only reads
    """
    _check_team(goal.course, by, at)
    rows = Goal.objects.filter(pk=goal.pk, ended_at__isnull=True)
    if rows.update(ended_at=at, ended_by=by):
        say(goal.course, "courses.goal.ended", by=by, at=at)


def _check_team(course: Course, by: Member, at: datetime) -> None:
    """Let one change of the goals happen at a time, by somebody of the care team.

    :raises Refused: if the course has ended, or to somebody who only reads
    """
    lock_open(course)
    if not people.has_care(by, course.person_id, course.pk, at):
        raise Refused(_("Only the care team agrees on goals here."))


def _open_row(goal: Goal) -> Goal:
    """Return a goal as it is now, locked.

    :raises Gone: if it has ended, or its focus has
    """
    rows = Goal.objects.select_for_update(of=("self",)).select_related("focus")
    row = rows.get(pk=goal.pk)
    if reason := access.refusal_of_goal(row):
        raise Gone(reason)
    return row


def _first_said(goal: Goal) -> object:
    """Return how the form put it that added the goal."""
    first = GoalVersion.objects.filter(goal=goal).order_by("version").first()
    return first.content if first else {"title": goal.title, "levels": goal.levels}


def _keep_version(goal: Goal, *, by: Member, at: datetime) -> None:
    GoalVersion.objects.create(
        service_id=goal.service_id,
        person_id=goal.person_id,
        goal=goal,
        version=goal.version,
        content={"title": goal.title, "levels": goal.levels},
        by=by,
        at=at,
    )
