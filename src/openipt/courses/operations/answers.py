"""The row of facts that lists read: what a measure added up to, and when it was answered."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from openipt.courses.models import CourseFact
from openipt.sql.prepared import Prepared

RECENT = 16


@transaction.atomic(savepoint=False)
def record_answer(
    *,
    service_id: UUID,
    course_ids: Iterable[UUID],
    measure: str,
    total: int | None,
    at: datetime,
) -> None:
    """Keep an answer in the row of facts of each of the service's courses that asked.

    A total of None (too much is missing) changes nothing but when it was answered. The
    caller's operation leaves the trace of who answered.
    """
    wanted = set(course_ids)
    if not wanted:
        return
    for fact in _facts(service_id, wanted, measure):
        fact.answered_at = max(fact.answered_at or at, at)
        changed = ["answered_at"]
        if total is not None:
            changed += _add(fact, total, at)
        fact.save(update_fields=changed)


def _add(fact: CourseFact, total: int, at: datetime) -> tuple[str, ...]:
    """Put a total into a row of facts; return the fields that changed."""
    if fact.first_at is None:
        fact.first, fact.first_at = total, at
    fact.last, fact.last_at = total, at
    fact.recent = [*fact.recent, total][-RECENT:]
    fact.count += 1
    return "first", "first_at", "last", "last_at", "recent", "count"


def _facts(service_id: UUID, wanted: set[UUID], measure: str) -> list[CourseFact]:
    """Return the rows of facts, locked in one order; a course has them from its start."""
    found = _locked(wanted, measure)
    if len(found) == len(wanted):
        return found
    CourseFact.objects.bulk_create(
        [
            CourseFact(service_id=service_id, course_id=course_id, measure=measure)
            for course_id in sorted(wanted - {fact.course_id for fact in found})
        ],
        ignore_conflicts=True,
    )
    return _locked(wanted, measure)


def _locked(wanted: set[UUID], measure: str) -> list[CourseFact]:
    if len(wanted) == 1:
        return _OF_ONE.instances(course=next(iter(wanted)), measure=measure)
    rows = CourseFact.objects.filter(course_id__in=wanted, measure=measure)
    return list(rows.select_for_update().order_by("course_id"))


def _of_one(course: UUID, measure: str) -> QuerySet[CourseFact]:
    rows = CourseFact.objects.filter(course_id=course, measure=measure)
    return rows.select_for_update()


_OF_ONE = Prepared(_of_one, course=UUID, measure=str)
"""Nearly always one course asks."""
