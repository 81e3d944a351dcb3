"""What a course works on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from openipt.core.errors import Gone, Invalid, Refused, Stale
from openipt.core.inventory import tie_of
from openipt.core.protocols import ProblemArea
from openipt.core.protocols.rules import Finding, FocusFacts
from openipt.courses import access, queries
from openipt.courses.models import Course, Focus, FocusVersion, Goal, Issue
from openipt.inventory.models import Relationship
from openipt.people.models import Member

from .plan import lock_open
from .starting import ReasonWanted
from .trace import say


class DetailsMissing(Invalid):
    """The area cannot be taken up without something that nobody wrote down."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Noted:
    """What was written down for a focus: a text for each detail of the area, by its key."""

    details: Mapping[str, str] = field(default_factory=dict)
    relationship: Relationship | None = None
    issue: Issue | None = None
    reason: str = ""


@transaction.atomic
def set_focus(
    *,
    course: Course,
    area: str,
    about: str,
    by: Member,
    at: datetime,
    noted: Noted | None = None,
) -> Focus:
    """Take up a problem area, and whom or what it is about; one or two at a time (P08).

    The same words again change nothing; other words for an area that is open end that row
    and begin a new one, to which its goals go over. Without `noted` only the area is
    agreed, and what it needs is written down later with `change_focus`.

    :raises Refused: if the course has ended
    :raises Invalid: if the variant does not have the area (P09), or it is one too many (P08)
    :raises DetailsMissing: if something is missing that the area needs (P12)
    :raises ReasonWanted: without a reason for what is not advised (P08, P10, P11, P13)
    """
    lock_open(course)
    foci = queries.foci_of([course.pk]).get(course.pk, [])
    if reason := access.refusal_to_focus(queries.variant_of(course), area, foci):
        raise Invalid(reason)
    before = next((focus for focus in foci if focus.area == area), None)
    if before is not None and _says_the_same(before, about, noted):
        return before
    kept = noted or Noted()
    if noted is not None:
        facts = _facts(_area(course, area), noted)
        found = access.findings_of_focus(queries.variant_of(course), facts, foci)
        kept = _with_reason(noted, found)
    if before is not None:
        before.ended_at = at
        before.save(update_fields=["ended_at"])
    focus = Focus.objects.create(
        service_id=course.service_id,
        person_id=course.person_id,
        course=course,
        area=area,
        about=about or None,
        issue=kept.issue,
        relationship=kept.relationship,
        details=dict(kept.details) or None,
        reason=kept.reason or None,
        agreed_by=by,
        agreed_at=at,
    )
    _keep_version(focus, by=by, at=at)
    if before is not None:
        Goal.objects.filter(focus=before, ended_at__isnull=True).update(focus=focus)
    say(course, "courses.focus.set", by=by, at=at, reason=area)
    return focus


@transaction.atomic
def change_focus(
    *,
    focus: Focus,
    about: str,
    noted: Noted,
    version: int,
    by: Member,
    at: datetime,
) -> Focus:
    """Change what is written down for a focus; the same again changes nothing.

    :raises Refused: if the course has ended
    :raises DetailsMissing: if something is missing that the area needs (P12)
    :raises ReasonWanted: without a reason for what is not advised (P08, P10, P11, P13)
    :raises Stale: if it was changed since this version was opened
    """
    lock_open(focus.course)
    facts = _facts(_area(focus.course, focus.area), noted)
    variant, earlier = queries.variant_of(focus.course), _agreed_before(focus)
    found = access.findings_of_focus(variant, facts, earlier)
    kept = _with_reason(noted, found, was=focus.reason or "")
    if _says_the_same(focus, about, kept) and (focus.reason or "") == kept.reason:
        return focus
    row = _open_row(focus, version)
    _keep_first(row)
    row.about, row.details = about or None, dict(kept.details) or None
    row.relationship, row.reason = kept.relationship, kept.reason or None
    row.version += 1
    row.save(update_fields=["about", "details", "relationship", "reason", "version"])
    _keep_version(row, by=by, at=at)
    say(focus.course, "courses.focus.changed", by=by, at=at, reason=focus.area)
    return row


@transaction.atomic
def move_stage(
    *, focus: Focus, stage: str, version: int, by: Member, at: datetime
) -> Focus:
    """Note that a dispute is at another stage; where it was stays in its history.

    :raises Refused: if the course has ended
    :raises Invalid: if the area has no such stage
    :raises Stale: if it was changed since this version was opened
    """
    lock_open(focus.course)
    area = _area(focus.course, focus.area)
    detail = next((one for one in area.details if one.kind == "stage"), None)
    if detail is None or stage not in {one.key for one in area.shown_stages}:
        raise Invalid(_("This problem area does not have that stage."))
    row = _open_row(focus, version)
    details = dict(row.details or {})
    if details.get(detail.key) == stage:
        return row
    _keep_first(row)
    row.details = details | {detail.key: stage}
    row.version += 1
    row.save(update_fields=["details", "version"])
    _keep_version(row, by=by, at=at)
    say(focus.course, "courses.focus.stage_moved", by=by, at=at, reason=stage)
    return row


@transaction.atomic
def end_focus(
    *, focus: Focus, why: str = "", words: str = "", by: Member, at: datetime
) -> Focus:
    """End the work on a problem area; the row stays. A second time changes nothing.

    `why` is one of `Focus.Why`, "" where nobody was asked. Its goals are not worked on any
    more and stay with their ratings.

    :raises Refused: if the course has ended
    """
    lock_open(focus.course)
    row = Focus.objects.select_for_update().get(pk=focus.pk)
    if row.ended_at is not None:
        return row
    row.ended_at, row.ended_why, row.ended_words = at, why, words or None
    _move_on(row, by=by, at=at)
    say(focus.course, "courses.focus.ended", by=by, at=at, reason=focus.area)
    return row


@transaction.atomic
def take_end_back(*, focus: Focus, by: Member, at: datetime) -> Focus:
    """Go on with a focus that was ended by hand; that it was stays in its history.

    :raises Refused: if the course has ended, or `access.refusal_to_go_on` says why not
    """
    lock_open(focus.course)
    row = Focus.objects.select_for_update().get(pk=focus.pk)
    if row.ended_at is None:
        return row
    if reason := access.refusal_to_go_on(row):
        raise Refused(reason)
    row.ended_at, row.ended_why, row.ended_words = None, "", None
    _move_on(row, by=by, at=at)
    say(focus.course, "courses.focus.taken_up_again", by=by, at=at, reason=focus.area)
    return row


def _move_on(row: Focus, *, by: Member, at: datetime) -> None:
    """Keep an end, or that it was taken back, beside how the focus was put before."""
    _keep_first(row)
    row.version += 1
    row.save(update_fields=["ended_at", "ended_why", "ended_words", "version"])
    _keep_version(row, by=by, at=at)


def _agreed_before(focus: Focus) -> list[Focus]:
    """Return the open foci to which this one came."""
    foci = queries.foci_of([focus.course_id]).get(focus.course_id, [])
    mine = (focus.agreed_at, focus.pk)
    return [one for one in foci if (one.agreed_at, one.pk) < mine]


def _area(course: Course, key: str) -> ProblemArea:
    areas = queries.variant_of(course).known_areas
    return next(area for area in areas if area.key == key)


def _facts(area: ProblemArea, noted: Noted) -> FocusFacts:
    known = noted.relationship
    is_dead = None if known is None else not tie_of(known.content).alive
    return FocusFacts(area=area, given=noted.details, is_dead=is_dead)


def _with_reason(noted: Noted, found: tuple[Finding, ...], was: str = "") -> Noted:
    """Return what is kept: a reason where one is wanted, and not where none is."""
    if refusal := access.refusal_of(found):
        raise DetailsMissing(refusal)
    wanted = access.reason_wanted(found)
    if wanted and not noted.reason:
        raise ReasonWanted(wanted)
    return Noted(
        details={key: text for key, text in noted.details.items() if text},
        relationship=noted.relationship,
        issue=noted.issue,
        reason=noted.reason if wanted or was else "",
    )


def _says_the_same(focus: Focus, about: str, noted: Noted | None) -> bool:
    if (focus.about or "") != about:
        return False
    if noted is None:
        return True
    known = noted.relationship.pk if noted.relationship else None
    details = {key: text for key, text in noted.details.items() if text}
    return (focus.details or {}) == details and focus.relationship_id == known


def _open_row(focus: Focus, version: int) -> Focus:
    row = Focus.objects.select_for_update().get(pk=focus.pk)
    if reason := access.refusal_of_focus(row):
        raise Gone(reason)
    if row.version != version:
        raise Stale(
            _(
                "This focus was changed meanwhile, perhaps by somebody else or in another "
                "window."
            )
        )
    return row


def _keep_first(focus: Focus) -> None:
    """Keep how a focus was first put, where it was agreed before versions were kept."""
    if not FocusVersion.objects.filter(focus=focus).exists():
        _keep_version(focus, by=focus.agreed_by, at=focus.agreed_at)


def _keep_version(focus: Focus, *, by: Member, at: datetime) -> None:
    FocusVersion.objects.create(
        service_id=focus.service_id,
        person_id=focus.person_id,
        focus=focus,
        version=focus.version,
        content={
            "about": focus.about or "",
            "details": focus.details or {},
            "reason": focus.reason or "",
            "ended": {"why": focus.ended_why, "words": focus.ended_words or ""}
            if focus.ended_why
            else {},
        },
        by=by,
        at=at,
    )
