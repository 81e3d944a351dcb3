"""Rows of courses in the order that was asked for, and those that hold the words."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from .courses import CourseRow

_NEVER = datetime.max.replace(tzinfo=UTC)
_CHANGES = ("worse", "none", "unknown", "better", "recovered")
_NO_SCORE = -1

ORDERS: dict[str, Callable[[CourseRow], Any]] = {
    "name": lambda row: row.name.casefold(),
    "course": lambda row: (row.session or 0) / row.sessions,
    "focus": lambda row: row.areas,
    "score": lambda row: _NO_SCORE if row.score.last is None else row.score.last,
    "change": lambda row: _CHANGES.index(row.score.change),
    "next": lambda row: row.next_at or _NEVER,
}
"""By what a list can be sorted; an address may name one of these, `-` before it turns it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sort:
    """The order of a list, for its headings."""

    key: str
    turned: bool

    def of(self, column: str) -> str:
        """Return what `aria-sort` says of a column."""
        if column != self.key:
            return ""
        return "descending" if self.turned else "ascending"

    def address(self, column: str) -> str:
        """Return the query that sorts by a column, or turns it if it is sorted already."""
        turn = "-" if column == self.key and not self.turned else ""
        return f"?sort={turn}{column}"


def sort_asked(text: str) -> Sort:
    """Return the order that an address asks for; anything unknown is the list's own."""
    key = text.removeprefix("-")
    if key not in ORDERS:
        return Sort(key="", turned=False)
    return Sort(key=key, turned=text.startswith("-"))


def ordered(
    rows: Sequence[CourseRow], sort: Sort, *, first: Collection[UUID] = ()
) -> list[CourseRow]:
    """Return the rows in an order.

    Without one, whoever is among `first` (persons with an open alert) comes first, then
    whoever is seen next.
    """
    if sort.key:
        return sorted(rows, key=ORDERS[sort.key], reverse=sort.turned)
    return sorted(
        rows, key=lambda row: (row.person_id not in first, row.next_at or _NEVER)
    )


def holding(rows: Sequence[CourseRow], words: Sequence[str]) -> list[CourseRow]:
    """Return the rows in whose name, phase or focus each of the words is found."""
    return [row for row in rows if all(word in _text(row) for word in words)]


def seen_today(rows: Sequence[CourseRow]) -> list[CourseRow]:
    """Return those whose next session is today, the soonest first."""
    found = [row for row in rows if row.next_in_days == 0]
    return sorted(found, key=lambda row: row.next_at or _NEVER)


def _text(row: CourseRow) -> str:
    return " ".join((row.name, row.phase, row.variant, *row.areas)).casefold()
