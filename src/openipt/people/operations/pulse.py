"""The change counters that tell open pages to look again."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import connection, transaction

from openipt.people.models import ChangeCount, Member


@transaction.atomic(savepoint=False)
def touch(member_ids: Iterable[UUID | None]) -> None:
    """Raise the counter of each of these members, with the caller's change.

    None is skipped: a person without an account has no page to refresh.
    """
    ids = {member_id for member_id in member_ids if member_id is not None}
    if not ids:
        return
    if len(ids) > 1 and connection.features.has_select_for_update:
        # In one order, so that two transactions never wait for each other.
        locked = ChangeCount.objects.filter(pk__in=ids).select_for_update()
        list(locked.order_by("pk").values_list("pk"))
    if _raise(ids) == len(ids):
        return
    rows = ChangeCount.objects.filter(pk__in=ids)
    known = set(rows.values_list("pk", flat=True))
    members = Member.objects.filter(pk__in=ids - known).values_list("pk", "service_id")
    ChangeCount.objects.bulk_create(
        [
            ChangeCount(member_id=pk, service_id=service_id, n=1)
            for pk, service_id in members
        ],
        ignore_conflicts=True,
    )


def _raise(ids: Collection[UUID]) -> int:
    """Raise these counters; return how many there are.

    In plain SQL: nearly every change of a record ends here, and working the statement out
    anew took four times as long as the database needs for it.
    """
    field = ChangeCount._meta.pk
    marks = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE people_changecount SET n = n + 1 WHERE member_id IN ({marks})",  # noqa: S608 -- only marks are put in
            [field.get_db_prep_value(pk, connection) for pk in ids],
        )
        return int(cursor.rowcount)
