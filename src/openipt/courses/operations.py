"""What changes in a course."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from openipt import audit
from openipt.calendar import operations as calendar
from openipt.core.course import Slot, appointments_on
from openipt.core.errors import Invalid, Refused
from openipt.core.ids import new_id
from openipt.core.protocols import Variant, load_conditions, load_variants
from openipt.people import operations as people
from openipt.people.models import CareRelationship, Member, Person

from . import access, queries
from .models import Contract, Course, CourseFact, CourseState, Focus

RECENT = 16


class AlreadyOpen(Invalid):
    """The person has an open course of this variant."""


class OutOfBounds(Invalid):
    """The contract is longer or shorter than acute IPT is."""


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
    """What both agreed to. `weeks` weekly sessions of `minutes` at the wall's time."""

    condition: str
    variant_id: str
    weeks: int
    minutes: int
    first_on: date
    wall_time: time
    missing_rule: NotRequired[str]
    reason: NotRequired[str]


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

    The same `submission_id` sent again by the same member returns the course it started.

    :raises Refused: if this member cannot start a course with this person
    :raises OutOfBounds: below 12 or above 20 weeks (P06)
    :raises ReasonWanted: outside the lineage's own range or 45-60 minutes without reason
    :raises AlreadyOpen: if the person has an open course of this variant
    :raises calendar.SlotTaken: if a session overlaps another one of the therapist
    """
    submission_id = submission_id or new_id()
    _one_at_a_time(by)
    if already := queries.course_submitted(by, submission_id):
        return already
    variant = _checked_variant(plan)
    if isinstance(person, NewPerson):
        known = _registered(person, by=by, at=at)
    else:
        known = _free_for(variant, person, by=by, at=at)
    slots = slots_of(plan, zone=ZoneInfo(by.service.zone))
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
        started_at=at,
    )
    _first_rows(course, variant, plan, slots)
    people.open_care(
        person=known, member=by, role="therapist", course_id=course.pk, by=by, at=at
    )
    _say(course, "courses.course.started", by=by, at=at)
    return course


@transaction.atomic
def set_focus(
    *, course: Course, area: str, about: str, by: Member, at: datetime
) -> Focus:
    """Take up a problem area, and whom or what it is about; one or two at a time (P08).

    The same words again change nothing; other words for an area that is open end that row
    and begin a new one.

    :raises Invalid: if the variant does not have the area, or it would be the third
    """
    Course.objects.select_for_update().filter(pk=course.pk).values_list("pk").first()
    foci = queries.foci_of([course.pk]).get(course.pk, [])
    if reason := access.refusal_to_focus(queries.variant_of(course), area, foci):
        raise Invalid(reason)
    before = next((focus for focus in foci if focus.area == area), None)
    if before is not None:
        if (before.about or "") == about:
            return before
        before.ended_at = at
        before.save(update_fields=["ended_at"])
    focus = Focus.objects.create(
        service_id=course.service_id,
        person_id=course.person_id,
        course=course,
        area=area,
        about=about or None,
        agreed_by=by,
        agreed_at=at,
    )
    _say(course, "courses.focus.set", by=by, at=at, reason=area)
    return focus


@transaction.atomic
def end_focus(*, focus: Focus, by: Member, at: datetime) -> Focus:
    """End the work on a problem area; the row stays. A second time changes nothing."""
    ended = Focus.objects.filter(pk=focus.pk, ended_at__isnull=True).update(ended_at=at)
    if ended:
        focus.ended_at = at
        _say(focus.course, "courses.focus.ended", by=by, at=at, reason=focus.area)
    return focus


@transaction.atomic
def record_score(
    *, course_ids: Iterable[UUID], measure: str, total: int | None, at: datetime
) -> None:
    """Keep a new total in the row of facts of each course that asked for it.

    A total of None (too much is missing) changes nothing. The caller's operation leaves
    the trace of who answered.
    """
    if total is None:
        return
    for course in Course.objects.filter(pk__in=set(course_ids)).order_by("pk"):
        fact, _made = CourseFact.objects.select_for_update().get_or_create(
            course=course, measure=measure, defaults={"service_id": course.service_id}
        )
        if fact.first_at is None:
            fact.first, fact.first_at = total, at
        fact.last, fact.last_at = total, at
        fact.recent = [*fact.recent, total][-RECENT:]
        fact.count += 1
        fact.save(
            update_fields=["first", "first_at", "last", "last_at", "recent", "count"]
        )


@transaction.atomic
def invite(*, course: Course, by: Member, at: datetime, on: date) -> str:
    """Return a new one-time code for the person of a course; an older one is revoked.

    `on` is today in the service's zone.

    :raises Refused: with the reason of `access.refusal_to_invite`
    """
    if reason := access.refusal_to_invite(course.person, on):
        raise Refused(reason)
    return people.invite_person(person=course.person, by=by, at=at)


@transaction.atomic
def hand_over(
    *,
    care: CareRelationship,
    to: Member,
    reason: str,
    cancel_clashing: bool,
    by: Member,
    at: datetime,
) -> CareRelationship:
    """Hand a care over, and with it the course it was opened for; return the new care.

    Whoever has the care then leads the course and holds the sessions still to come.

    :raises Refused: as `people.hand_over_care`
    :raises Invalid: without a reason, or as `calendar.give_series`
    """
    opened = people.hand_over_care(care=care, to=to, reason=reason, by=by, at=at)
    course = Course.objects.filter(
        pk__in=[care.course_id], therapist_id=care.member_id, ended_at__isnull=True
    ).first()
    if course is not None:
        calendar.give_series(
            series=course.series,
            to=to,
            cancel_clashing=cancel_clashing,
            by=by,
            at=at,
        )
        course.therapist = to
        course.save(update_fields=["therapist"])
        _say(course, "courses.course.handed_over", by=by, at=at)
    return opened


def slots_of(plan: Plan, *, zone: ZoneInfo) -> Sequence[Slot]:
    """Return the weekly sessions of a plan; the weekday is that of its first day."""
    first_on = plan["first_on"]
    return appointments_on(
        first_on, first_on.weekday(), plan["wall_time"], zone, plan["weeks"]
    )


def _checked_variant(plan: Plan) -> Variant:
    variant = load_variants().get(plan["variant_id"])
    if variant is None or plan["condition"] not in load_conditions():
        raise Invalid(_("Choose a condition and one of the ways of working."))
    weeks, minutes = plan["weeks"], plan["minutes"]
    if refusal := access.refusal_of_contract(variant, weeks, minutes):
        raise OutOfBounds(refusal)
    wanted = access.reason_wanted(variant, weeks, minutes)
    if wanted and not plan.get("reason"):
        raise ReasonWanted(wanted)
    return variant


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


def _free_for(variant: Variant, person: Person, *, by: Member, at: datetime) -> Person:
    """Return the person, locked, if this member may start this variant with them."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if refusal := access.refusal_to_start(by, locked, at):
        raise Refused(refusal)
    if refusal := access.refusal_of_second_course(locked, variant):
        raise AlreadyOpen(refusal)
    return locked


def _first_rows(
    course: Course, variant: Variant, plan: Plan, slots: Sequence[Slot]
) -> None:
    """Write what a course has from its first moment: state, contract, rows of facts."""
    by, at = course.therapist, course.started_at
    CourseState.objects.create(
        service_id=course.service_id, course=course, state="active", by=by, at=at
    )
    wanted = access.reason_wanted(variant, plan["weeks"], plan["minutes"])
    Contract.objects.create(
        service_id=course.service_id,
        person_id=course.person_id,
        course=course,
        version=1,
        weeks=plan["weeks"],
        minutes=plan["minutes"],
        first_on=slots[0].on_date,
        last_on=slots[-1].on_date,
        wall_time=plan["wall_time"],
        missing_rule=plan.get("missing_rule") or None,
        reason=(plan.get("reason") or None) if wanted else None,
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


def _one_at_a_time(member: Member) -> None:
    """Let this member start one course at a time: a second click waits and finds the first."""
    Member.objects.select_for_update().filter(pk=member.pk).values_list("pk").first()


def _say(
    course: Course, action: str, *, by: Member, at: datetime, reason: str = ""
) -> None:
    """Leave the trace of a change, and tell the open pages of whom it concerns."""
    audit.record(
        action=action,
        resource="course",
        object_id=course.pk,
        subjects=[course.person_id],
        reason=reason,
        by=by,
        at=at,
    )
    people.touch({course.therapist_id, by.pk, course.person.member_id})
