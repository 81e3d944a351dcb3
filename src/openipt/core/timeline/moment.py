"""A time as people remember it: a year, a season or month of it, or a day."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

Season = Literal["spring", "summer", "autumn", "winter"]
SEASONS: tuple[Season, ...] = get_args(Season)

FIRST_YEAR = 1900
_FIRST_MONTH: dict[Season, int] = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_DECEMBER = 12
_SAID = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:(?P<season>[a-z]+)|(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?))?"
)
_YEAR = re.compile(r"\b[0-9]{4}\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A time no more precise than it was said.

    A season is three months, told as in the north of the world; the winter of a year
    begins in its December. Raises `ValueError` for what no calendar has.
    """

    year: int
    season: Season | None = None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year < date.max.year:
            raise ValueError(f"{self.year} is not a year of a life")
        if self.season is not None and self.season not in SEASONS:
            raise ValueError(f"{self.season!r} is not a season")
        if self.season is not None and self.month is not None:
            raise ValueError("it is a season or a month, not both")
        if self.day is not None and self.month is None:
            raise ValueError("a day belongs to a month")
        if self.month is not None:
            date(self.year, self.month, 1 if self.day is None else self.day)

    @classmethod
    def of(cls, said: str) -> "Moment":
        """Return the moment of "2019", "2019-spring", "2019-03" or "2019-03-03".

        Raises `ValueError` for anything else.
        """
        found = _SAID.fullmatch(said)
        if found is None:
            raise ValueError(f"{said!r} is not a year, season, month or day")
        season = found["season"]
        if season is not None and season not in SEASONS:
            raise ValueError(f"{season!r} is not a season")
        return cls(
            year=int(found["year"]),
            season=season,
            month=int(found["month"]) if found["month"] else None,
            day=int(found["day"]) if found["day"] else None,
        )

    def __str__(self) -> str:
        """Return what `of` reads."""
        if self.season:
            return f"{self.year:04}-{self.season}"
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    @property
    def first(self) -> date:
        """The first day it can have been."""
        if self.season:
            return date(self.year, _FIRST_MONTH[self.season], 1)
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day it can have been."""
        if self.day is not None:
            return self.first
        if self.season:
            return _end_of_month(self.year, _FIRST_MONTH[self.season] + 2)
        return _end_of_month(self.year, self.month or _DECEMBER)

    @property
    def order(self) -> tuple[date, int]:
        """What to sort by: what began earlier, and then what lasts longer, comes first."""
        return self.first, -(self.last - self.first).days


def year_in(words: str) -> int | None:
    """Return the year in words such as "spring 2019", None where there is none."""
    found = _YEAR.search(words)
    return int(found[0]) if found else None


def _end_of_month(year: int, month: int) -> date:
    """Return the last day of a month; the thirteenth is the January after."""
    year, month = year + (month - 1) // _DECEMBER, (month - 1) % _DECEMBER + 1
    return date(year, month, monthrange(year, month)[1])
