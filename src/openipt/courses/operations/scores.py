"""The row of scores that lists read."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openipt.courses.models import CourseFact

RECENT = 16


@transaction.atomic(savepoint=False)
def record_score(
    *,
    service_id: UUID,
    course_ids: Iterable[UUID],
    measure: str,
    total: int | None,
    at: datetime,
) -> None:
    """Keep a new total in the row of facts of each of the service's courses that asked.

    A total of None (too much is missing) changes nothing. The caller's operation leaves
    the trace of who answered.
    """
    wanted = set(course_ids)
    if total is None or not wanted:
        return
    for fact in _facts(service_id, wanted, measure):
        if fact.first_at is None:
            fact.first, fact.first_at = total, at
        fact.last, fact.last_at = total, at
        fact.recent = [*fact.recent, total][-RECENT:]
        fact.count += 1
        fact.save(
            update_fields=["first", "first_at", "last", "last_at", "recent", "count"]
        )


def _facts(service_id: UUID, wanted: set[UUID], measure: str) -> list[CourseFact]:
    """Return the rows of facts, locked in one order; a course has them from its start."""
    rows = CourseFact.objects.filter(course_id__in=wanted, measure=measure)
    found = list(rows.select_for_update().order_by("course_id"))
    if len(found) == len(wanted):
        return found
    CourseFact.objects.bulk_create(
        [
            CourseFact(service_id=service_id, course_id=course_id, measure=measure)
            for course_id in sorted(wanted - {fact.course_id for fact in found})
        ],
        ignore_conflicts=True,
    )
    return list(rows.select_for_update().order_by("course_id"))
