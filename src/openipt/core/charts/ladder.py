"""How far a goal was over time: five levels, one step a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .trajectory import Line, Mark, Tick, number

_LEFT, _RIGHT, _TOP, _BOTTOM = 10, 12, 16, 24


@dataclass(frozen=True, kw_only=True, slots=True)
class Ladder:
    """The drawing of a goal's ratings.

    `rungs` are the levels from the highest to the lowest; `line` the `points` of a
    polyline, empty where there is one rating or none.
    """

    width: int
    height: int
    rungs: tuple[Line, ...]
    hoped: Line
    line: str
    marks: tuple[Mark, ...]
    ends: tuple[Tick, ...]


def ladder(
    points: Sequence[tuple[date, int]],
    *,
    lowest: int,
    highest: int,
    hoped: int,
    width: int = 320,
    height: int = 132,
) -> Ladder:
    """Return the geometry of ratings in the order of time, in units of a view box.

    Days lie at their distance; several ratings of one day lie on top of each other. The
    first and the last day are the ends of the axis. Raises `ValueError` for a level out of
    range.
    """
    for _, level in points:
        if not lowest <= level <= highest:
            raise ValueError(f"{level} is not from {lowest} to {highest}")
    ordered = sorted(points, key=lambda point: point[0])
    first = ordered[0][0] if ordered else date.min
    days = max((ordered[-1][0] - first).days, 1) if ordered else 1

    def x(day: date) -> str:
        room = width - _LEFT - _RIGHT
        return number(_LEFT + room * (day - first).days / days)

    def y(level: int) -> str:
        room = height - _TOP - _BOTTOM
        return number(_TOP + room * (highest - level) / (highest - lowest))

    def rung(level: int) -> Line:
        return Line(
            x1=number(_LEFT), y1=y(level), x2=number(width - _RIGHT), y2=y(level)
        )

    marks = tuple(
        Mark(x=x(day), y=y(level), on_date=day, value=level) for day, level in ordered
    )
    ends = dict.fromkeys(mark.on_date for mark in (marks[:1] + marks[-1:]))
    return Ladder(
        width=width,
        height=height,
        rungs=tuple(rung(level) for level in range(highest, lowest - 1, -1)),
        hoped=rung(hoped),
        line=" ".join(f"{mark.x},{mark.y}" for mark in marks) if len(marks) > 1 else "",
        marks=marks,
        ends=tuple(Tick(at=x(day), on_date=day) for day in ends),
    )
