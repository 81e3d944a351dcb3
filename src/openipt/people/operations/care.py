"""Persons, and who is in charge of them from when to when."""

from datetime import date, datetime
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Invalid, Refused
from openipt.people import access
from openipt.people.models import CareChange, CareRelationship, Member, Person, Service

from .pulse import touch

State = CareRelationship.State
EARLIEST_BIRTH = date(1890, 1, 1)


class PersonDetails(TypedDict):
    """Who somebody is, as the therapist writes it down. `country` chooses help numbers."""

    name: str
    called: str
    born_on: date | None
    phone: str
    country: str


class CareTerms(TypedDict, total=False):
    """For what a record is opened; `course_id` names the course, if it is for one."""

    role: str
    course_id: UUID | None
    reason: str


@transaction.atomic
def create_person(
    *, service: Service, by: Member, at: datetime, **details: Unpack[PersonDetails]
) -> Person:
    """Take somebody into the service. They have no account and nobody's care yet.

    :raises Refused: if `by` may not
    :raises Invalid: if there is no name, or the date of birth cannot be right
    """
    if reason := access.refusal_to_add_person(by, service.id):
        raise Refused(reason)
    name = details["name"].strip()
    if not name:
        raise Invalid(_("Write the person's name."))
    born_on = details["born_on"]
    if born_on is not None and not EARLIEST_BIRTH <= born_on <= at.date():
        raise Invalid(_("Check the date of birth: it lies outside any lifetime."))
    person = Person(
        service=service,
        name=name,
        called=details["called"].strip() or name,
        born_on=born_on.isoformat() if born_on else None,
        phone=details["phone"].strip() or None,
        country=details["country"],
        created_at=at,
        created_by=by,
    )
    person.save(force_insert=True)
    audit.record(
        action="people.person.created",
        resource="person",
        object_id=person.id,
        subjects=[person.id],
        by=by,
        at=at,
    )
    return person


@transaction.atomic
def open_care(
    *,
    person: Person,
    member: Member,
    by: Member,
    at: datetime,
    **terms: Unpack[CareTerms],
) -> CareRelationship:
    """Put a therapist in charge of a person, from this instant on.

    :raises Refused: if `by` may not, the member cannot have it or has it already
    """
    course_id = terms.get("course_id")
    if reason := (
        access.refusal_to_add_person(by, person.service_id)
        or access.refusal_to_give_care(member, person.service_id)
    ):
        raise Refused(reason)
    role = terms.get("role", "therapist")
    # The constraint does not see two rows without a course: the second click waits here.
    Person.objects.select_for_update().get(pk=person.pk)
    standing = CareRelationship.objects.filter(
        person=person, member=member, course_id=course_id, role=role
    ).exclude(state=State.ENDED)
    if standing.exists():
        raise Refused(_("This therapist is in charge of this person already."))
    care = CareRelationship(
        service_id=person.service_id,
        person=person,
        member=member,
        course_id=course_id,
        role=role,
        state=State.ACTIVE,
        starts_at=at,
        created_by=by,
    )
    care.save(force_insert=True)
    _note(care, terms.get("reason", ""), action="opened", by=by, at=at)
    return care


@transaction.atomic
def hand_over_care(
    *, care: CareRelationship, to: Member, reason: str, by: Member, at: datetime
) -> CareRelationship:
    """End one therapist's care and open another's for the same course; return the new one.

    Where the record closes on a day, it closes on that day to the new one too.

    :raises Refused: if `by` may not, the care has ended or `to` cannot have it
    :raises Invalid: without a reason
    """
    held = _held(care, by)
    if held.ends_at is not None and held.ends_at <= at:
        raise Refused(_("This care has ended already."))
    closes_at = held.ends_at
    if to.id == held.member_id:
        raise Refused(_("Choose another therapist: this one has the care already."))
    if refused := access.refusal_to_give_care(to, held.service_id):
        raise Refused(refused)
    _end(held, reason, action="handed_over", by=by, at=at)
    following = CareRelationship.objects.filter(
        person_id=held.person_id, member=to, course_id=held.course_id, role=held.role
    ).exclude(state=State.ENDED)
    if existing := following.first():
        return existing
    opened = CareRelationship(
        service_id=held.service_id,
        person_id=held.person_id,
        member=to,
        course_id=held.course_id,
        role=held.role,
        state=State.ACTIVE,
        starts_at=at,
        ends_at=closes_at,
        created_by=by,
    )
    opened.save(force_insert=True)
    _note(opened, reason, action="opened", by=by, at=at)
    return opened


@transaction.atomic
def end_care(*, care: CareRelationship, reason: str, by: Member, at: datetime) -> None:
    """End a therapist's care now: from this instant it opens nothing.

    :raises Refused: if `by` may not, or it has ended
    :raises Invalid: without a reason
    """
    _end(_held(care, by), reason, action="ended", by=by, at=at)


@transaction.atomic
def let_care_run_out(
    *, person_id: UUID, course_id: UUID, ends_at: datetime, by: Member, at: datetime
) -> int:
    """Let every care that a course opened end at a later instant; return how many.

    Until then it grants as before. What has a nearer end keeps it.
    """
    running = CareRelationship.objects.select_for_update().filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=ends_at),
        person_id=person_id,
        course_id=course_id,
        service_id=by.service_id,
    )
    found = list(running.exclude(state=State.ENDED).select_related("person"))
    for care in found:
        care.ends_at = ends_at
        care.save(update_fields=["ends_at"])
        _note(care, "", action="runs_out", by=by, at=at)
    return len(found)


@transaction.atomic
def pause_care(
    *, care: CareRelationship, reason: str, by: Member, at: datetime
) -> None:
    """Close the record to this therapist for a while; a second pause changes nothing.

    :raises Refused: if `by` may not, or it has ended
    :raises Invalid: without a reason
    """
    _step(_held(care, by), State.PAUSED, _given(reason), by=by, at=at)


@transaction.atomic
def resume_care(
    *, care: CareRelationship, reason: str, by: Member, at: datetime
) -> None:
    """Open the record again after a pause.

    :raises Refused: if `by` may not administer, the member cannot have care or it ended
    """
    if refused := access.refusal_to_administer(by, care.service_id):
        raise Refused(refused)
    held = _held(care, by)
    if refused := access.refusal_to_give_care(held.member, held.service_id):
        raise Refused(refused)
    _step(held, State.ACTIVE, reason.strip(), by=by, at=at)


def _held(care: CareRelationship, by: Member) -> CareRelationship:
    """Return the row as it is now, locked until the transaction ends."""
    if refused := access.refusal_to_change_care(by, care):
        raise Refused(refused)
    held = CareRelationship.objects.select_for_update().get(pk=care.pk)
    if held.state == State.ENDED:
        raise Refused(_("This care has ended already."))
    return held


def _given(reason: str) -> str:
    if not reason.strip():
        raise Invalid(_("Write the reason: somebody may ask later."))
    return reason.strip()


def _end(
    care: CareRelationship, reason: str, *, action: str, by: Member, at: datetime
) -> None:
    care.state, care.ends_at, care.end_reason = State.ENDED, at, _given(reason)
    care.save(update_fields=["state", "ends_at", "end_reason"])
    _note(care, reason, action=action, by=by, at=at)


def _step(
    care: CareRelationship, state: Any, reason: str, *, by: Member, at: datetime
) -> None:
    if care.state == state:
        return
    care.state = state
    care.save(update_fields=["state"])
    action = "paused" if state == State.PAUSED else "resumed"
    _note(care, reason, action=action, by=by, at=at)


def _note(
    care: CareRelationship, reason: str, *, action: str, by: Member, at: datetime
) -> None:
    CareChange(
        service_id=care.service_id,
        person_id=care.person_id,
        care=care,
        state=care.state,
        reason=reason.strip() or None,
        by=by,
        at=at,
    ).save(force_insert=True)
    touch([care.member_id, care.person.member_id])
    audit.record(
        action=f"people.care.{action}",
        resource="care",
        object_id=care.id,
        subjects=[care.person_id],
        by=by,
        at=at,
    )
