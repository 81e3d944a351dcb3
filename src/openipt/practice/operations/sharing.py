"""Who may read a page: given by name, taken back at once."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openipt import audit
from openipt.core.errors import Refused
from openipt.people import operations as people
from openipt.people import queries as people_queries
from openipt.people.models import CareRelationship, Member
from openipt.practice import access
from openipt.practice.models import Entry, Share


@transaction.atomic
def share(*, entry: Entry, care: CareRelationship, by: Member, at: datetime) -> Share:
    """Show the page to the one who holds this care relationship; twice is once.

    :raises Refused: if it is not the member's page, or the relationship does not grant
    """
    reason = access.refusal_to_write(by, entry.person)
    if reason := reason or access.refusal_to_share(entry, care, at):
        raise Refused(reason)
    given, new = Share.objects.get_or_create(
        entry=entry,
        care=care,
        ended_at=None,
        defaults={"service_id": entry.service_id, "shared_at": at},
    )
    if new:
        _record("practice.entry.shared", entry, by=by, at=at)
        people.touch([care.member_id])
    return given


@transaction.atomic
def unshare(*, entry: Entry, member_id: UUID, by: Member, at: datetime) -> None:
    """Hide the page from this member at once, through whichever relationship they had it.

    :raises Refused: if it is not the member's page
    """
    if reason := access.refusal_to_write(by, entry.person):
        raise Refused(reason)
    ended = Share.objects.filter(
        entry=entry, care__member_id=member_id, ended_at__isnull=True
    ).update(ended_at=at)
    if ended:
        _record("practice.entry.unshared", entry, by=by, at=at)
        people.touch([member_id])


@transaction.atomic
def choose_readers(
    *, entry: Entry, member_ids: Collection[UUID], by: Member, at: datetime
) -> None:
    """Let exactly these members read the page, of those in charge of the person now.

    :raises Refused: if it is not the member's page, or one of them is not in charge
    """
    caring = list(people_queries.care_for(entry.person, at))
    for care in caring:
        if care.member_id in member_ids:
            share(entry=entry, care=care, by=by, at=at)
    if not set(member_ids) <= {care.member_id for care in caring}:
        raise Refused(access.only_those_in_charge())
    readers = Share.objects.filter(entry=entry, ended_at__isnull=True)
    for member_id in set(readers.values_list("care__member_id", flat=True)):
        if member_id not in member_ids:
            unshare(entry=entry, member_id=member_id, by=by, at=at)


@transaction.atomic
def note_reading(*, share_ids: Collection[UUID], at: datetime) -> None:
    """Keep when each page was first read, so that the person can see it."""
    if share_ids:
        Share.objects.filter(pk__in=share_ids, first_read_at__isnull=True).update(
            first_read_at=at
        )


def _record(action: str, entry: Entry, *, by: Member, at: datetime) -> None:
    audit.record(
        action=action,
        resource="entry",
        object_id=entry.pk,
        subjects=[entry.person_id],
        service_id=entry.service_id,
        by=by,
        at=at,
    )
