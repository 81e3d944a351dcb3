"""The rows of a timeline, from the earliest down, and what is drawn along them.

A life is long and the time around an illness is short: years in which much happened, and
the months of the present episode, have rows of their own; quiet stretches are drawn
together in one. Along the rows run bars for what lasted, the courses of therapy, and
the scores. A row is as high as its words need, so what is drawn in it is told in parts
of its height, from 0 to 100.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from .periods import DAY, Period, periods_of
from .told import Happened, Scores, Stretch, Told
from .trajectory import GAP, number

_Piece = TypeVar("_Piece")
_InRows = dict[int, list[_Piece]]
"""What is drawn, by the place of the row it lies in."""

TALL = 100
LANE, BAR = 10, 5
"""How far apart the bars lie, and how broad they are."""
COLUMN, EDGE = 52, 6
"""The breadth of a column of scores, and what of it stays free on each side."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """A piece of what lasted, within one row; it is reached from `left` to `right`."""

    key: str
    x: str
    left: str
    right: str
    y1: str
    y2: str
    begins: bool
    ends: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Dot:
    """One score."""

    key: str
    x: str
    y: str
    value: int
    on_date: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Curve:
    """A piece of the line of a measure, within one row."""

    key: str
    points: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A stretch of time: whole years, or whole months."""

    first: date
    last: date
    is_months: bool
    is_quiet: bool
    """Several years or months in which nothing was told."""
    is_onset: bool
    keys: tuple[str, ...]
    """What began in it, in order."""
    bars: tuple[Bar, ...]
    therapy: tuple[Bar, ...]
    curves: tuple[Curve, ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeline:
    """Everything that is needed to draw it; `columns` are where the scores begin.

    `middles` are the middles of the columns in parts of the whole breadth, for a heading
    that stays readable where the drawing is narrow.
    """

    width: int
    lanes: int
    columns: tuple[str, ...]
    middles: tuple[str, ...]
    rows: tuple[Row, ...]


def timeline(told: Told, *, today: date, months_from: date) -> Timeline:
    """Return the drawing; from `months_from` on each month has a row, before it each year."""
    months_from = months_from.replace(day=1)
    happened = sorted(
        told.happened, key=lambda one: (one.first, one.first - one.last, one.key)
    )
    axis = _Axis(periods_of(happened, told, today, months_from))
    lanes = _lanes(told.lasted, today)
    count = max(lanes.values(), default=-1) + 1
    columns = [
        count * LANE + EDGE + place * COLUMN for place in range(len(told.scores))
    ]
    bars = [
        bar for one in told.lasted for bar in axis.pieces(one, lanes[one.key], today)
    ]
    therapy = [bar for one in told.therapy for bar in axis.pieces(one, 0, today)]
    curves: list[tuple[int, Curve]] = []
    dots: list[tuple[int, Dot]] = []
    for scores, left in zip(told.scores, columns, strict=True):
        curves += axis.curves(scores, left)
        dots += axis.dots(scores, left)
    drawn = (_by_row(bars), _by_row(therapy), _by_row(curves), _by_row(dots))
    rows = tuple(
        _row(place, period, happened, drawn)
        for place, period in enumerate(axis.periods)
    )
    width = max(count * LANE + EDGE + len(columns) * COLUMN, LANE + EDGE)
    return Timeline(
        width=width,
        lanes=count,
        columns=tuple(number(column) for column in columns),
        middles=tuple(
            f"{number(100 * (column + COLUMN / 2) / width)}%" for column in columns
        ),
        rows=rows,
    )


class _Axis:
    """Where a day lies: in which row, and how far down in it."""

    def __init__(self, periods: Sequence[Period]) -> None:
        self.periods = periods
        self._firsts = [period.first for period in periods]

    def row_of(self, day: date) -> int:
        return max(bisect_right(self._firsts, day) - 1, 0)

    def y(self, day: date, row: int) -> float:
        period = self.periods[row]
        days = (period.last - period.first).days + 1
        return TALL * min(max((day - period.first).days / days, 0), 1)

    def pieces(self, one: Stretch, lane: int, today: date) -> Iterable[tuple[int, Bar]]:
        last = one.last or today
        begin, end = self.row_of(one.first), self.row_of(last)
        for row in range(begin, end + 1):
            y1 = self.y(one.first, row) if row == begin else 0
            y2 = self.y(last + DAY, row) if row == end else TALL
            yield (
                row,
                Bar(
                    key=one.key,
                    x=number(lane * LANE + LANE / 2),
                    left=number(lane * LANE),
                    right=number((lane + 1) * LANE),
                    y1=number(y1),
                    y2=number(max(y2, y1 + 1)),
                    begins=row == begin,
                    ends=row == end and one.last is not None,
                ),
            )

    def dots(self, scores: Scores, left: int) -> Iterable[tuple[int, Dot]]:
        for day, value in scores.points:
            row = self.row_of(day)
            yield (
                row,
                Dot(
                    key=scores.key,
                    x=number(_x(value, scores.maximum, left)),
                    y=number(self.y(day, row)),
                    value=value,
                    on_date=day,
                ),
            )

    def curves(self, scores: Scores, left: int) -> Iterable[tuple[int, Curve]]:
        """Give the line piece by piece; it breaks where a long time lies between."""
        for (day, value), (after, then) in zip(
            scores.points, scores.points[1:], strict=False
        ):
            if after - day > GAP or after == day:
                continue
            slope = (then - value) / (after - day).days
            for row in range(self.row_of(day), self.row_of(after) + 1):
                period = self.periods[row]
                days = max(day, period.first), min(after, period.last + DAY)
                points = " ".join(
                    f"{number(_x(value + slope * (on - day).days, scores.maximum, left))},"
                    f"{number(self.y(on, row))}"
                    for on in days
                )
                yield row, Curve(key=scores.key, points=points)


def _x(value: float, maximum: int, left: int) -> float:
    return left + EDGE + (COLUMN - 2 * EDGE) * value / maximum


def _by_row(pieces: Iterable[tuple[int, _Piece]]) -> _InRows[_Piece]:
    rows: _InRows[_Piece] = defaultdict(list)
    for row, piece in pieces:
        rows[row].append(piece)
    return rows


def _row(
    place: int,
    period: Period,
    happened: Sequence[Happened],
    drawn: tuple[_InRows[Bar], _InRows[Bar], _InRows[Curve], _InRows[Dot]],
) -> Row:
    bars, therapy, curves, dots = drawn
    return Row(
        first=period.first,
        last=period.last,
        is_months=period.is_months,
        is_quiet=period.is_quiet,
        is_onset=any(
            one.is_onset and one.first <= period.last and one.last >= period.first
            for one in happened
        ),
        keys=tuple(
            one.key for one in happened if period.first <= one.first <= period.last
        ),
        bars=tuple(bars.get(place, ())),
        therapy=tuple(therapy.get(place, ())),
        curves=tuple(curves.get(place, ())),
        dots=tuple(dots.get(place, ())),
    )


def _lanes(lasted: Sequence[Stretch], today: date) -> dict[str, int]:
    """Give each of what lasted a lane in which nothing else lies at the time."""
    free: list[date] = []
    lanes: dict[str, int] = {}
    for one in sorted(lasted, key=lambda stretch: (stretch.first, stretch.key)):
        lane = next((n for n, until in enumerate(free) if until < one.first), len(free))
        if lane == len(free):
            free.append(date.min)
        free[lane] = one.last or today
        lanes[one.key] = lane
    return lanes
