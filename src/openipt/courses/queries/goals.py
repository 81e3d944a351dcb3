"""Goals under a focus, and how far each was over time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from openipt.core.charts import Ladder, ladder
from openipt.core.errors import Missing
from openipt.core.goals import HIGHEST, HOPED, LOWEST, Step, load_steps, step_at
from openipt.courses.models import Course, Goal, GoalRating
from openipt.people.models import Member
from openipt.sql.prepared import Many, Prepared


@dataclass(frozen=True, kw_only=True, slots=True)
class Rating:
    """How far a goal was at one time."""

    row: GoalRating
    step: Step


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalView:
    """A goal with the words of its steps, its ratings and their drawing."""

    goal: Goal
    steps: tuple[tuple[Step, str], ...]
    """From the highest to the lowest, as they stand above each other."""
    ratings: tuple[Rating, ...]
    """In the order of time."""
    drawn: Ladder

    @property
    def newest(self) -> Rating | None:
        """The rating that counts."""
        return self.ratings[-1] if self.ratings else None

    @property
    def is_open(self) -> bool:
        """Whether it is still worked on."""
        return self.goal.ended_at is None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reached:
    """How far a goal was when it was first rated, and when it was last."""

    title: str
    first: Step
    last: Step


def reached_in(course: Course) -> tuple[Reached, ...]:
    """Return how far each goal of a course came that was ever rated, the older first."""
    views = [one for views in goal_views([course.pk]).values() for one in views]
    return tuple(
        Reached(
            title=view.goal.title,
            first=view.ratings[0].step,
            last=view.ratings[-1].step,
        )
        for view in views
        if view.ratings
    )


def goals_of(course: Course) -> list[Goal]:
    """Return the open goals of a course under what it works on now, the older first."""
    rows = Goal.objects.filter(
        course=course, ended_at__isnull=True, focus__ended_at__isnull=True
    )
    return list(rows.order_by("agreed_at", "pk"))


def goal_for(course: Course, goal_id: UUID) -> Goal:
    """Return a goal of a course that was reached by this member.

    :raises Missing: if it is not there
    """
    found = (
        Goal.objects.filter(pk=goal_id, course=course).select_related("focus").first()
    )
    if found is None:
        raise Missing
    found.course = found.focus.course = course
    return found


def own_goal(member: Member, goal_id: UUID) -> Goal:
    """Return a goal of the person this member is.

    :raises Missing: also when it exists but is somebody else's
    """
    found = Goal.objects.filter(
        pk=goal_id, service_id=member.service_id, course__person__member=member
    ).select_related("focus", "course__person__member")
    goal = found.first()
    if goal is None:
        raise Missing
    return goal


def goal_views(course_ids: Iterable[UUID]) -> dict[UUID, tuple[GoalView, ...]]:
    """Return the goals of courses by their focus, open ones first; two queries."""
    goals: list[Goal] = sorted(
        _GOALS.instances(courses=Many(course_ids)),
        key=lambda goal: goal.ended_at is not None,
    )
    ratings: dict[UUID, list[GoalRating]] = defaultdict(list)
    for row in _RATED.instances(goals=Many(goal.pk for goal in goals)):
        ratings[row.goal_id].append(row)
    found: dict[UUID, list[GoalView]] = defaultdict(list)
    for goal in goals:
        found[goal.focus_id].append(_view(goal, ratings[goal.pk]))
    return {pk: tuple(views) for pk, views in found.items()}


_GOALS = Prepared(
    lambda courses: Goal.objects.filter(course_id__in=courses).order_by(
        "agreed_at", "pk"
    ),
    courses=Many,
)
_RATED = Prepared(
    lambda goals: (
        GoalRating.objects.filter(goal_id__in=goals)
        .select_related("by")
        .order_by("at", "pk")
    ),
    goals=Many,
)


def _view(goal: Goal, ratings: Iterable[GoalRating]) -> GoalView:
    rows = tuple(Rating(row=row, step=step_at(row.level)) for row in ratings)
    return GoalView(
        goal=goal,
        steps=tuple(
            (step, goal.levels.get(step.key, "")) for step in reversed(load_steps())
        ),
        ratings=rows,
        drawn=ladder(
            [(timezone.localdate(one.row.at), one.row.level) for one in rows],
            lowest=LOWEST,
            highest=HIGHEST,
            hoped=HOPED,
        ),
    )
