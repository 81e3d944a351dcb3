"""Into which stretches of time the axis of a life is divided."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .told import Happened, Told

DAY = timedelta(days=1)
_DECEMBER = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """A year or a month of the axis, or several that are drawn together."""

    first: date
    last: date
    is_months: bool
    is_quiet: bool = False
    """Nothing that was told began in it."""


def periods_of(
    happened: Sequence[Happened], told: Told, today: date, months_from: date
) -> list[Period]:
    """Return the rows of the axis, the earliest first; none where nothing was told."""
    days = [one.first for one in happened]
    days += [one.first for one in (*told.lasted, *told.therapy)]
    days += [day for scores in told.scores for day, _ in scores.points]
    if not days:
        return []
    onsets = [one for one in happened if one.is_onset]
    return _joined(
        list(_each_period(min(days), max(today, *days), months_from)), days, onsets
    )


def _each_period(first: date, last: date, months_from: date) -> Iterable[Period]:
    """Give whole years, from the first day's, and whole months from `months_from` on."""
    begin = (
        first.replace(day=1) if first >= months_from else first.replace(month=1, day=1)
    )
    while begin <= last:
        is_months = begin >= months_from
        after = _next_month(begin) if is_months else date(begin.year + 1, 1, 1)
        if not is_months and after > months_from:
            after = months_from
        yield Period(first=begin, last=after - DAY, is_months=is_months)
        begin = after


def _next_month(day: date) -> date:
    if day.month == _DECEMBER:
        return date(day.year + 1, 1, 1)
    return date(day.year, day.month + 1, 1)


def _joined(
    periods: Sequence[Period], days: Sequence[date], onsets: Sequence[Happened]
) -> list[Period]:
    """Draw neighbours in which nothing began together."""
    joined: list[Period] = []
    ordered = sorted(days)
    for period in periods:
        is_quiet = not _any_within(period, ordered) and not any(
            one.first <= period.last and one.last >= period.first for one in onsets
        )
        before = joined[-1] if joined else None
        goes_on = is_quiet and before is not None and before.is_quiet
        if before and goes_on and before.is_months == period.is_months:
            joined[-1] = replace(before, last=period.last)
        else:
            joined.append(replace(period, is_quiet=is_quiet))
    return joined


def _any_within(period: Period, ordered: Sequence[date]) -> bool:
    """Tell whether one of these days, in their order, lies in the period."""
    place = bisect_left(ordered, period.first)
    return place < len(ordered) and ordered[place] <= period.last
