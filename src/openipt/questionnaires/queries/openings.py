"""When a measure can be answered for a session: from the end of the one before to its start."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Protocol
from uuid import UUID

from django.db.models import F, Max, Window
from django.db.models.functions import RowNumber
from django.utils.translation import get_language

from openipt.calendar.models import Appointment
from openipt.core.measures import (
    Measure,
    MeasureInWords,
    find_measure,
    load_measures,
)
from openipt.core.protocols import find_variant
from openipt.courses.models import Course
from openipt.questionnaires.models import AskedBy

_Slot = tuple[datetime, datetime]


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """The time in which a measure is answered for one session; the end does not belong."""

    opens_at: datetime
    closes_at: datetime

    def holds(self, at: datetime) -> bool:
        return self.opens_at <= at < self.closes_at


class Asking(Protocol):
    """As much of a course as decides what is asked in it."""

    @property
    def pk(self) -> UUID: ...
    @property
    def variant_id(self) -> str: ...
    @property
    def variant_version(self) -> str: ...
    @property
    def series_id(self) -> UUID: ...
    @property
    def started_at(self) -> datetime: ...


def measures_of(course: Asking) -> tuple[Measure, ...]:
    """Return the measures that the course's variant asks for before each session."""
    variant = find_variant(course.variant_id, course.variant_version)
    installed = load_measures()
    return tuple(
        installed[scheduled.measure]
        for scheduled in variant.measures
        if scheduled.verified
        and scheduled.every == "session"
        and scheduled.measure in installed
    )


def in_words(measure: Measure) -> MeasureInWords:
    """Return a measure in the reader's language, or in its own."""
    language = measure.language_for(get_language() or "en")
    return _in_language(measure.id, measure.version, language)


@cache
def _in_language(measure_id: str, version: str, language: str) -> MeasureInWords:
    """Put a measure into words once: a list of results asks for each of its rows."""
    return find_measure(measure_id, version).in_language(language)


def openings_of(courses: Sequence[Course]) -> dict[UUID, list[Opening]]:
    """Return the openings of each course in order; cancelled sessions have none."""
    slots = _slots([course.series_id for course in courses])
    return {
        course.pk: _openings(course.started_at, slots[course.series_id])
        for course in courses
    }


def overdue(course_ids: Iterable[UUID], at: datetime) -> dict[UUID, list[str]]:
    """Return the ids of the measures nobody answered for the last session, by course.

    The last session is the newest that has begun. A measure stops being overdue when it
    is answered later. Three queries for any number of courses.
    """
    courses = Course.objects.filter(pk__in=set(course_ids)).only(
        "variant_id", "variant_version", "series_id", "started_at"
    )
    return overdue_in(list(courses), at)


def overdue_in(courses: Sequence[Asking], at: datetime) -> dict[UUID, list[str]]:
    """Return the same for courses that are at hand: two queries."""
    since = _last_opened(courses, at)
    answered = _last_answered(since)
    missed = {
        course.pk: [
            measure.id
            for measure in measures_of(course)
            if answered.get(
                (course.pk, measure.id), datetime.min.replace(tzinfo=at.tzinfo)
            )
            < since[course.pk]
        ]
        for course in courses
        if course.pk in since
    }
    return {course_id: measures for course_id, measures in missed.items() if measures}


def _slots(series_ids: Iterable[UUID]) -> dict[UUID, list[_Slot]]:
    rows = (
        Appointment.objects.filter(series_id__in=list(series_ids))
        .exclude(state=Appointment.State.CANCELLED)
        .order_by("starts_at")
        .values_list("series_id", "starts_at", "minutes")
    )
    found: dict[UUID, list[_Slot]] = defaultdict(list)
    for series_id, starts_at, minutes in rows:
        found[series_id].append((starts_at, starts_at + timedelta(minutes=minutes)))
    return found


def _openings(started_at: datetime, slots: Sequence[_Slot]) -> list[Opening]:
    opens = [started_at, *(end for _start, end in slots)]
    return [
        Opening(opens_at=opens_at, closes_at=start)
        for opens_at, (start, _end) in zip(opens, slots, strict=False)
    ]


def _last_opened(courses: Sequence[Asking], at: datetime) -> dict[UUID, datetime]:
    """Return when the opening of the newest session that has begun opened, by course."""
    newest_first = Window(
        RowNumber(), partition_by=F("series_id"), order_by=F("starts_at").desc()
    )
    rows = (
        Appointment.objects.filter(
            series_id__in=[course.series_id for course in courses], starts_at__lte=at
        )
        .exclude(state=Appointment.State.CANCELLED)
        .annotate(place=newest_first)
        .filter(place__lte=2)
        .order_by("starts_at")
        .values_list("series_id", "starts_at", "minutes")
    )
    found: dict[UUID, list[_Slot]] = defaultdict(list)
    for series_id, starts_at, minutes in rows:
        found[series_id].append((starts_at, starts_at + timedelta(minutes=minutes)))
    return {
        course.pk: _openings(course.started_at, found[course.series_id])[-1].opens_at
        if len(found[course.series_id]) == 1
        else found[course.series_id][0][1]
        for course in courses
        if course.series_id in found
    }


def _last_answered(since: dict[UUID, datetime]) -> dict[tuple[UUID, str], datetime]:
    """Return when each measure was last answered, of those that matter, by course."""
    if not since:
        return {}
    rows = (
        AskedBy.objects.filter(
            course_id__in=list(since), answering__completed_at__gte=min(since.values())
        )
        .values_list("course_id", "answering__measure")
        .annotate(last=Max("answering__completed_at"))
    )
    return {(course_id, measure): last for course_id, measure, last in rows}
