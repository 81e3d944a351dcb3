"""The course of one measure over time, and the spark line of a caseload."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from openipt.core.measures import Band

GAP = timedelta(days=28)
"""A pause longer than this breaks the line: nobody knows what happened in between."""

_LEFT, _RIGHT, _TOP, _BOTTOM = 30, 8, 8, 22
_MONTH_TICKS = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One score: where it is drawn, and what it says."""

    x: str
    y: str
    on_date: date
    value: int


@dataclass(frozen=True, kw_only=True, slots=True)
class BandShape:
    """The rectangle of a severity band; `key` finds its words."""

    key: str
    x: str
    y: str
    width: str
    height: str
    label_y: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A straight line."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Tick:
    """A place on an axis; a value on the upright one, a date on the other."""

    at: str
    value: int | None = None
    on_date: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Trajectory:
    """Everything that is needed to draw the course of a measure.

    `lines` are the `points` of polylines, one for each stretch without a long gap; a
    single score between two gaps has only its mark. `reliable` is the level from which the
    change since the first score is reliable, None without scores.
    """

    width: int
    height: int
    lines: tuple[str, ...]
    marks: tuple[Mark, ...]
    bands: tuple[BandShape, ...]
    value_ticks: tuple[Tick, ...]
    date_ticks: tuple[Tick, ...]
    session_ticks: tuple[Tick, ...]
    reliable: Line | None
    axis: Line


@dataclass(frozen=True, kw_only=True, slots=True)
class _Frame:
    """Where dates and values fall."""

    width: int
    height: int
    first: date
    days: int
    maximum: int

    def x(self, on_date: date) -> float:
        room = self.width - _LEFT - _RIGHT
        return _LEFT + room * (on_date - self.first).days / self.days

    def y(self, value: float) -> float:
        room = self.height - _TOP - _BOTTOM
        return _TOP + room * (1 - value / self.maximum)


def number(value: float) -> str:
    """Return a coordinate as text: one decimal at most, a point, no sign for zero."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def trajectory(  # noqa: PLR0913 -- each is a part or a measure of the drawing
    points: Sequence[tuple[date, int]],
    *,
    bands: Sequence[Band],
    maximum: int,
    sessions: Sequence[date] = (),
    reliable_at: int | None = None,
    until: date | None = None,
    width: int = 640,
    height: int = 240,
) -> Trajectory:
    """Return the geometry of the scores over time, in units of an SVG view box.

    `points` are date and total in any order, `bands` the measure's, `maximum` its highest
    total: the axis always shows the full range, so that a small change looks small.
    `sessions` are the dates of sessions. `reliable_at` is the total at which the change
    since the first score becomes reliable; outside the range it is not drawn. `until` is
    the right end of the drawing where it is later than every score and session. Raises
    `ValueError` for a score out of range.
    """
    ordered = sorted(points)
    for _, value in ordered:
        if not 0 <= value <= maximum:
            raise ValueError(f"{value} is not from 0 to {maximum}")
    days = [on_date for on_date, _ in ordered] + list(sessions)
    frame = _frame(days, until, maximum, width, height)
    return Trajectory(
        width=width,
        height=height,
        lines=_lines(ordered, frame),
        marks=tuple(_mark(on_date, value, frame) for on_date, value in ordered),
        bands=tuple(_band(band, frame) for band in bands),
        value_ticks=_value_ticks(bands, frame),
        date_ticks=_date_ticks(frame),
        session_ticks=tuple(
            Tick(at=number(frame.x(day)), on_date=day) for day in sorted(set(sessions))
        ),
        reliable=_reliable(reliable_at, frame) if ordered else None,
        axis=_level(0, frame),
    )


def spark(
    values: Sequence[int], maximum: int, *, width: int = 96, height: int = 24
) -> str:
    """Return the `points` of a polyline with the values at equal distances.

    The height is the full range from 0 to `maximum`; a margin of 2 keeps the stroke
    inside. One value gives a single point, no value the empty text.
    """
    return _spark(tuple(values), maximum, width, height)


@lru_cache(maxsize=4096)
def _spark(values: tuple[int, ...], maximum: int, width: int, height: int) -> str:
    # Remembered: a list draws the same lines each time that it is opened.
    margin = 2
    steps = max(len(values) - 1, 1)
    places = (
        (
            margin + (width - 2 * margin) * place / steps,
            margin + (height - 2 * margin) * (1 - value / maximum),
        )
        for place, value in enumerate(values)
    )
    return " ".join(f"{number(x)},{number(y)}" for x, y in places)


def _frame(
    days: Sequence[date], until: date | None, maximum: int, width: int, height: int
) -> _Frame:
    first, last = min(days, default=date.min), max(days, default=date.min)
    if days and until is not None:
        last = max(last, until)
    return _Frame(
        width=width,
        height=height,
        first=first,
        days=max((last - first).days, 1),
        maximum=maximum,
    )


def _lines(points: Sequence[tuple[date, int]], frame: _Frame) -> tuple[str, ...]:
    stretches: list[list[tuple[date, int]]] = []
    for point in points:
        if stretches and point[0] - stretches[-1][-1][0] <= GAP:
            stretches[-1].append(point)
        else:
            stretches.append([point])
    return tuple(
        " ".join(
            f"{number(frame.x(on_date))},{number(frame.y(value))}"
            for on_date, value in stretch
        )
        for stretch in stretches
        if len(stretch) > 1
    )


def _mark(on_date: date, value: int, frame: _Frame) -> Mark:
    return Mark(
        x=number(frame.x(on_date)),
        y=number(frame.y(value)),
        on_date=on_date,
        value=value,
    )


def _band(band: Band, frame: _Frame) -> BandShape:
    """Return a band's rectangle; it reaches halfway to its neighbours' nearest totals."""
    top = frame.y(min(band.last + 0.5, frame.maximum))
    bottom = frame.y(max(band.first - 0.5, 0))
    return BandShape(
        key=band.key,
        x=number(_LEFT),
        y=number(top),
        width=number(frame.width - _LEFT - _RIGHT),
        height=number(bottom - top),
        label_y=number((top + bottom) / 2),
    )


def _value_ticks(bands: Sequence[Band], frame: _Frame) -> tuple[Tick, ...]:
    values = sorted({0, frame.maximum, *(band.first for band in bands)})
    return tuple(Tick(at=number(frame.y(value)), value=value) for value in values)


def _date_ticks(frame: _Frame) -> tuple[Tick, ...]:
    """Return dates at equal distances of whole weeks, at most seven, the first included."""
    if frame.first == date.min:
        return ()
    weeks = max(1, -(-frame.days // 7) // _MONTH_TICKS + 1)
    dates = [
        frame.first + timedelta(days=days)
        for days in range(0, frame.days + 1, weeks * 7)
    ]
    return tuple(Tick(at=number(frame.x(day)), on_date=day) for day in dates)


def _reliable(reliable_at: int | None, frame: _Frame) -> Line | None:
    if reliable_at is None or not 0 <= reliable_at <= frame.maximum:
        return None
    return _level(reliable_at, frame)


def _level(value: int, frame: _Frame) -> Line:
    y = number(frame.y(value))
    return Line(x1=number(_LEFT), y1=y, x2=number(frame.width - _RIGHT), y2=y)
