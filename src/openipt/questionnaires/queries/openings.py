"""When a measure can be answered for a session: from the end of the one before to its start."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import get_language

from openipt.calendar.models import Appointment, Series
from openipt.core.measures import (
    Measure,
    MeasureInWords,
    find_measure,
    load_measures,
)
from openipt.core.protocols import (
    FOURTH,
    ScheduledMeasure,
    find_variant,
    variant_if_there,
)
from openipt.courses.models import Course, CourseFact
from openipt.sql.prepared import Many, Prepared
from openipt.sql.reading import rows_of

_Slot = tuple[datetime, datetime]
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """The time in which a measure is answered for one session; the end does not belong."""

    opens_at: datetime
    closes_at: datetime

    def holds(self, at: datetime) -> bool:
        return self.opens_at <= at < self.closes_at


class Opened(NamedTuple):
    """Since when an answer counts for the newest session that has begun.

    `fourth` is the same where one answer stands for four sessions.
    """

    last: datetime
    fourth: datetime

    def for_every(self, sessions: int) -> datetime:
        """Return it for a measure whose answer stands for so many sessions."""
        return self.fourth if sessions == FOURTH else self.last


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
    """Return the measures that the course's variant asks for, each in its own rhythm."""
    installed = load_measures()
    return tuple(installed[one.measure] for one in _scheduled(course))


def sessions_for(course: Asking, measure: str) -> int:
    """Return how many sessions one answer stands for: 1 where it is asked before each."""
    found = (one.sessions for one in _scheduled(course) if one.measure == measure)
    return next(found, 1)


def _scheduled(course: Asking) -> list[ScheduledMeasure]:
    variant = find_variant(course.variant_id, course.variant_version)
    installed = load_measures()
    return [
        scheduled
        for scheduled in variant.measures
        if scheduled.verified and scheduled.measure in installed
    ]


def in_words(measure: Measure) -> MeasureInWords:
    """Return a measure in the reader's language, or in its own."""
    language = measure.language_for(get_language() or "en")
    return words_of(measure.id, measure.version, language)


@cache
def words_of(measure_id: str, version: str, language: str) -> MeasureInWords:
    """Put a measure into words once: a list of results asks for each of its rows."""
    return find_measure(measure_id, version).in_language(language)


def openings_of(courses: Sequence[Course]) -> dict[UUID, list[Opening]]:
    """Return the openings of each course in order; cancelled sessions have none."""
    slots = _slots([course.series_id for course in courses])
    return {
        course.pk: _openings(course.started_at, slots[course.series_id])
        for course in courses
    }


def asked_in(
    openings: Sequence[Opening], answered: Iterable[datetime], sessions: int
) -> list[Opening]:
    """Return the openings in which a measure is asked whose answer stands for `sessions`.

    An answer stands for the session it was given for and those that follow it; nobody is
    asked again before. Where nobody answered, the next session asks.
    """
    given = sorted(answered)
    return [
        opening
        for place, opening in enumerate(openings)
        if not any(
            openings[max(place - sessions + 1, 0)].opens_at <= at < opening.opens_at
            for at in given
        )
    ]


def overdue(course_ids: Iterable[UUID], at: datetime) -> dict[UUID, list[str]]:
    """Return the ids of the measures nobody answered for the last session, by course.

    The last session is the newest that has begun. A measure stops being overdue when it
    is answered later, and is not where an earlier answer stands for that session too.
    Three queries for any number of courses.
    """
    courses = Course.objects.filter(pk__in=set(course_ids)).only(
        "variant_id", "variant_version", "series_id", "started_at"
    )
    return overdue_in(list(courses), at)


def overdue_in(courses: Sequence[Asking], at: datetime) -> dict[UUID, list[str]]:
    """Return the same for courses that are at hand: two queries."""
    return overdue_since(courses, _last_opened(courses, at))


def overdue_since(
    courses: Sequence[Asking], since: Mapping[UUID, Opened]
) -> dict[UUID, list[str]]:
    """Return the same where it is known since when each course's opening is open.

    A course whose variant is not installed asks for nothing.
    """
    rhythms = {_variant_of(course): _rhythm(course) for course in _one_each(courses)}
    courses = [course for course in courses if rhythms[_variant_of(course)]]
    answered = _last_answered(courses, since)
    missed = {
        course.pk: [
            measure
            for measure, sessions in rhythms[_variant_of(course)].items()
            if answered.get((course.pk, measure), _NEVER)
            < since[course.pk].for_every(sessions)
        ]
        for course in courses
        if course.pk in since
    }
    return {course_id: measures for course_id, measures in missed.items() if measures}


def _variant_of(course: Asking) -> tuple[str, str]:
    return course.variant_id, course.variant_version


def _one_each(courses: Iterable[Asking]) -> Iterable[Asking]:
    """Return one course of each variant: a long list follows the same few."""
    return {_variant_of(course): course for course in courses}.values()


def _rhythm(course: Asking) -> dict[str, int]:
    """Return for how many sessions an answer stands, by measure; none without a variant."""
    if not variant_if_there(course.variant_id, course.variant_version):
        return {}
    return {one.measure: one.sessions for one in _scheduled(course)}


def _slots(series_ids: Iterable[UUID]) -> dict[UUID, list[_Slot]]:
    wanted = set(series_ids)
    if len(wanted) == 1:
        rows = _TAKEN.rows(series=next(iter(wanted)))
    else:
        rows = rows_of(_taken(Appointment.objects.filter(series_id__in=wanted)))
    found: dict[UUID, list[_Slot]] = defaultdict(list)
    for series_id, starts_at, minutes in rows:
        found[series_id].append((starts_at, starts_at + timedelta(minutes=minutes)))
    return found


def _taken(found: QuerySet[Appointment, Appointment]) -> QuerySet[Appointment, Any]:
    held = found.exclude(state=Appointment.State.CANCELLED).order_by("starts_at")
    return held.values_list("series_id", "starts_at", "minutes")


_TAKEN = Prepared(
    lambda series: _taken(Appointment.objects.filter(series_id=series)), series=UUID
)


def _openings(started_at: datetime, slots: Sequence[_Slot]) -> list[Opening]:
    opens = [started_at, *(end for _start, end in slots)]
    return [
        Opening(opens_at=opens_at, closes_at=start)
        for opens_at, (start, _end) in zip(opens, slots, strict=False)
    ]


NEWEST = ("newest_at", "before_at", "before_minutes", "fourth_at", "fourth_minutes")
"""The columns of `newest_sessions`, as `opened_at` takes them."""


def newest_sessions(series: str, at: datetime) -> dict[str, Subquery]:
    """Return the columns that `opened_at` needs, for rows that hold a series.

    Each of these sessions is one step in an index; a window would read all.
    """
    begun = (
        Appointment.objects.filter(series=OuterRef(series), starts_at__lte=at)
        .exclude(state=Appointment.State.CANCELLED)
        .order_by("-starts_at")
    )
    return {
        "newest_at": Subquery(begun.values("starts_at")[:1]),
        "before_at": Subquery(begun.values("starts_at")[1:2]),
        "before_minutes": Subquery(begun.values("minutes")[1:2]),
        "fourth_at": Subquery(begun.values("starts_at")[FOURTH : FOURTH + 1]),
        "fourth_minutes": Subquery(begun.values("minutes")[FOURTH : FOURTH + 1]),
    }


def opened_at(
    started_at: datetime,
    newest_at: datetime | None,
    before_at: datetime | None,
    before_minutes: int | None,
    fourth_at: datetime | None,
    fourth_minutes: int | None,
) -> Opened | None:
    """Return when the opening of the newest begun session opened; None before the first."""
    if newest_at is None:
        return None
    return Opened(
        last=_end_of(before_at, before_minutes) or started_at,
        fourth=_end_of(fourth_at, fourth_minutes) or started_at,
    )


def _end_of(starts_at: datetime | None, minutes: int | None) -> datetime | None:
    if starts_at is None or minutes is None:
        return None
    return starts_at + timedelta(minutes=minutes)


def _last_opened(courses: Sequence[Asking], at: datetime) -> dict[UUID, Opened]:
    rows: Any = Series.objects.filter(pk__in=[course.series_id for course in courses])
    rows = rows.annotate(**newest_sessions("pk", at)).values_list("pk", *NEWEST)
    sessions = {series_id: of_series for series_id, *of_series in rows}
    found = {
        course.pk: opened_at(course.started_at, *sessions[course.series_id])
        for course in courses
        if course.series_id in sessions
    }
    return {course_id: opened for course_id, opened in found.items() if opened}


def _last_answered(
    courses: Sequence[Asking], since: Mapping[UUID, Opened]
) -> dict[tuple[UUID, str], datetime]:
    """Return when each measure was last answered, of those that matter, by course.

    The rows of facts say it: `record_answer` keeps them up. Other measures that were
    answered come too: nobody asks for them.
    """
    if not since:
        return {}
    rows = _ANSWERED.rows(
        courses=Many(course.pk for course in courses),
        since=min(opened.fourth for opened in since.values()),
    )
    return {(course_id, measure): last for course_id, measure, last in rows}


def _answered(courses: Many, since: datetime) -> QuerySet[CourseFact, Any]:
    facts = CourseFact.objects.filter(course_id__in=courses, answered_at__gte=since)
    return facts.values_list("course_id", "measure", "answered_at")


_ANSWERED = Prepared(_answered, courses=Many, since=datetime)
