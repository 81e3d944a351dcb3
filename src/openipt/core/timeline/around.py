"""What happened around the onset: the year before it, and the months after."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TypeVar

from .model import Event

BEFORE = timedelta(days=365)
AFTER = timedelta(days=92)
"""Our selection of what to look at first; it says nothing about causes."""

_T = TypeVar("_T")


def around(several: Iterable[_T], event: Callable[[_T], Event]) -> list[_T]:
    """Return what was begun, was over, or may have been near the onset, in order.

    `event` gives the event of each. Without an onset there is nothing around it.
    """
    found = sorted(several, key=lambda one: event(one).when.order)
    onset = next((event(one).when for one in found if event(one).is_onset), None)
    if onset is None:
        return []
    first, last = _bounds(onset.first, onset.last)
    return [
        one
        for one in found
        if not event(one).is_onset and _is_near(event(one), first, last)
    ]


def _bounds(first: date, last: date) -> tuple[date, date]:
    return first - BEFORE, last + AFTER


def _is_near(event: Event, first: date, last: date) -> bool:
    moments = [event.when] + ([event.until] if event.until else [])
    return any(one.last >= first and one.first <= last for one in moments)
