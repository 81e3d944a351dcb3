"""Times that cannot be: to come, before birth, over before it began."""

from datetime import date
from typing import Literal

from .moment import Moment

Fault = Literal["to_come", "before_birth", "over_before", "no_year"]

EARLIEST, YEARS_AHEAD = 1900, 20
"""The years that are taken for years: others are of another calendar, or no years at all."""


def is_year(number: int, *, today: date) -> bool:
    """Return whether a number can be a year that somebody means."""
    return EARLIEST <= number <= today.year + YEARS_AHEAD


def faults_of(
    when: Moment | None, until: Moment | None, *, today: date, born_on: date | None
) -> dict[str, Fault]:
    """Return what cannot be about each of the two times, by "when" and "until".

    A time is only wrong where no day of it could be right.
    """
    faults: dict[str, Fault] = {}
    for name, moment in (("when", when), ("until", until)):
        if moment is None:
            continue
        if moment.first > today:
            faults[name] = "to_come"
        elif born_on is not None and moment.last < born_on:
            faults[name] = "before_birth"
    if when and until and until.last < when.first:
        faults.setdefault("until", "over_before")
    return faults
