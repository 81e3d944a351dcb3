"""A course begins: with whom, what for, and what both agreed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NotRequired, TypedDict, Unpack, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from openipt.calendar import operations as calendar
from openipt.core.course import Slot, age_on, appointments_on
from openipt.core.errors import Invalid, Refused
from openipt.core.ids import new_id
from openipt.core.protocols import Variant, load_conditions, load_variants
from openipt.core.protocols.rules import Intake
from openipt.courses import access, queries
from openipt.courses.models import Contract, Course, CourseFact, CourseState
from openipt.people import operations as people
from openipt.people.models import Member, Person
from openipt.sql.locks import lock_row
from openipt.web.sent_again import check_same

from .trace import say


class AlreadyOpen(Invalid):
    """The person has an open course of this variant."""


class GoesOn(Invalid):
    """Maintenance goes on from a course that is there, by a decision or after remission."""


class OutOfBounds(Invalid):
    """The contract has more or fewer sessions than the variant can have."""


class ReasonWanted(Invalid):
    """The contract departs from what the variant advises and nobody said why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewPerson:
    """Somebody who is not in the record yet."""

    name: str
    called: str
    born_on: date | None
    phone: str
    country: str


class Plan(TypedDict):
    """What both agreed to: so many sessions of `minutes` at the wall's time.

    `excluded` are keys of the variant's exclusions that were found to apply. `continues`
    is the course that this one goes on from; `days_between` another rhythm than usual.
    """

    condition: str
    variant_id: str
    sessions: int
    minutes: int
    first_on: date
    wall_time: time
    excluded: NotRequired[Sequence[str]]
    prescriber: NotRequired[str]
    missing_rule: NotRequired[str]
    reason: NotRequired[str]
    continues: NotRequired[UUID | None]
    days_between: NotRequired[int | None]


@transaction.atomic
def start_course(
    *,
    person: Person | NewPerson,
    by: Member,
    at: datetime,
    submission_id: UUID | None = None,
    **plan: Unpack[Plan],
) -> Course:
    """Start a course: register the person if new, lay the appointments, open the care.

    The same `submission_id` sent again by the same member returns the course it started,
    if it says the same.

    :raises Refused: if this member cannot start a course with this person
    :raises OutOfBounds: if the variant cannot have so many sessions (P01), or is not for
        this person (P19)
    :raises ReasonWanted: without a reason for what the variant does not advise (P01, P03,
        P04, P06, P18-P20), or for another course beside
    :raises AlreadyOpen: if the person has an open course of this variant
    :raises SentBefore: if the form was sent before with something else in it
    :raises GoesOn: if it is maintenance that should go on from a course before
    :raises calendar.SlotTaken: if a session overlaps another one of the therapist
    """
    submission_id = submission_id or new_id()
    _one_at_a_time(by)
    if already := queries.course_submitted(by.service_id, submission_id):
        check_same(_first_said(already), _said(person, plan, already, by=by))
        return already
    variant = _variant(plan)
    there = None
    if not isinstance(person, NewPerson):
        there = _free_for(variant, person, plan, by=by, at=at)
    wanted = _checked(plan, variant, there, born_on=_born_on(person), at=at, by=by)
    known = there or _registered(cast("NewPerson", person), by=by, at=at)
    before = _continued(plan, known, variant, by=by, at=at)
    slots = slots_of(variant, plan, zone=ZoneInfo(by.service.zone))
    series = calendar.lay_series(
        person=known, member=by, slots=slots, minutes=plan["minutes"], by=by, at=at
    )
    course = Course.objects.create(
        service_id=by.service_id,
        person=known,
        therapist=by,
        submission_id=submission_id,
        condition=plan["condition"],
        variant_id=variant.id,
        variant_version=variant.version,
        series=series,
        continues=before,
        started_at=at,
    )
    _first_rows(course, variant, plan, slots, keep_reason=bool(wanted))
    people.open_care(
        person=known, member=by, role="therapist", course_id=course.pk, by=by, at=at
    )
    say(course, "courses.course.started", by=by, at=at)
    return course


def slots_of(variant: Variant, plan: Plan, *, zone: ZoneInfo) -> Sequence[Slot]:
    """Return the sessions of a plan in the rhythm of its variant, from its first day on."""
    first_on = plan["first_on"]
    return appointments_on(
        first_on,
        first_on.weekday(),
        plan["wall_time"],
        zone,
        plan["sessions"],
        days_between=_rhythm(plan, variant),
    )


def intake_of(
    plan: Plan, born_on: date | None, on: date, *, has_remission: bool
) -> Intake:
    """Return what speaks for or against a variant for somebody born on a day."""
    return Intake(
        conditions=[plan["condition"]],
        excluded=plan.get("excluded", ()),
        age=age_on(born_on, on) if born_on else None,
        has_prescriber=bool(plan.get("prescriber", "").strip()),
        has_remission=has_remission,
    )


def _variant(plan: Plan) -> Variant:
    variant = load_variants().get(plan["variant_id"])
    if variant is None or variant.retired or plan["condition"] not in load_conditions():
        raise Invalid(_("Choose a condition and one of the ways of working."))
    return variant


def _rhythm(plan: Plan, variant: Variant) -> int:
    return plan.get("days_between") or variant.days_between


def _checked(
    plan: Plan,
    variant: Variant,
    person: Person | None,
    *,
    born_on: date | None,
    at: datetime,
    by: Member,
) -> str:
    """Return what the reason of a plan answers, "" where none is wanted."""
    continues = plan.get("continues")
    gone = access.has_remission(person, variant, continues)
    today = at.astimezone(ZoneInfo(by.service.zone)).date()
    findings = access.findings_of(
        variant,
        sessions=plan["sessions"],
        minutes=plan["minutes"],
        days_between=_rhythm(plan, variant),
        intake=intake_of(plan, born_on, today, has_remission=gone),
    )
    if refusal := access.refusal_of(findings):
        raise OutOfBounds(refusal)
    beside = access.wanted_beside(person, variant, continues)
    wanted = " ".join(filter(None, [beside, access.reason_wanted(findings)]))
    if wanted and not plan.get("reason"):
        raise ReasonWanted(wanted)
    return wanted


def _born_on(person: Person | NewPerson) -> date | None:
    if isinstance(person, NewPerson):
        return person.born_on
    return date.fromisoformat(person.born_on) if person.born_on else None


def _registered(new: NewPerson, *, by: Member, at: datetime) -> Person:
    if refusal := access.refusal_to_start(by, None, at):
        raise Refused(refusal)
    return people.create_person(
        service=by.service,
        name=new.name,
        called=new.called,
        born_on=new.born_on,
        phone=new.phone,
        country=new.country,
        by=by,
        at=at,
    )


def _free_for(
    variant: Variant, person: Person, plan: Plan, *, by: Member, at: datetime
) -> Person:
    """Return the person, locked, if this member may start this variant with them."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if refusal := access.refusal_to_start(by, locked, at):
        raise Refused(refusal)
    if refusal := access.refusal_of_second_course(locked, variant):
        raise AlreadyOpen(refusal)
    continues = plan.get("continues")
    if refusal := access.refusal_of_maintenance(by, locked, variant, continues, at):
        raise GoesOn(refusal)
    return locked


def _continued(
    plan: Plan, person: Person, variant: Variant, *, by: Member, at: datetime
) -> Course | None:
    """Return the course that the new one goes on from, if it names one."""
    named = plan.get("continues")
    if named is None:
        return None
    before = queries.course_to_write(by, named, at)
    refusal = access.refusal_of_continuing(before, person, variant)
    refusal = refusal or access.refusal_to_continue(
        before, queries.variant_of(before), queries.latest_contract(before), at
    )
    if refusal:
        raise Refused(refusal)
    return before


def _first_rows(
    course: Course,
    variant: Variant,
    plan: Plan,
    slots: Sequence[Slot],
    *,
    keep_reason: bool,
) -> None:
    """Write what a course has from its first moment: state, contract, rows of facts."""
    by, at = course.therapist, course.started_at
    CourseState.objects.create(
        service_id=course.service_id, course=course, state="active", by=by, at=at
    )
    Contract.objects.create(
        service_id=course.service_id,
        person_id=course.person_id,
        course=course,
        version=1,
        sessions=plan["sessions"],
        days_between=_rhythm(plan, variant),
        minutes=plan["minutes"],
        first_on=slots[0].on_date,
        last_on=slots[-1].on_date,
        wall_time=plan["wall_time"],
        missing_rule=plan.get("missing_rule") or None,
        prescriber=plan.get("prescriber") or None,
        reason=(plan.get("reason") or None) if keep_reason else None,
        agreed_by=by,
        agreed_at=at,
    )
    CourseFact.objects.bulk_create(
        CourseFact(
            service_id=course.service_id, course=course, measure=scheduled.measure
        )
        for scheduled in variant.measures
        if scheduled.verified
    )


def _first_said(course: Course) -> dict[str, Any]:
    """Return what the form said that started a course."""
    first = Contract.objects.get(course=course, version=1)
    return {
        "therapist": course.therapist_id,
        "person": course.person_id,
        "condition": course.condition,
        "variant_id": course.variant_id,
        "continues": course.continues_id,
        **{name: getattr(first, name) for name in ("sessions", "minutes", "first_on",
           "wall_time", "days_between", "missing_rule", "prescriber", "reason")},
    }  # fmt: skip


def _said(
    person: Person | NewPerson, plan: Plan, course: Course, *, by: Member
) -> dict[str, Any]:
    """Return the same of a form that was sent again; a reason nobody wanted is not kept."""
    variant = queries.variant_of(course)
    is_kept = Contract.objects.get(course=course, version=1).reason is not None
    return {
        "therapist": by.pk,
        "person": _same_person(person, course.person),
        "condition": plan["condition"],
        "variant_id": plan["variant_id"],
        "continues": plan.get("continues"),
        **{
            name: plan[name]
            for name in ("sessions", "minutes", "first_on", "wall_time")
        },
        "days_between": _rhythm(plan, variant),
        "missing_rule": plan.get("missing_rule") or None,
        "prescriber": plan.get("prescriber") or None,
        "reason": (plan.get("reason") or None) if is_kept else None,
    }


def _same_person(named: Person | NewPerson, there: Person) -> UUID | None:
    """Return the key of somebody who was named again, None if it is somebody else."""
    if isinstance(named, Person):
        return named.pk
    is_same = (named.name, named.called, _born_on(there), named.phone, named.country) == (
        there.name, there.called, named.born_on, there.phone or "", there.country,
    )  # fmt: skip
    return there.pk if is_same else None


def _one_at_a_time(member: Member) -> None:
    """Let this member start one course at a time: a second click waits and finds the first."""
    lock_row(Member, member.pk)
