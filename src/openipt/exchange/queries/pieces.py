"""What a record that is taken away is made of."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One thing that is known: a stable key, its name in words, and what it says."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """Something written or answered at an instant; None where it has none."""

    title: str
    at: datetime | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """Items of one sort, the oldest first."""

    key: str
    title: str
    items: tuple[Item, ...]


def fact(key: str, label: str, value: object) -> Fact:
    """Return one thing that is known."""
    return Fact(key=key, label=label, value=str(value))


def facts(*several: tuple[str, str, object]) -> tuple[Fact, ...]:
    """Return those that say something."""
    return tuple(fact(*one) for one in several if one[2] not in {None, ""})
