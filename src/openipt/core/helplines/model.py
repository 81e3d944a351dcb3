"""A suggested help number, and one that has been replaced."""

import re
from dataclasses import dataclass

from .numbers import fault_of_number

_COUNTRY = re.compile(r"[A-Z]{2}")


def _check(country: str, *numbers: str) -> None:
    if not _COUNTRY.fullmatch(country):
        raise ValueError(f"{country!r} is not a country of two capital letters")
    for number in numbers:
        if fault_of_number(number):
            raise ValueError(f"{number!r} is not a number one can dial")


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """A line that an administrator may take over and then has to check."""

    country: str
    name: str
    number: str
    hours: str
    note: str
    source: str

    def __post_init__(self) -> None:
        _check(self.country, self.number)


@dataclass(frozen=True, kw_only=True, slots=True)
class Retired:
    """A number that still stands in old lists, and the one that took its place."""

    country: str
    number: str
    instead: str
    source: str

    def __post_init__(self) -> None:
        _check(self.country, self.number, self.instead)
