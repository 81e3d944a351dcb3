"""Stacked bars: how many of each sort, column by column."""

from collections.abc import Sequence
from dataclasses import dataclass

from .trajectory import Line, Tick, number

_LEFT, _RIGHT, _TOP, _BOTTOM = 26, 4, 10, 20
_FILLED = 0.62
"""The share of a column's room that its bar takes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BarPart:
    """One sort within a bar; `sort` is its place in the column, counted from 0."""

    sort: int
    x: str
    y: str
    width: str
    height: str
    value: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One column: its parts from the bottom up, and where its label is centred."""

    label_x: str
    parts: tuple[BarPart, ...]
    total: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Bars:
    """Everything that is needed to draw stacked bars."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    value_ticks: tuple[Tick, ...]
    axis: Line


def bars(
    columns: Sequence[Sequence[int]], *, width: int = 420, height: int = 180
) -> Bars:
    """Return the geometry of stacked bars, in units of an SVG view box.

    Each column gives a count for every sort, from the bottom up; counts are 0 or more.
    The axis ends at the highest column, at 1 if all are empty. Raises `ValueError` for a
    negative count.
    """
    if any(value < 0 for column in columns for value in column):
        raise ValueError("a count is 0 or more")
    top = max((sum(column) for column in columns), default=0) or 1
    room, base = height - _TOP - _BOTTOM, height - _BOTTOM
    step = (width - _LEFT - _RIGHT) / max(len(columns), 1)
    return Bars(
        width=width,
        height=height,
        bars=tuple(
            _bar(column, _LEFT + step * place, step, base, room / top)
            for place, column in enumerate(columns)
        ),
        value_ticks=tuple(
            Tick(at=number(base - room * value / top), value=value)
            for value in _levels(top)
        ),
        axis=Line(
            x1=number(_LEFT),
            y1=number(base),
            x2=number(width - _RIGHT),
            y2=number(base),
        ),
    )


def _bar(
    column: Sequence[int], left: float, step: float, base: float, unit: float
) -> Bar:
    thick = step * _FILLED
    parts: list[BarPart] = []
    below = 0
    for sort, value in enumerate(column):
        below += value
        if value:
            parts.append(
                BarPart(
                    sort=sort,
                    x=number(left + (step - thick) / 2),
                    y=number(base - below * unit),
                    width=number(thick),
                    height=number(value * unit),
                    value=value,
                )
            )
    return Bar(label_x=number(left + step / 2), parts=tuple(parts), total=below)


def _levels(top: int) -> tuple[int, ...]:
    """Return whole values for the axis: 0, the middle where it is whole, and the top."""
    return (0, top // 2, top) if top > 1 and top % 2 == 0 else (0, top)
