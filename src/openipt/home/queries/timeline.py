"""A life on one axis: what happened, the courses of therapy, and the scores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from openipt.core.charts import Happened, Scores, Stretch, Timeline, Told, timeline
from openipt.core.charts.timeline import Row
from openipt.core.measures import Measure
from openipt.core.timeline import load_kinds
from openipt.core.timeline.model import Kind
from openipt.courses.models import Course
from openipt.courses.queries import courses_of_person
from openipt.inventory import queries as inventory
from openipt.inventory.queries import KnownEvent, Whose
from openipt.people import queries as people
from openipt.people.models import Member
from openipt.questionnaires import queries as questionnaires
from openipt.web import dates

MOST_MEASURES = 2
"""How many measures have room beside a life on a phone."""
BEFORE_COURSE = timedelta(days=183)
LONGEST_IN_MONTHS = 3 * 365
"""Days; of more than three years each has one row, or the axis has no end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Curve:
    """One measure beside the events."""

    key: str
    name: str
    title: str
    """What it asks, said to the person; staff read what the measure is called."""
    maximum: int
    less_is_better: bool
    points: tuple[tuple[date, int], ...]
    """Day and total of what has one, the earliest first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """What stands beside the axis: an event, or the begin or end of a course."""

    known: KnownEvent | None = None
    words: str = ""
    when: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RowInWords:
    """A row of the drawing with its words and what stands in it."""

    row: Row
    label: str
    items: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TimelinePage:
    """Everything of the page; `kinds` are those that occur, `titles` of events by their key."""

    events: tuple[KnownEvent, ...]
    onset: KnownEvent | None
    near: tuple[KnownEvent, ...]
    drawing: Timeline
    rows: tuple[RowInWords, ...]
    curves: tuple[Curve, ...]
    kinds: tuple[Kind, ...]
    titles: Mapping[str, str]


def newest_course(member: Member, whose: Whose, at: datetime) -> Course | None:
    """Return the newest course of this person that the reader may see, for its tabs."""
    found = _courses(member, whose, at)
    return found[-1] if found else None


def page_of(member: Member, whose: Whose, at: datetime) -> TimelinePage:
    """Return a timeline that this member reached and may look at."""
    events = inventory.events_of(whose.person)
    courses = _courses(member, whose, at)
    curves = _curves(courses, is_own=whose.is_own)
    onset = next((one for one in events if one.event.is_onset), None)
    today = timezone.localdate(at)
    drawing = timeline(
        _told(events, courses, curves),
        today=today,
        months_from=_months_from(onset, courses, today),
    )
    marks = _marks(events, courses)
    present = {one.kind.key for one in events}
    return TimelinePage(
        events=tuple(events),
        onset=onset,
        near=tuple(inventory.near_onset(events)),
        drawing=drawing,
        rows=tuple(
            RowInWords(
                row=row,
                label=_label(row),
                items=tuple(marks[key] for key in row.keys),
            )
            for row in drawing.rows
        ),
        curves=curves,
        kinds=tuple(kind for kind in load_kinds().values() if kind.key in present),
        titles={str(one.event_id): f"{one.event.title}, {one.when}" for one in events},
    )


def _courses(member: Member, whose: Whose, at: datetime) -> list[Course]:
    """Return the person's courses that this member may read, the oldest first."""
    rows = courses_of_person(whose.person.pk)
    if whose.is_own:
        return rows
    return [
        course
        for course in rows
        if people.may_read(member, whose.person.pk, course.pk, at)
    ]


def _curves(courses: Sequence[Course], *, is_own: bool) -> tuple[Curve, ...]:
    histories = questionnaires.histories(course.pk for course in courses)
    results: dict[str, set[questionnaires.Result]] = {}
    for by_measure in histories.values():
        for measure_id, found in by_measure.items():
            with_total = {one for one in found if one.total is not None}
            results.setdefault(measure_id, set()).update(with_total)
    measures = {
        measure.id: measure
        for course in courses
        for measure in questionnaires.measures_of(course)
        if results.get(measure.id)
    }
    return tuple(
        Curve(
            key=measure.id,
            name=measure.short_name,
            title=_title(measure, is_own=is_own),
            maximum=measure.highest,
            less_is_better=not measure.higher_is_better,
            points=tuple(
                (one.on, one.total or 0)
                for one in sorted(results[measure.id], key=lambda one: one.at)
            ),
        )
        for measure in list(measures.values())[:MOST_MEASURES]
    )


def _title(measure: Measure, *, is_own: bool) -> str:
    words = questionnaires.in_words(measure)
    return f"{words.about} ({measure.short_name})" if is_own else words.title


def _told(
    events: Sequence[KnownEvent], courses: Sequence[Course], curves: Sequence[Curve]
) -> Told:
    happened = [
        Happened(
            key=str(one.event_id),
            first=one.event.when.first,
            last=one.event.when.last,
            is_onset=one.event.is_onset,
        )
        for one in events
    ]
    for course in courses:
        begun = timezone.localdate(course.started_at)
        happened.append(Happened(key=f"begun {course.pk}", first=begun, last=begun))
        if course.ended_at:
            ended = timezone.localdate(course.ended_at)
            happened.append(Happened(key=f"ended {course.pk}", first=ended, last=ended))
    return Told(
        happened=happened,
        lasted=[
            Stretch(
                key=str(one.event_id),
                first=one.event.when.first,
                last=one.event.until.last if one.event.until else None,
            )
            for one in events
            if one.event.lasts or one.event.until
        ],
        therapy=[
            Stretch(
                key=str(course.pk),
                first=timezone.localdate(course.started_at),
                last=timezone.localdate(course.ended_at) if course.ended_at else None,
            )
            for course in courses
        ],
        scores=[
            Scores(
                key=curve.key,
                points=curve.points,
                maximum=curve.maximum,
            )
            for curve in curves
        ],
    )


def _months_from(
    onset: KnownEvent | None, courses: Sequence[Course], today: date
) -> date:
    """Return from when on each month has a row: a year before the onset, if it is known."""
    earliest = today - timedelta(days=LONGEST_IN_MONTHS)
    if onset is not None:
        return max(onset.event.when.first - timedelta(days=365), earliest)
    if courses:
        return max(timezone.localdate(courses[-1].started_at) - BEFORE_COURSE, earliest)
    return today - timedelta(days=365)


def _marks(events: Sequence[KnownEvent], courses: Sequence[Course]) -> dict[str, Item]:
    marks = {str(one.event_id): Item(known=one) for one in events}
    for course in courses:
        marks[f"begun {course.pk}"] = Item(
            words=_("The therapy began"), when=dates.short_day(course.started_at)
        )
        if course.ended_at:
            marks[f"ended {course.pk}"] = Item(
                words=_("The therapy ended"), when=dates.short_day(course.ended_at)
            )
    return marks


def _label(row: Row) -> str:
    """Return "2019", "2012 – 2018", "2021 – Jun 2025", "Mar 2026" or "Mar – May 2026"."""
    first, last = row.first, row.last
    if row.is_months:
        return _months(first, last)
    if (last.month, last.day) == (12, 31):
        years = str(first.year), str(last.year)
        return years[0] if first.year == last.year else _span(*years)
    if first.year == last.year:
        return _months(first, last)
    return _span(str(first.year), dates.short_month(last))


def _months(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return dates.short_month(first)
    begin = dates.short_month(first, year=first.year != last.year)
    return _span(begin, dates.short_month(last))


def _span(first: str, last: str) -> str:
    return _("%(first)s – %(last)s") % {"first": first, "last": last}
