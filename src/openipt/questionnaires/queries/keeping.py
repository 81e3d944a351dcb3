"""What is read while an answer is being kept: worked out once, for many send at a time."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from openipt.calendar.models import Appointment
from openipt.courses.models import Course
from openipt.questionnaires.models import Answering, AskedBy
from openipt.sql.prepared import Prepared
from openipt.vault import open_value

from .openings import measures_of

_LOOKED_AT = 8
"""How many finished forms are looked through for the last one that has a total."""


def last_finished(answering: Answering) -> tuple[Mapping[str, int], int | None]:
    """Return the answers of the last finished form of the measure, and the last total.

    No answers and None where there was none. The total may be of an earlier form: the
    last may have had too much missing for one.
    """
    rows = _FINISHED.rows(person=answering.person_id, measure=answering.measure)
    if not rows:
        return {}, None
    pk, person_id, service_id, items, _total = rows[0]
    total = next((row[-1] for row in rows if row[-1] is not None), None)
    return open_value(Answering, "items", pk, person_id, service_id, items), total


def _finished(person: UUID, measure: str) -> QuerySet[Any, Any]:
    return (
        Answering.objects.filter(
            person_id=person, measure=measure, completed_at__isnull=False
        )
        .order_by("-completed_at", "-pk")
        .values_list("pk", "person_id", "service_id", "items", "total")[:_LOOKED_AT]
    )


_FINISHED = Prepared(_finished, person=UUID, measure=str)


def courses_asked(answering_id: UUID) -> set[UUID]:
    """Return the courses that have asked for an answering."""
    return {course_id for (course_id,) in _ASKED.rows(answering=answering_id)}


def _asked(answering: UUID) -> QuerySet[Any, Any]:
    return AskedBy.objects.filter(answering_id=answering).values_list("course_id")


_ASKED = Prepared(_asked, answering=UUID)


def courses_open_to(person_id: UUID, measure: str, at: datetime) -> list[UUID]:
    """Return the person's open courses that ask for a measure and take answers now.

    The next session has one of `openings_of`; now is after the end of the one before it.
    """
    found = []
    for values in _NEXT.rows(person=person_id, at=at):
        course = _Course(*values)
        asked = any(one.id == measure for one in measures_of(course))
        opened = _opened_before_next(course)
        if asked and course.next_at is not None and opened <= at:
            found.append(course.pk)
    return found


class _Course(NamedTuple):
    """An open course with its next session, and with the newest that has begun."""

    pk: UUID
    variant_id: str
    variant_version: str
    series_id: UUID
    started_at: datetime
    next_at: datetime | None
    last_at: datetime | None
    last_minutes: int | None


def _opened_before_next(course: _Course) -> datetime:
    if course.last_at is None or course.last_minutes is None:
        return course.started_at
    return course.last_at + timedelta(minutes=course.last_minutes)


def _with_next(person: UUID, at: datetime) -> QuerySet[Any, Any]:
    sessions = Appointment.objects.filter(series=OuterRef("series_id")).exclude(
        state=Appointment.State.CANCELLED
    )
    begun = sessions.filter(starts_at__lte=at).order_by("-starts_at")
    coming = sessions.filter(starts_at__gt=at).order_by("starts_at")
    found = Course.objects.filter(person_id=person, ended_at__isnull=True).annotate(
        next_at=Subquery(coming.values("starts_at")[:1]),
        last_at=Subquery(begun.values("starts_at")[:1]),
        last_minutes=Subquery(begun.values("minutes")[:1]),
    )
    return found.order_by("started_at", "pk").values_list(*_Course._fields)


_NEXT = Prepared(_with_next, person=UUID, at=datetime)
