"""The row of scores that lists read."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openipt.courses.models import Course, CourseFact

RECENT = 16


@transaction.atomic
def record_score(
    *, course_ids: Iterable[UUID], measure: str, total: int | None, at: datetime
) -> None:
    """Keep a new total in the row of facts of each course that asked for it.

    A total of None (too much is missing) changes nothing. The caller's operation leaves
    the trace of who answered.
    """
    if total is None:
        return
    for course in Course.objects.filter(pk__in=set(course_ids)).order_by("pk"):
        fact, _made = CourseFact.objects.select_for_update().get_or_create(
            course=course, measure=measure, defaults={"service_id": course.service_id}
        )
        if fact.first_at is None:
            fact.first, fact.first_at = total, at
        fact.last, fact.last_at = total, at
        fact.recent = [*fact.recent, total][-RECENT:]
        fact.count += 1
        fact.save(
            update_fields=["first", "first_at", "last", "last_at", "recent", "count"]
        )
