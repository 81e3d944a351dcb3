"""The change counters that tell open pages to look again."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from openipt.people.models import ChangeCount, Member


@transaction.atomic(savepoint=False)
def touch(member_ids: Iterable[UUID | None]) -> None:
    """Raise the counter of each of these members, with the caller's change.

    None is skipped: a person without an account has no page to refresh.
    """
    ids = {member_id for member_id in member_ids if member_id is not None}
    if not ids:
        return
    rows = ChangeCount.objects.filter(pk__in=ids)
    if len(ids) > 1 and connection.features.has_select_for_update:
        # In one order, so that two transactions never wait for each other.
        list(rows.select_for_update().order_by("pk").values_list("pk"))
    if rows.update(n=F("n") + 1) == len(ids):
        return
    known = set(rows.values_list("pk", flat=True))
    members = Member.objects.filter(pk__in=ids - known).values_list("pk", "service_id")
    ChangeCount.objects.bulk_create(
        [
            ChangeCount(member_id=pk, service_id=service_id, n=1)
            for pk, service_id in members
        ],
        ignore_conflicts=True,
    )
