"""What was done with the feeling, week by week: the pattern that shows over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol, TypeVar

from .page import Moment, page_of

WEEKS_SHOWN = 8
_A_WEEK = timedelta(days=7)


class Page(Protocol):
    """A page of the journal, as far as it is needed here."""

    happened_on: date
    content: Any


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekMarks:
    """The moments of one week, for a row of marks."""

    happened_on: date
    moments: tuple[Moment, ...]


_AnyPage = TypeVar("_AnyPage", bound=Page)


def current_of(pages: Sequence[_AnyPage], today: date) -> _AnyPage | None:
    """Return the page of the running seven days, or None; `pages` are newest first."""
    newest = pages[0] if pages else None
    return newest if newest and newest.happened_on > today - _A_WEEK else None


def pattern_of(pages: Sequence[Page]) -> tuple[WeekMarks, ...]:
    """Return the last weeks, the oldest first; nothing before there are two to compare."""
    shown = [
        WeekMarks(happened_on=page.happened_on, moments=page_of(page.content).moments)
        for page in pages[:WEEKS_SHOWN]
    ]
    return tuple(reversed(shown)) if len(shown) > 1 else ()
