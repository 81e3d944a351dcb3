"""Afterwards: the plan for staying well, the decision on maintenance, how it went."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NotRequired, TypedDict, TypeVar, Unpack
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.afterwards import StayingWell, as_content, load_next_steps, plan_of
from openipt.core.errors import Invalid, Refused, Stale
from openipt.core.protocols.rules import Afterwards, check_afterwards
from openipt.courses import access
from openipt.courses.models import (
    Course,
    HowItWent,
    MaintenanceDecision,
    StayingWellPlan,
    StayingWellVersion,
)
from openipt.people import operations as people
from openipt.people.models import Member, Person
from openipt.sql.locks import lock_row
from openipt.web.sent_again import check_same

from .trace import say


class Decided(TypedDict):
    """What was decided about maintenance; the plan of it only where there is some."""

    discussed: bool
    maintenance: bool
    reason: str
    needed_medicine: bool
    with_medicine: bool
    reason_without: NotRequired[str]
    days_between: NotRequired[int | None]
    horizon_months: NotRequired[int | None]
    stop_rule: NotRequired[str]
    reason_open: NotRequired[str]


class Told(TypedDict):
    """How it went, one of `core.afterwards.WENT`, and keys of what comes next."""

    went: str
    next_steps: Sequence[str]
    words: str


@transaction.atomic
def write_plan(
    *,
    person: Person,
    plan: StayingWell,
    version: int,
    by: Member,
    at: datetime,
    shared: bool | None = None,
) -> StayingWellPlan:
    """Keep the plan for staying well; the same again changes nothing.

    `version` is the one that was read, 0 where there was none. Only the person says
    whether it is shared; what the two begin together is.

    :raises Refused: with the reason of `access.refusal_of_plan`
    :raises Stale: if it was changed meanwhile
    """
    lock_row(Person, person.pk)
    row = StayingWellPlan.objects.filter(person=person).first()
    if reason := access.refusal_of_plan(by, person, row, at):
        raise Refused(reason)
    wished = _wished(person, row, by=by, shared=shared)
    if row is not None and row.shared == wished and plan_of(row.content) == plan:
        return row
    if (row.version if row else 0) != version:
        raise Stale(_("This plan was changed meanwhile, perhaps in another window."))
    if row is None:
        row = StayingWellPlan(service_id=person.service_id, person=person, version=0)
    row.content, row.shared, row.updated_at = as_content(plan), wished, at
    row.version += 1
    row.save()
    StayingWellVersion.objects.create(
        service_id=person.service_id,
        person=person,
        plan=row,
        version=row.version,
        content=row.content,
        shared=wished,
        by=by,
        at=at,
    )
    audit.record(
        action="courses.staying_well.written",
        resource="person",
        object_id=person.pk,
        subjects=[person.pk],
        service_id=person.service_id,
        by=by,
        at=at,
    )
    people.touch({by.pk, person.member_id})
    return row


@transaction.atomic
def decide_maintenance(
    *,
    course: Course,
    submission_id: UUID,
    by: Member,
    at: datetime,
    **decided: Unpack[Decided],
) -> MaintenanceDecision:
    """Keep what was decided about maintenance; the same form sent twice decides once.

    :raises Invalid: without a reason where the rules R02 to R04 want one
    :raises SentBefore: if the form was sent before with other words
    """
    _lock(course)
    goes_on = decided["maintenance"]
    wanted = {
        "course_id": course.pk,
        "discussed": decided["discussed"],
        "maintenance": goes_on,
        "reason": decided["reason"],
        "needed_medicine": decided["needed_medicine"],
        "with_medicine": decided["with_medicine"],
        "reason_without": decided.get("reason_without") or None,
        "days_between": decided.get("days_between") if goes_on else None,
        "horizon_months": decided.get("horizon_months") if goes_on else None,
        "stop_rule": (decided.get("stop_rule") or None) if goes_on else None,
        "reason_open": (decided.get("reason_open") or None) if goes_on else None,
    }
    if already := _already(MaintenanceDecision, course, submission_id, wanted):
        return already
    if asked := access.in_words(check_afterwards(afterwards_of(decided))):
        raise Invalid(asked)
    row: MaintenanceDecision = MaintenanceDecision.objects.create(
        service_id=course.service_id,
        person_id=course.person_id,
        submission_id=submission_id,
        by=by,
        at=at,
        **wanted,
    )
    say(course, "courses.maintenance.decided", by=by, at=at)
    return row


def afterwards_of(decided: Decided) -> Afterwards:
    """Return a decision as the rules see it."""
    return Afterwards(
        discussed=decided["discussed"],
        reason=decided["reason"],
        maintenance=decided["maintenance"],
        needed_medicine=decided["needed_medicine"],
        with_medicine=decided["with_medicine"],
        reason_without=decided.get("reason_without", ""),
        days_between=decided.get("days_between"),
        horizon_months=decided.get("horizon_months"),
        has_stop_rule=bool(decided.get("stop_rule")),
        reason_open=decided.get("reason_open", ""),
    )


@transaction.atomic
def say_how_it_went(
    *,
    course: Course,
    submission_id: UUID,
    by: Member,
    at: datetime,
    **told: Unpack[Told],
) -> HowItWent:
    """Keep how a course went and what comes next; the same form sent twice says it once.

    :raises Invalid: if it has not helped and nothing comes next
    :raises SentBefore: if the form was sent before with other words
    """
    _lock(course)
    steps = [key for key in load_next_steps() if key in told["next_steps"]]
    wanted = {
        "course_id": course.pk,
        "went": told["went"],
        "next_steps": steps,
        "words": told["words"] or None,
    }
    if already := _already(HowItWent, course, submission_id, wanted):
        return already
    if told["went"] == "not" and not steps:
        raise Invalid(_("Choose what comes next: nobody is left without a next step."))
    row: HowItWent = HowItWent.objects.create(
        service_id=course.service_id,
        person_id=course.person_id,
        submission_id=submission_id,
        by=by,
        at=at,
        **wanted,
    )
    say(course, "courses.how_it_went.said", by=by, at=at)
    return row


Row = TypeVar("Row", MaintenanceDecision, HowItWent)


def _already(
    model: type[Row], course: Course, submission_id: UUID, wanted: Mapping[str, Any]
) -> Row | None:
    """Return what this form has made already, of whichever course; None where nothing.

    :raises SentBefore: if it said something else
    """
    row = model.objects.filter(
        service_id=course.service_id, submission_id=submission_id
    ).first()
    if row is not None:
        check_same({name: getattr(row, name) for name in wanted}, wanted)
    return row


def _wished(
    person: Person, row: StayingWellPlan | None, *, by: Member, shared: bool | None
) -> bool:
    if person.member_id == by.pk:
        return bool(shared)
    return row.shared if row is not None and access.has_account(person) else True


def _lock(course: Course) -> None:
    """Let one thing be said about a course at a time."""
    lock_row(Course, course.pk)
