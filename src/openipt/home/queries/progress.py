"""How a course goes: each measure over time, from plain columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openipt.core.charts import Trajectory
from openipt.core.charts.trajectory import GAP
from openipt.core.measures import Measure, MeasureInWords
from openipt.core.outcomes import Change, recovered
from openipt.courses.models import Course
from openipt.courses.queries import courses_of_person
from openipt.people import queries as people
from openipt.people.models import Member
from openipt.questionnaires import queries as questionnaires
from openipt.questionnaires.queries import Result

WIDTH, HEIGHT = 420, 250


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One result in the table, with the points since the one before it."""

    result: Result
    on: date
    step: int | None
    after_gap: bool
    """Nothing is known of more than four weeks before it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """One measure over a course. `first` and `last` are results with a total.

    `change` is None before there are two of them; `recovered` as the core says it.
    """

    measure: Measure
    words: MeasureInWords
    rows: tuple[Row, ...]
    drawing: Trajectory | None
    first: Result | None
    last: Result | None
    change: Change | None
    recovered: bool | None

    @property
    def band_labels(self) -> dict[str, str]:
        """The published name of each band."""
        return {
            band.key: self.words.band_label(band.key) for band in self.measure.bands
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """A course and its measures in the order in which the variant asks for them."""

    course: Course
    ways: tuple[Way, ...]
    sessions: int

    @property
    def is_empty(self) -> bool:
        return not any(way.rows for way in self.ways)


def own_progress(member: Member) -> list[Progress]:
    """Return how the courses of the person this member is go, the newest first.

    :raises Missing: if the member is no person
    """
    person = people.own_person(member)
    return _progress(courses_of_person(person.pk)[::-1])


def progress_of(course: Course) -> Progress:
    """Return how one course goes; it has been reached by its reader already."""
    return _progress([course])[0]


def overdue_names(course: Course, at: datetime) -> list[str]:
    """Return the short names of what was not answered for the last session."""
    missed = questionnaires.overdue([course.pk], at).get(course.pk, [])
    asked = questionnaires.measures_of(course)
    return [measure.short_name for measure in asked if measure.id in missed]


def _progress(found: Sequence[Course]) -> list[Progress]:
    histories = questionnaires.histories(course.pk for course in found)
    attended = questionnaires.attended_on(found)
    return [
        Progress(
            course=course,
            ways=tuple(
                _way(
                    measure,
                    histories.get(course.pk, {}).get(measure.id, []),
                    attended.get(course.pk, []),
                )
                for measure in questionnaires.measures_of(course)
            ),
            sessions=len(attended.get(course.pk, [])),
        )
        for course in found
    ]


def _way(measure: Measure, results: list[Result], sessions: list[date]) -> Way:
    with_total = [one for one in results if one.total is not None]
    first = with_total[0] if with_total else None
    last = with_total[-1] if len(with_total) > 1 else None
    change = questionnaires.change_since(first, last) if last else None
    return Way(
        measure=measure,
        words=questionnaires.in_words(measure),
        rows=tuple(_rows(results)),
        drawing=questionnaires.drawn(
            measure, results, sessions, width=WIDTH, height=HEIGHT
        ),
        first=first,
        last=last,
        change=change,
        recovered=_recovered(measure, first, last),
    )


def _rows(results: Sequence[Result]) -> list[Row]:
    """Return the rows, the newest first."""
    rows: list[Row] = []
    before: Result | None = None
    then: date | None = None
    for result in results:
        on, step = result.on, None
        if result.total is not None and before is not None and before.total is not None:
            step = result.total - before.total
        gap = then is not None and on - then > GAP
        rows.append(Row(result=result, on=on, step=step, after_gap=gap))
        if result.total is not None:
            before, then = result, on
    return rows[::-1]


def _recovered(
    measure: Measure, first: Result | None, last: Result | None
) -> bool | None:
    if first is None or last is None or first.total is None or last.total is None:
        return None
    return recovered(measure, first.total, last.total)
