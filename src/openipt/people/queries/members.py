"""Members of a service, who looks after whom, and who stands in."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from openipt.people.adapter import factors_of
from openipt.people.models import Absence, Account, Member, Supervision
from openipt.sql.prepared import Prepared
from openipt.vault import keys


def memberships_of(account: Account, *, only: str | None = None) -> QuerySet[Member]:
    """Return the account's active memberships with their services, the oldest first."""
    found = Member.objects.filter(account=account, state=Member.State.ACTIVE)
    if only:
        found = found.filter(pk=only)
    return found.select_related("service").order_by("pk")


def member_in_session(account: Account, chosen: str | None) -> Member | None:
    """Return as whom the account is here: as it chose, or as the only one it can be.

    None if it is not that member any more, or has to choose first.
    """
    if chosen:
        found = _CHOSEN.instances(account=account.pk, member=UUID(chosen))
    else:
        found = list(memberships_of(account)[:2])
    return found[0] if len(found) == 1 else None


def _chosen(account: UUID, member: UUID) -> QuerySet[Member]:
    return memberships_of(Account(pk=account)).filter(pk=member)


_CHOSEN = Prepared(_chosen, account=UUID, member=UUID)


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
    away = _absences({member.pk, member.deputy_id}, on)
    absence = away.get(member.pk)
    stand_in = absence.deputy if absence else None
    for candidate in (stand_in, member.deputy):
        if candidate is None or candidate.state != Member.State.ACTIVE:
            continue
        asked = candidate.pk == member.deputy_id
        if (away.get(candidate.pk) if asked else absence_of(candidate, on)) is None:
            return candidate
    return None


def _absences(member_ids: Iterable[UUID | None], on: date) -> dict[UUID, Absence]:
    """Return the absence of each member that covers the day; one query for all."""
    rows = Absence.objects.filter(
        member_id__in=[member_id for member_id in member_ids if member_id],
        from_on__lte=on,
        until_on__gt=on,
        cancelled_at__isnull=True,
    )
    return {
        row.member_id: row
        for row in rows.select_related("deputy").order_by("created_at")
    }


def by_name(members: Iterable[Member]) -> list[Member]:
    """Return members sorted by name, unsealing them with one look-up of keys."""
    found = list(members)
    keys.prefetch(member.pk for member in found)
    return sorted(found, key=lambda member: (member.name.casefold(), member.pk))


def has_second_factor(member: Member) -> bool:
    """Return True if the member's account has a second factor besides its password."""
    return bool(factors_of(member.account_id).exists())
