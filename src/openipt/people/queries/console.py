"""What an administrator sees: members, cover and care; never a word of a record."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from openipt.core.errors import Missing
from openipt.people.adapter import factors_in
from openipt.people.models import (
    Absence,
    CareChange,
    CareRelationship,
    Invitation,
    Member,
    MemberChange,
    Person,
    Service,
    Supervision,
)
from openipt.vault import keys

from .members import by_name


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberLine:
    """One row of the list of members."""

    member: Member
    email: str
    has_second_factor: bool
    deputy: Member | None
    absence: Absence | None
    in_care: int
    """How many people this member is in charge of."""
    invited_until: datetime | None
    """Until when an open code works."""


def every_service() -> list[Service]:
    """Return all services of this installation, the oldest first; for its operator."""
    return list(Service.objects.order_by("created_at", "pk"))


def is_any_recovering() -> bool:
    """Return True if a service is still in recovery mode."""
    return Service.objects.exclude(brought_back_to=None).exists()


def any_service() -> bool:
    """Return True if this installation has a service."""
    return Service.objects.exists()


def staff_of_service(member: Member, at: datetime, on: date) -> list[MemberLine]:
    """Return the staff of this member's service, by name."""
    return _lines(_staff(member.service_id), at, on)


def persons_with_accounts(member: Member, at: datetime, on: date) -> list[MemberLine]:
    """Return the persons of this member's service who have an account or a code."""
    found = Member.objects.filter(service_id=member.service_id, person__isnull=False)
    return _lines(found, at, on)


def member_of_service(member: Member, member_id: UUID) -> Member:
    """Return a member of the same service, with account and deputy.

    :raises Missing: also when they belong to another service
    """
    found = (
        Member.objects.filter(pk=member_id, service_id=member.service_id)
        .select_related("account", "deputy", "service")
        .first()
    )
    if found is None:
        raise Missing
    return found


def line_of(member: Member, at: datetime, on: date) -> MemberLine:
    """Return the row of one member."""
    return _lines(Member.objects.filter(pk=member.pk), at, on)[0]


def those_with_role(member: Member, *roles: str) -> list[Member]:
    """Return the active staff of this member's service who hold one of the roles."""
    found = _staff(member.service_id).filter(state=Member.State.ACTIVE)
    return by_name(one for one in found if one.role_set & set(roles))


def covered_by(member: Member) -> list[Member]:
    """Return those for whom this member is the standing deputy, by name."""
    return by_name(
        Member.objects.filter(deputy=member).exclude(state=Member.State.SUSPENDED)
    )


def absences_of(member: Member, on: date) -> list[Absence]:
    """Return this member's absences from that day on, the next first."""
    found = list(
        Absence.objects.filter(
            member=member, until_on__gt=on, cancelled_at__isnull=True
        )
        .select_related("deputy")
        .order_by("from_on")
    )
    keys.prefetch(absence.deputy_id for absence in found)
    return found


def absence_in_service(member: Member, absence_id: UUID) -> Absence:
    """Return an absence of somebody in the same service.

    :raises Missing: also when it belongs to another service
    """
    found = Absence.objects.filter(pk=absence_id, service_id=member.service_id).first()
    if found is None:
        raise Missing
    return found


def changes_of(member: Member) -> list[MemberChange]:
    """Return the steps in the life of a member, the newest first."""
    found = list(
        MemberChange.objects.filter(member=member)
        .select_related("by")
        .order_by("-at", "-pk")[:50]
    )
    keys.prefetch({member.pk, *(step.by_id for step in found if step.by_id)})
    return found


def supervisions_of_service(member: Member, at: datetime) -> list[Supervision]:
    """Return who supervises whom now or later in this service, by supervisor."""
    found = list(
        Supervision.objects.filter(
            Q(ends_at__isnull=True) | Q(ends_at__gt=at), service_id=member.service_id
        ).select_related("supervisor", "therapist")
    )
    keys.prefetch(
        {one.supervisor_id for one in found} | {one.therapist_id for one in found}
    )
    return sorted(
        found,
        key=lambda one: (
            one.supervisor.name.casefold(),
            one.therapist.name.casefold(),
            one.starts_at,
        ),
    )


def supervision_in_service(member: Member, supervision_id: UUID) -> Supervision:
    """Return a supervision of this member's service.

    :raises Missing: also when it belongs to another service
    """
    found = Supervision.objects.filter(
        pk=supervision_id, service_id=member.service_id
    ).first()
    if found is None:
        raise Missing
    return found


def care_in_service(member: Member, *, ended: bool) -> list[CareRelationship]:
    """Return the care of this member's service, running or ended, by person."""
    found = CareRelationship.objects.filter(service_id=member.service_id)
    state = CareRelationship.State.ENDED
    found = found.filter(state=state) if ended else found.exclude(state=state)
    rows = list(found.select_related("person", "member"))
    _prefetch_care(rows)
    return sorted(
        rows, key=lambda one: (one.person.name.casefold(), one.person_id, one.starts_at)
    )


def care_by_id(member: Member, care_id: UUID) -> CareRelationship:
    """Return one care of this member's service, with person and professional.

    :raises Missing: also when it belongs to another service
    """
    found = (
        CareRelationship.objects.filter(pk=care_id, service_id=member.service_id)
        .select_related("person", "member")
        .first()
    )
    if found is None:
        raise Missing
    return found


def care_changes(care: CareRelationship) -> list[CareChange]:
    """Return what became of a care, the newest first."""
    found = list(
        CareChange.objects.filter(care=care).select_related("by").order_by("-at", "-pk")
    )
    keys.prefetch({care.person_id, *(step.by_id for step in found)})
    return found


def persons_of_service(member: Member) -> list[Person]:
    """Return everybody in therapy at this member's service, by name."""
    found = list(Person.objects.filter(service_id=member.service_id))
    keys.prefetch(person.pk for person in found)
    return sorted(found, key=lambda person: (person.name.casefold(), person.pk))


def _staff(service_id: UUID) -> QuerySet[Member]:
    return Member.objects.filter(service_id=service_id, person__isnull=True)


def _lines(found: QuerySet[Member], at: datetime, on: date) -> list[MemberLine]:
    members = by_name(found.select_related("account", "deputy"))
    keys.prefetch(one.deputy_id for one in members if one.deputy_id)
    secured = factors_in(one.account_id for one in members if one.account_id)
    away = _away(members, on)
    in_care = _in_care(members)
    invited = _invited(members, at)
    return [
        MemberLine(
            member=one,
            email=one.account.email if one.account else "",
            has_second_factor=one.account_id in secured,
            deputy=one.deputy,
            absence=away.get(one.pk),
            in_care=in_care[one.pk],
            invited_until=invited.get(one.pk),
        )
        for one in members
    ]


def _away(members: Iterable[Member], on: date) -> dict[UUID, Absence]:
    found = Absence.objects.filter(
        member__in=[one.pk for one in members],
        from_on__lte=on,
        until_on__gt=on,
        cancelled_at__isnull=True,
    )
    return {absence.member_id: absence for absence in found}


def _in_care(members: Iterable[Member]) -> Counter[UUID]:
    """Count people, not relationships: somebody may have two courses."""
    rows = (
        CareRelationship.objects.filter(
            member__in=[one.pk for one in members],
            state=CareRelationship.State.ACTIVE,
        )
        .values_list("member_id", "person_id")
        .distinct()
    )
    return Counter(member_id for member_id, _person_id in rows)


def _invited(members: Iterable[Member], at: datetime) -> dict[UUID, datetime]:
    found = Invitation.objects.filter(
        member__in=[one.pk for one in members],
        used_at__isnull=True,
        revoked_at__isnull=True,
        expires_at__gt=at,
    )
    return dict(found.values_list("member_id", "expires_at"))


def _prefetch_care(rows: Iterable[CareRelationship]) -> None:
    wanted = {one.person_id for one in rows} | {one.member_id for one in rows}
    keys.prefetch(wanted)
