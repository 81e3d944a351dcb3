"""Finished questionnaires: totals from plain columns, so that nothing need be unsealed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from openipt.calendar.models import Appointment
from openipt.core.charts import Trajectory, trajectory
from openipt.core.errors import Missing
from openipt.core.measures import Measure, MeasureInWords, find_measure, load_measures
from openipt.core.outcomes import Change, change
from openipt.courses.models import Course
from openipt.people.models import Member, Person
from openipt.questionnaires.models import Answering, AskedBy
from openipt.sql.prepared import Prepared
from openipt.sql.reading import rows_of

from .openings import in_words
from .sheets import Sheet, sheet_of

_ROOM = 0.25
"""The part of a drawing that stays free at its right, for the words of the bands."""

_COLUMNS = (
    "pk",
    "person_id",
    "measure",
    "measure_version",
    "completed_at",
    "total",
    "band",
    "prorated",
    "missing",
    "risk",
)


@dataclass(frozen=True, slots=True)
class Result:
    """One finished questionnaire; `total` is None and `band` "" if too much is missing.

    `risk` is the highest level that an answer of it raised, "" for none.
    """

    answering_id: UUID
    person_id: UUID
    measure: str
    version: str
    at: datetime
    total: int | None
    band: str
    prorated: bool
    missing: int
    risk: str

    @property
    def on(self) -> date:
        """The day of it in the zone that is active: the service's."""
        return timezone.localtime(self.at).date()

    @property
    def words(self) -> MeasureInWords:
        """The measure in the reader's language."""
        return in_words(find_measure(self.measure, self.version))

    @property
    def band_label(self) -> str:
        """The published name of the band, "" for none."""
        return self.words.band_label(self.band)


@dataclass(frozen=True, kw_only=True, slots=True)
class Meaning:
    """One finished questionnaire read against the first one of its course.

    `first` and `change` are None where this is the first, or has no total.
    """

    answering: Answering
    result: Result
    first: Result | None
    change: Change | None

    @property
    def sheet(self) -> Sheet:
        """Every question with its answer; this unseals them."""
        return sheet_of(self.answering)


def history(person: Person, measure_id: str) -> list[Result]:
    """Return the person's finished questionnaires, the oldest first; one query."""
    return _results(_finished().filter(person=person, measure=measure_id))


def history_of(course: Course) -> dict[str, list[Result]]:
    """Return what a course asked for, by measure, the oldest first; one query."""
    return histories([course.pk]).get(course.pk, {})


def histories(course_ids: Iterable[UUID]) -> dict[UUID, dict[str, list[Result]]]:
    """Return what each course asked for, by measure, the oldest first; one query."""
    found: dict[UUID, dict[str, list[Result]]] = defaultdict(lambda: defaultdict(list))
    wanted = set(course_ids)
    if len(wanted) == 1:
        rows = _ANSWERED.rows(course=next(iter(wanted)))
    else:
        rows = rows_of(_answered(_finished().filter(asked_by__course_id__in=wanted)))
    for course_id, *columns in rows:
        result = Result(*columns)
        found[course_id][result.measure].append(result)
    return {course_id: dict(by_measure) for course_id, by_measure in found.items()}


def _answered(found: QuerySet[Answering, Answering]) -> QuerySet[Answering, Any]:
    ordered = found.order_by("completed_at", "pk")
    return ordered.values_list("asked_by__course_id", *_COLUMNS)


_ANSWERED = Prepared(
    lambda course: _answered(_finished().filter(asked_by__course_id=course)),
    course=UUID,
)


def latest_scores(person_ids: Iterable[UUID]) -> dict[UUID, dict[str, Result]]:
    """Return each person's newest result with a total, by measure; one query."""
    with_total = _finished().filter(total__isnull=False)
    newer = with_total.filter(
        person=OuterRef("person"),
        measure=OuterRef("measure"),
        completed_at__gt=OuterRef("completed_at"),
    )
    found: dict[UUID, dict[str, Result]] = defaultdict(dict)
    rows = with_total.filter(~Exists(newer), person_id__in=set(person_ids))
    for result in _results(rows):
        found[result.person_id][result.measure] = result
    return dict(found)


def first_result(answering: Answering) -> Result | None:
    """Return the first result with a total in the courses that asked for this one.

    None if there is none before it: then this is the first.
    """
    courses = AskedBy.objects.filter(answering=answering).values("course_id")
    earlier = _finished().filter(
        person_id=answering.person_id,
        measure=answering.measure,
        total__isnull=False,
        completed_at__lt=answering.completed_at,
        asked_by__course_id__in=courses,
    )
    return next(iter(_results(earlier.distinct())[:1]), None)


def newest_results(person: Person, most: int = 10) -> list[Result]:
    """Return the person's newest results of all measures, the newest first."""
    rows = _finished().filter(person=person).order_by("-completed_at", "-pk")
    return [Result(*row) for row in rows.values_list(*_COLUMNS)[:most]]


def done_already(member: Member, answering_id: UUID) -> Answering | None:
    """Return the answering if it is this person's own and finished, else None."""
    mine = _finished().filter(pk=answering_id, person__member=member)
    return mine.select_related("person").first()


def own_meaning(member: Member, answering_id: UUID) -> Meaning:
    """Return what a finished questionnaire of the person this member is says.

    :raises Missing: also when it is somebody else's, or not finished
    """
    found = done_already(member, answering_id)
    if found is None:
        raise Missing
    return _meaning(found)


def meaning_in(course: Course, answering_id: UUID) -> Meaning:
    """Return what a finished questionnaire says that a course asked for.

    The course has been reached by its reader already.

    :raises Missing: also when another course asked for it, or it is not finished
    """
    asked = _finished().filter(pk=answering_id, asked_by__course=course).first()
    if asked is None:
        raise Missing
    return _meaning(asked)


def trajectory_for(
    course: Course, measure_id: str
) -> tuple[Trajectory | None, list[Result]]:
    """Return the drawing of a measure over a course, and its results, the oldest first.

    There is no drawing while nothing has a total.
    """
    results = history_of(course).get(measure_id, [])
    sessions = attended_on([course]).get(course.pk, [])
    return drawn(load_measures()[measure_id], results, sessions), results


def drawn(
    measure: Measure,
    results: Sequence[Result],
    sessions: Sequence[date],
    *,
    width: int = 640,
    height: int = 240,
) -> Trajectory | None:
    """Return the drawing of results; the line breaks where more than 28 days lie between."""
    points = [(one.on, one.total) for one in results if one.total is not None]
    if not points:
        return None
    first = points[0][1]
    days = [on for on, _total in points] + list(sessions)
    room = (max(days) - min(days)) * _ROOM
    step = measure.reliable_change.value * (1 if measure.higher_is_better else -1)
    return trajectory(
        points,
        bands=measure.bands,
        maximum=measure.highest,
        sessions=sessions,
        reliable_at=first + step,
        until=max(days) + max(room, timedelta(days=2)),
        width=width,
        height=height,
    )


def attended_on(courses: Iterable[Course]) -> dict[UUID, list[date]]:
    """Return for each course the days of the sessions that took place; one query."""
    by_series = {course.series_id: course.pk for course in courses}
    found: dict[UUID, list[date]] = defaultdict(list)
    if len(by_series) == 1:
        rows = _KEPT.rows(series=next(iter(by_series)))
    else:
        rows = rows_of(_kept(Appointment.objects.filter(series_id__in=list(by_series))))
    for series_id, on in rows:
        found[by_series[series_id]].append(on)
    return dict(found)


def _kept(found: QuerySet[Appointment, Appointment]) -> QuerySet[Appointment, Any]:
    attended = found.filter(state=Appointment.State.ATTENDED).order_by("starts_at")
    return attended.values_list("series_id", "on_date")


_KEPT = Prepared(
    lambda series: _kept(Appointment.objects.filter(series_id=series)), series=UUID
)


def change_since(first: Result | None, result: Result) -> Change | None:
    """Return the change between two results, None without two totals."""
    if first is None or first.total is None or result.total is None:
        return None
    measure = find_measure(result.measure, result.version)
    return change(measure, first.total, result.total)


def _meaning(answering: Answering) -> Meaning:
    result = Result(*(getattr(answering, name) for name in _COLUMNS))
    first = first_result(answering)
    return Meaning(
        answering=answering,
        result=result,
        first=first,
        change=change_since(first, result),
    )


def _finished() -> QuerySet[Answering]:
    return Answering.objects.filter(completed_at__isnull=False)


def _results(rows: QuerySet[Answering]) -> list[Result]:
    return [
        Result(*row)
        for row in rows.order_by("completed_at", "pk").values_list(*_COLUMNS)
    ]
