"""What a course works on: whom it is about, its stage and how that moved, its goals."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from openipt.core.protocols import AreaDetail, AreaPoint, ProblemArea
from openipt.courses.models import Course, Focus, FocusVersion
from openipt.inventory.queries import Somebody
from openipt.people.models import Member
from openipt.sql.prepared import Many, Prepared

from .courses import variant_of
from .goals import GoalView, goal_views


@dataclass(frozen=True, kw_only=True, slots=True)
class StageMove:
    """The stage of a focus from an instant on, and who noted it."""

    stage: AreaPoint
    by: Member
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class FocusView:
    """One focus with everything that is known of it."""

    focus: Focus
    area: ProblemArea
    who: str
    """Whom it is about; "" where nobody is named, or this reader does not see them."""
    stage: AreaPoint | None
    moves: tuple[StageMove, ...]
    """How the stage moved, the newest first."""
    said: tuple[tuple[AreaDetail, str], ...]
    """The other details that were written down."""
    goals: tuple[GoalView, ...]

    @property
    def is_open(self) -> bool:
        """Whether it is still worked on."""
        return self.focus.ended_at is None

    @property
    def named_apart(self) -> bool:
        """Whether the person is named beside the words, which do not name them."""
        return bool(self.who) and self.who not in (self.focus.about or "")


def focus_summary(
    course: Course, *, people: Iterable[Somebody], ended: bool = False
) -> tuple[FocusView, ...]:
    """Return what a course works on, the older first, with stages and goals.

    `people` are those that may be named to the reader. With `ended` also what it worked on
    before, behind the rest.
    """
    return focus_summaries([course], people=people, ended=ended)[course.pk]


def focus_summaries(
    courses: Iterable[Course], *, people: Iterable[Somebody], ended: bool = False
) -> dict[UUID, tuple[FocusView, ...]]:
    """Return the same for several courses of one person, with as many queries as for one."""
    known = {course.pk: course for course in courses}
    names = {one.relationship_id: one.tie.label for one in people}
    rows: list[Focus] = sorted(
        (
            focus
            for focus in _FOCI.instances(courses=Many(known))
            if ended or focus.ended_at is None
        ),
        key=lambda focus: focus.ended_at is not None,
    )
    versions = _versions(rows)
    goals = goal_views(known)
    found: dict[UUID, list[FocusView]] = {pk: [] for pk in known}
    for focus in rows:
        focus.course = known[focus.course_id]
        areas = {area.key: area for area in variant_of(focus.course).known_areas}
        area = areas.get(focus.area)
        if area is None:
            continue
        found[focus.course_id].append(
            _view(focus, area, names, versions[focus.pk], goals.get(focus.pk, ()))
        )
    return {pk: tuple(views) for pk, views in found.items()}


def can_go_on(views: Iterable[FocusView]) -> set[UUID]:
    """Return which of all foci of a course were ended, with nothing new since."""
    known = [view.focus for view in views]
    newest = max((focus.agreed_at for focus in known), default=None)
    return {
        focus.pk
        for focus in known
        if focus.ended_at and focus.ended_why and newest and focus.ended_at > newest
    }


def stage_of(focus: Focus, area: ProblemArea) -> AreaPoint | None:
    """Return the stage a focus is at, None where its area has none or nobody noted it."""
    return _stage(focus.details or {}, area)


def given_of(focus: Focus) -> dict[str, str]:
    """Return the text of each detail that was written down, by its key."""
    return dict(focus.details or {})


def given_to_read(
    focus: Focus, area: ProblemArea, people: Iterable[Somebody]
) -> list[str]:
    """Return what was written down, in the order of the area.

    Without the name of somebody whom this reader, who sees `people`, does not see.
    """
    return [words for _detail, words in details_to_read(focus, area, people)]


def details_to_read(
    focus: Focus, area: ProblemArea, people: Iterable[Somebody]
) -> list[tuple[AreaDetail, str]]:
    """Return what was written down, each with what it is; see `given_to_read`."""
    known = {None, *(one.relationship_id for one in people)}
    given = focus.details or {}
    return [
        (detail, given[detail.key])
        for detail in area.details
        if given.get(detail.key)
        and (detail.kind != "person" or focus.relationship_id in known)
    ]


def versions_of_focus(focus: Focus) -> list[FocusVersion]:
    """Return how a focus was put over time, the newest first."""
    rows = FocusVersion.objects.filter(focus=focus).select_related("by")
    return list(rows.order_by("-version"))


def _versions(foci: Iterable[Focus]) -> dict[UUID, list[FocusVersion]]:
    found: dict[UUID, list[FocusVersion]] = defaultdict(list)
    for row in _SAID.instances(foci=Many(focus.pk for focus in foci)):
        found[row.focus_id].append(row)
    return found


_FOCI = Prepared(
    lambda courses: Focus.objects.filter(course_id__in=courses).order_by(
        "agreed_at", "pk"
    ),
    courses=Many,
)
_SAID = Prepared(
    lambda foci: (
        FocusVersion.objects.filter(focus_id__in=foci)
        .select_related("by")
        .order_by("version")
    ),
    foci=Many,
)


def _view(
    focus: Focus,
    area: ProblemArea,
    names: Mapping[UUID, str],
    versions: list[FocusVersion],
    goals: tuple[GoalView, ...],
) -> FocusView:
    details = focus.details or {}
    person = next((one for one in area.details if one.kind == "person"), None)
    typed = details.get(person.key, "") if person else ""
    return FocusView(
        focus=focus,
        area=area,
        # The name of one of the people of the life was copied when they were chosen.
        who=names.get(focus.relationship_id, "") if focus.relationship_id else typed,
        stage=_stage(details, area),
        moves=_moves(area, versions),
        said=tuple(
            (one, details[one.key])
            for one in area.details
            if one.kind in ("text", "time", "words") and details.get(one.key)
        ),
        goals=goals,
    )


def _stage(details: Mapping[str, str], area: ProblemArea) -> AreaPoint | None:
    detail = next((one for one in area.details if one.kind == "stage"), None)
    key = details.get(detail.key, "") if detail else ""
    return next((stage for stage in area.stages if stage.key == key), None)


def _moves(
    area: ProblemArea, versions: Iterable[FocusVersion]
) -> tuple[StageMove, ...]:
    moves: list[StageMove] = []
    for row in versions:
        stage = _stage(row.content["details"], area)
        if stage and (not moves or moves[-1].stage != stage):
            moves.append(StageMove(stage=stage, by=row.by, at=row.at))
    return tuple(reversed(moves))
