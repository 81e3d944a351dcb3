"""What a member may see of people. Every function starts from the member."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from openipt.core.errors import Missing
from openipt.vault import keys

from .models import (
    Absence,
    Account,
    Agreement,
    CareRelationship,
    Draft,
    Member,
    Notice,
    Person,
    Supervision,
)


def memberships_of(account: Account, *, only: str | None = None) -> QuerySet[Member]:
    """Return the account's active memberships with their services, the oldest first."""
    found = Member.objects.filter(account=account, state=Member.State.ACTIVE)
    if only:
        found = found.filter(pk=only)
    return found.select_related("service").order_by("pk")


def has_agreed(member: Member) -> bool:
    """Return True if the person agreed to the newest notice, or the service has none."""
    mine = Agreement.objects.filter(
        notice=OuterRef("pk"), member=member, withdrawn_at__isnull=True
    )
    newest = (
        Notice.objects.filter(service_id=member.service_id)
        .order_by("-version")
        .values_list(Exists(mine), flat=True)
        .first()
    )
    return newest is not False


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


def has_care(
    member: Member, person_id: UUID, course_id: UUID | None, at: datetime
) -> bool:
    """Return True if the member has active care of the person, on that course if named."""
    found = care_of(member, at).filter(person_id=person_id)
    if course_id is not None:
        found = found.filter(course_id=course_id)
    return found.exists()


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
        pk=person_id, service_id=member.service_id, pk__in=_care_ids(member, at)
    ).first()
    if found is None:
        raise Missing
    return found


def persons_in_care(member: Member, at: datetime) -> list[Person]:
    """Return the persons in this professional's care, by name (sorted after unsealing)."""
    found = list(
        Person.objects.filter(
            service_id=member.service_id, pk__in=_care_ids(member, at)
        ).select_related("member")
    )
    keys.prefetch(person.pk for person in found)
    return sorted(found, key=lambda person: (person.name.casefold(), person.pk))


def own_person(member: Member) -> Person:
    """Return the person this member is.

    :raises Missing: if the member is none
    """
    found = Person.objects.filter(member=member).first()
    if found is None:
        raise Missing
    return found


def supervised_ids(member: Member, at: datetime) -> QuerySet[Supervision, Any]:
    """Return the ids of the therapists this member supervises now."""
    return Supervision.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=at),
        supervisor=member,
        starts_at__lte=at,
    ).values_list("therapist_id", flat=True)


def supervisees(member: Member, at: datetime) -> list[Member]:
    """Return the therapists this member supervises now, by name."""
    return by_name(Member.objects.filter(pk__in=supervised_ids(member, at)))


def supervisors_of(member: Member, at: datetime) -> list[Member]:
    """Return the active members who supervise this one now, the longest first."""
    return list(
        Member.objects.filter(
            Q(supervises__ends_at__isnull=True) | Q(supervises__ends_at__gt=at),
            state=Member.State.ACTIVE,
            supervises__therapist=member,
            supervises__starts_at__lte=at,
        ).order_by("supervises__starts_at", "pk")
    )


def managers_of(service_id: UUID) -> list[Member]:
    """Return the active service managers of a service."""
    found = Member.objects.filter(
        service_id=service_id, state=Member.State.ACTIVE
    ).order_by("pk")
    return [member for member in found if "manager" in member.role_set]


def absence_of(member: Member, on: date) -> Absence | None:
    """Return the absence that covers the day, or None."""
    return (
        Absence.objects.filter(
            member=member, from_on__lte=on, until_on__gt=on, cancelled_at__isnull=True
        )
        .select_related("deputy")
        .order_by("-created_at")
        .first()
    )


def deputy_now(member: Member, on: date) -> Member | None:
    """Return who stands in for the member on that day: of the absence, else the standing one.

    Somebody who is suspended, not yet joined or away themselves does not stand in.
    """
    absence = absence_of(member, on)
    candidates = [absence.deputy if absence else None, member.deputy]
    for candidate in candidates:
        if (
            candidate is not None
            and candidate.state == Member.State.ACTIVE
            and absence_of(candidate, on) is None
        ):
            return candidate
    return None


def draft_of(member: Member, key: str) -> dict[str, Any] | None:
    """Return the fields that this member had typed into the form, or None."""
    draft = Draft.objects.filter(member=member, key=key).first()
    return dict(draft.content) if draft else None


def by_name(members: Iterable[Member]) -> list[Member]:
    """Return members sorted by name, unsealing them with one look-up of keys."""
    found = list(members)
    keys.prefetch(member.pk for member in found)
    return sorted(found, key=lambda member: (member.name.casefold(), member.pk))


def _care_ids(member: Member, at: datetime) -> QuerySet[CareRelationship, Any]:
    return care_of(member, at).values_list("person_id", flat=True)
