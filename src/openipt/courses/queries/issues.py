"""What is hard in a course, in its order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from openipt.core.errors import Missing
from openipt.core.protocols import ProblemArea, Tally, tally
from openipt.courses.access import may_name_people
from openipt.courses.models import Course, Focus, Issue
from openipt.inventory import queries as inventory
from openipt.inventory.queries import Somebody
from openipt.people.models import Member

from .courses import variant_of


@dataclass(frozen=True, kw_only=True, slots=True)
class IssueLine:
    """Something hard, in the words of the page.

    `who` is "" where nobody was named, or this reader does not see the people of the life.
    """

    issue: Issue
    who: str
    area: ProblemArea | None
    tallies: tuple[Tally, ...]
    """The areas that answers speak for or against."""
    is_focus: bool
    """Whether an open focus came from it."""


def issues_of(course: Course) -> list[Issue]:
    """Return what is hard in a course, in its order."""
    return issues_in([course.pk]).get(course.pk, [])


def issues_in(course_ids: Iterable[UUID]) -> dict[UUID, list[Issue]]:
    """Return for each course what is hard, in its order; one query."""
    found: dict[UUID, list[Issue]] = defaultdict(list)
    rows = Issue.objects.filter(
        course_id__in=set(course_ids), removed_at__isnull=True
    ).select_related("relationship")
    for row in rows.order_by("rank", "created_at", "pk"):
        found[row.course_id].append(row)
    return dict(found)


def issue_for(course: Course, issue_id: UUID, *, also_removed: bool = False) -> Issue:
    """Return something hard of a course that was reached by this member.

    `also_removed` is for a form that was filled in before it was taken off.

    :raises Missing: if it is not there, or was taken off the list
    """
    rows = Issue.objects.filter(pk=issue_id, course=course)
    found = rows.select_related("relationship").first()
    if found is None or (found.removed_at and not also_removed):
        raise Missing
    found.course = course
    return found


def issue_lines(
    course: Course,
    issues: Iterable[Issue],
    *,
    people: Iterable[Somebody],
    foci: Iterable[Focus],
) -> tuple[IssueLine, ...]:
    """Return what is hard in the words of the page; `people` are those that may be named."""
    areas = {area.key: area for area in variant_of(course).offered_areas}
    names = {one.relationship_id: one.tie.label for one in people}
    taken = {focus.issue_id for focus in foci}
    return tuple(_line(issue, areas, names, taken) for issue in issues)


def known_people(member: Member, course: Course) -> list[Somebody]:
    """Return the people of this life, if this member may see who they are."""
    if not may_name_people(member, course):
        return []
    return inventory.everybody_of(course.person)


def _line(
    issue: Issue,
    areas: Mapping[str, ProblemArea],
    names: Mapping[UUID, str],
    taken: set[UUID | None],
) -> IssueLine:
    named = names.get(issue.relationship_id, "") if issue.relationship_id else ""
    counted = [tally(area, issue.answers or ()) for area in areas.values()]
    return IssueLine(
        issue=issue,
        who=named or issue.who or "",
        area=areas.get(issue.area),
        tallies=tuple(one for one in counted if one.speak_for or one.speak_against),
        is_focus=issue.pk in taken,
    )
