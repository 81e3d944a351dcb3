"""Who may open whose record now: the one place that says when care grants."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from openipt.core.errors import Missing
from openipt.people.models import CareRelationship, Member, Person
from openipt.sql.prepared import Prepared
from openipt.vault import keys

from .members import supervised_ids


def active_on(at: datetime) -> Q:
    """Return the condition under which a care relationship grants: active, in its dates."""
    return Q(state=CareRelationship.State.ACTIVE, starts_at__lte=at) & (
        Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    )


def care_of(member: Member, at: datetime) -> QuerySet[CareRelationship]:
    """Return this professional's care relationships that grant at this instant."""
    return CareRelationship.objects.filter(
        active_on(at), member=member, service_id=member.service_id
    )


def care_for(person: Person, at: datetime) -> QuerySet[CareRelationship]:
    """Return who is in charge of this person at this instant, with the members."""
    return (
        CareRelationship.objects.filter(active_on(at), person=person)
        .exclude(member__state=Member.State.SUSPENDED)
        .select_related("member")
        .order_by("starts_at")
    )


def team_of(person_id: UUID, course_ids: Iterable[UUID], at: datetime) -> set[UUID]:
    """Return the members in charge of this person in any of these courses at this instant."""
    wanted = set(course_ids)
    found = _TEAM.rows(person=person_id, at=at)
    return {member_id for member_id, course_id in found if course_id in wanted}


def _team(person: UUID, at: datetime) -> QuerySet[CareRelationship, Any]:
    caring = care_for(Person(pk=person), at)
    return caring.select_related(None).values_list("member_id", "course_id")


_TEAM = Prepared(_team, person=UUID, at=datetime)


def has_care(
    member: Member, person_id: UUID, course_id: UUID | None, at: datetime
) -> bool:
    """Return True if the member has active care of the person, on that course if named."""
    found = _CARE.rows(
        member=member.pk, service=member.service_id, person=person_id, at=at
    )
    return any(course_id in {None, course} for (course,) in found)


def _care_of_one(
    member: UUID, service: UUID, person: UUID, at: datetime
) -> QuerySet[CareRelationship, Any]:
    somebody = Member(pk=member, service_id=service)
    return care_of(somebody, at).filter(person_id=person).values_list("course_id")


_CARE = Prepared(_care_of_one, member=UUID, service=UUID, person=UUID, at=datetime)


def may_read(
    member: Member, person_id: UUID, course_id: UUID | None, at: datetime
) -> bool:
    """Return True for the care team and for whoever supervises one of it now."""
    if has_care(member, person_id, course_id, at):
        return True
    if "supervisor" not in member.role_set:
        return False
    of_supervisees = CareRelationship.objects.filter(
        active_on(at),
        service_id=member.service_id,
        person_id=person_id,
        member__in=supervised_ids(member, at),
    )
    if course_id is not None:
        of_supervisees = of_supervisees.filter(course_id=course_id)
    return of_supervisees.exists()


def person_in_care(member: Member, person_id: UUID, at: datetime) -> Person:
    """Return a person this professional has active care of.

    :raises Missing: also when they exist but are not in this member's care
    """
    found = Person.objects.filter(
        pk=person_id, service_id=member.service_id, pk__in=care_ids(member, at)
    ).first()
    if found is None:
        raise Missing
    return found


def persons_in_care(member: Member, at: datetime) -> list[Person]:
    """Return the persons in this professional's care, by name (sorted after unsealing)."""
    found = list(
        Person.objects.filter(
            service_id=member.service_id, pk__in=care_ids(member, at)
        ).select_related("member")
    )
    keys.prefetch(person.pk for person in found)
    return sorted(found, key=lambda person: (person.name.casefold(), person.pk))


def own_person(member: Member) -> Person:
    """Return the person this member is.

    :raises Missing: if the member is none
    """
    mine = _OWN.instances(member=member.pk)
    if not mine:
        raise Missing
    found: Person = mine[0]
    # The same row: whoever is here came with their service.
    found.service = member.service
    return found


_OWN = Prepared(
    lambda member: Person.objects.filter(member_id=member).order_by("pk")[:1],
    member=UUID,
)


def care_ids(member: Member, at: datetime) -> QuerySet[CareRelationship, Any]:
    return care_of(member, at).values_list("person_id", flat=True)
