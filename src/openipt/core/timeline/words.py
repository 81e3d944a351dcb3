"""Times within words that somebody typed: "spring 2019", "24.12.2018", "2019 and 2021"."""

import re
from datetime import date
from typing import NamedTuple

from .when import Fault, is_year

_TIME = re.compile(
    r"\b(?:(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})"
    r"|(?P<iso_year>\d{4})-(?P<iso_month>\d{1,2})(?:-(?P<iso_day>\d{1,2}))?"
    r"|(?P<only_year>\d{4}))\b"
)


class Days(NamedTuple):
    """The first and the last day that a time in words can mean."""

    first: date
    last: date


def days_in(words: str) -> Days | None:
    """Return what the times in words span together, None where there is none.

    Years alone and dates in numbers are read, in the digits of any script; the rest of
    the words may say anything.
    """
    found = [days for one in _TIME.finditer(words) if (days := _days_of(one))]
    if not found:
        return None
    return Days(min(one.first for one in found), max(one.last for one in found))


def fault_of_words(words: str, *, today: date, born_on: date | None) -> Fault | None:
    """Return what cannot be about a time in words: one that is to come, or before birth.

    What stands where a year would be and is none, as in another calendar, is "no_year".
    """
    for one in _TIME.finditer(words):
        days = _days_of(one)
        if days is None:
            continue
        if not is_year(days.first.year, today=today):
            return "no_year"
        if days.first > today:
            return "to_come"
        if born_on is not None and days.last < born_on:
            return "before_birth"
    return None


def _days_of(found: re.Match[str]) -> Days | None:
    year, month, day = (
        int(found[name] or found[f"iso_{name}"] or 0)
        for name in ("year", "month", "day")
    )
    year = year or int(found["only_year"] or 0)
    if year == 0:
        return None
    try:
        if day:
            return Days(date(year, month, day), date(year, month, day))
        if month:
            after = date(year + month // 12, month % 12 + 1, 1)
            return Days(date(year, month, 1), date.fromordinal(after.toordinal() - 1))
    except ValueError:
        pass  # No such day: what is left is the year.
    return Days(date(year, 1, 1), date(year, 12, 31))
