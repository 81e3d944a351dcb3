"""What changes in the list of what is hard. A drop never loses anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from openipt.core.errors import Invalid, Refused, Stale
from openipt.courses import access, queries
from openipt.courses.models import HARDEST, Course, Issue, IssueVersion
from openipt.inventory.models import Relationship
from openipt.people.models import Member
from openipt.web.sent_again import check_same

from .plan import lock_open
from .trace import say


@dataclass(frozen=True, kw_only=True, slots=True)
class IssueSaid:
    """What is said of something hard."""

    title: str
    severity: int
    about: str = ""
    relationship: Relationship | None = None
    who: str = ""
    area: str = ""
    answers: tuple[str, ...] = ()
    near_onset: bool | None = None


@transaction.atomic
def add_issue(
    *,
    course: Course,
    submission_id: UUID,
    said: IssueSaid,
    by: Member,
    at: datetime,
) -> Issue:
    """Add something hard, behind all that is as hard; the same form twice adds it once.

    :raises Refused: with the reason of `access.refusal_to_write`
    :raises Invalid: if the list is full, or the variant does not have the area
    :raises SentBefore: if the form was sent before with other words
    """
    _check(course, said, by=by, at=at)
    before = Issue.objects.filter(course=course, submission_id=submission_id)
    if already := before.first():
        check_same(_first_said(already), _content_of(_said_in(Issue(), said)))
        return already
    if reason := access.refusal_to_add_issue(course):
        raise Invalid(reason)
    rank = _place_of(said.severity, queries.issues_of(course))
    later = Issue.objects.filter(course=course, rank__gte=rank)
    later.update(rank=F("rank") + 1)
    issue = Issue(
        service_id=course.service_id,
        person_id=course.person_id,
        course=course,
        submission_id=submission_id,
        rank=rank,
        created_at=at,
        updated_at=at,
    )
    _said_in(issue, said)
    issue.save()
    _keep_version(issue, by=by, at=at)
    say(course, "courses.issue.added", by=by, at=at)
    return issue


@transaction.atomic
def change_issue(
    *, issue: Issue, said: IssueSaid, version: int, by: Member, at: datetime
) -> Issue:
    """Change what is said of something hard; the same again changes nothing.

    :raises Refused: with the reason of `access.refusal_to_write`
    :raises Invalid: if the variant does not have the area
    :raises Stale: if it was changed since this version was opened
    """
    _check(issue.course, said, by=by, at=at)
    row = Issue.objects.select_for_update().get(pk=issue.pk)
    if row.removed_at is None and said_of(row) == said:
        return row
    if row.version != version or row.removed_at is not None:
        raise Stale(
            _(
                "This was changed meanwhile, perhaps by somebody else or in another window."
            )
        )
    _said_in(row, said)
    row.updated_at, row.version = at, row.version + 1
    row.save()
    _keep_version(row, by=by, at=at)
    say(issue.course, "courses.issue.changed", by=by, at=at)
    return row


@transaction.atomic
def order_issues(
    *,
    course: Course,
    order: Sequence[tuple[UUID, int]],
    by: Member,
    at: datetime,
) -> None:
    """Put the list in this order; each is given with the number of moves that was seen.

    What is not named stays, behind those that are; what is not there any more is passed
    over. So a drop never loses anything.

    :raises Refused: with the reason of `access.refusal_to_write`
    :raises Stale: if the list was put in another order meanwhile
    """
    _check_write(course, by, at)
    there = {issue.pk: issue for issue in queries.issues_of(course)}
    named = [(pk, moves) for pk, moves in dict(order).items() if pk in there]
    if any(there[pk].moves != moves for pk, moves in named):
        raise Stale(
            _("The list was put in another order meanwhile. It is shown as it is now.")
        )
    first = [pk for pk, _moves in named]
    wanted = first + [pk for pk in there if pk not in set(first)]
    if wanted == list(there):
        return
    for rank, pk in enumerate(wanted):
        Issue.objects.filter(pk=pk).update(rank=rank, moves=F("moves") + 1)
    say(course, "courses.issues.ordered", by=by, at=at)


@transaction.atomic
def remove_issue(*, issue: Issue, by: Member, at: datetime) -> None:
    """Take something off the list; it stays in the record. Twice is once.

    :raises Refused: with the reason of `access.refusal_to_write`
    """
    _check_write(issue.course, by, at)
    row = Issue.objects.select_for_update().get(pk=issue.pk)
    if row.removed_at is not None:
        return
    row.removed_at, row.updated_at = at, at
    row.version += 1
    row.save(update_fields=["removed_at", "updated_at", "version"])
    _keep_version(row, by=by, at=at)
    say(issue.course, "courses.issue.removed", by=by, at=at)


def said_of(issue: Issue) -> IssueSaid:
    """Return what is said of something hard now."""
    return IssueSaid(
        title=issue.title,
        severity=issue.severity,
        about=issue.about or "",
        relationship=issue.relationship,
        who=issue.who or "",
        area=issue.area,
        answers=tuple(issue.answers or ()),
        near_onset=issue.near_onset,
    )


def _check(course: Course, said: IssueSaid, *, by: Member, at: datetime) -> None:
    _check_write(course, by, at)
    areas = {area.key for area in queries.variant_of(course).shown_areas}
    if said.area and said.area not in areas:
        raise Invalid(_("This way of working does not have that problem area."))
    if not 0 <= said.severity <= HARDEST:
        raise Invalid(_("How hard it is runs from 0 to 10."))


def _check_write(course: Course, by: Member, at: datetime) -> None:
    """Let one change of the list happen at a time.

    :raises Refused: with the reason of `access.refusal_to_write`
    """
    lock_open(course)
    if reason := access.refusal_to_write(by, course, at):
        raise Refused(reason)


def _place_of(severity: int, issues: Sequence[Issue]) -> int:
    """Return the rank behind the last one that is at least as hard."""
    harder = [issue.rank for issue in issues if issue.severity >= severity]
    return max(harder, default=-1) + 1


def _said_in(issue: Issue, said: IssueSaid) -> Issue:
    issue.title, issue.severity = said.title, said.severity
    issue.about, issue.who = said.about or None, said.who or None
    issue.relationship, issue.area = said.relationship, said.area
    issue.answers = list(said.answers) or None
    issue.near_onset = said.near_onset
    return issue


def _first_said(issue: Issue) -> object:
    """Return what the form said that added it."""
    first = IssueVersion.objects.filter(issue=issue).order_by("version").first()
    return first.content if first else _content_of(issue)


def _content_of(issue: Issue) -> dict[str, object]:
    return {
        "title": issue.title,
        "about": issue.about or "",
        "relationship": str(issue.relationship_id or ""),
        "who": issue.who or "",
        "area": issue.area,
        "answers": issue.answers or [],
        "severity": issue.severity,
        "near_onset": issue.near_onset,
    }


def _keep_version(issue: Issue, *, by: Member, at: datetime) -> None:
    IssueVersion.objects.create(
        service_id=issue.service_id,
        person_id=issue.person_id,
        issue=issue,
        version=issue.version,
        content=_content_of(issue),
        is_removed=issue.removed_at is not None,
        by=by,
        at=at,
    )
