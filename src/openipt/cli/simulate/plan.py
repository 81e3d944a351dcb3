"""What is made, in which order, and how it is known again: plain arithmetic on numbers.

Course `n` belongs to caseload `n // 40`, caseload `c` to service `c // 10`. Every id
follows from the seed and these numbers, so that a run that was interrupted goes on where
it stopped, and the same seed gives the same rows.
"""

import random
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal, get_args
from uuid import UUID

from openipt.core.ids import repeatable_ids

MOST_COURSES = 1_000_000
MOST_SEED = 2**31 - 1
COURSES_OF_A_THERAPIST = 40
THERAPISTS_OF_A_SERVICE = 10
DAYS_A_WEEK = 5

_MARK = int.from_bytes(b"simula") << 80 | 0x8 << 76 | 0b10 << 62
"""Version 8 (RFC 9562) with a word of ours: no id that the product makes begins so."""
_NUMBERS = 31
"""Bits below the seed's; both fit into the last 62 of an id."""

Kind = Literal["service", "therapist", "course", "dice"]
_KINDS = get_args(Kind)
_BEGAN_EARLIER: dict[str, timedelta] = {
    "service": timedelta(days=450),
    "therapist": timedelta(days=440),
    "course": timedelta(days=400),
}
_IDS_OF: dict[str, int] = {"service": 40, "therapist": 40, "course": 400}
"""Milliseconds between two of a kind: each id takes one, so ids keep the order made in."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Courses `first` to `last`, both counted, of one therapist: one transaction."""

    caseload: int
    first: int
    last: int

    @property
    def service(self) -> int:
        return self.caseload // THERAPISTS_OF_A_SERVICE

    @property
    def is_new_therapist(self) -> bool:
        return self.first % COURSES_OF_A_THERAPIST == 0

    @property
    def is_new_service(self) -> bool:
        return self.is_new_therapist and self.caseload % THERAPISTS_OF_A_SERVICE == 0

    @property
    def numbers(self) -> range:
        return range(self.first, self.last + 1)


def batches(made: int, wanted: int) -> Iterator[Batch]:
    """Yield what is still to be made when `made` courses are there."""
    while made < wanted:
        caseload = made // COURSES_OF_A_THERAPIST
        last = min((caseload + 1) * COURSES_OF_A_THERAPIST, wanted) - 1
        yield Batch(caseload=caseload, first=made, last=last)
        made = last + 1


def marked_id(seed: int, number: int) -> UUID:
    """Return the id that says: made by `simulate`, with this seed, as this number."""
    return UUID(int=_MARK | seed << _NUMBERS | number)


def seed_of(marked: UUID) -> int | None:
    """Return the seed that an id carries; None if it was not made here."""
    if marked.int >> 62 != _MARK >> 62:
        return None
    return (marked.int & (1 << 62) - 1) >> _NUMBERS


def ids_of(
    kind: Kind, seed: int, number: int, at: datetime
) -> AbstractContextManager[None]:
    """Let every id inside follow from seed, kind and number; nothing else has the same."""
    began = _milliseconds(at - _BEGAN_EARLIER[kind]) + number * _IDS_OF[kind]
    return repeatable_ids(_mixed(kind, seed, number), began)


def dice_of(seed: int, number: int) -> random.Random:
    """Return the dice that decide how course `number` runs."""
    return random.Random(_mixed("dice", seed, number))  # noqa: S311 -- invented, repeatable


def hour_of(place: int, of: int) -> tuple[int, time]:
    """Return weekday and wall time of one of so many weekly sessions, from 8 to 18."""
    a_day = -(-of // DAYS_A_WEEK)
    minutes = 8 * 60 + (place // DAYS_A_WEEK) * (600 // a_day)
    return place % DAYS_A_WEEK, time(minutes // 60, minutes % 60)


def _mixed(kind: Kind, seed: int, number: int) -> int:
    return (seed * len(_KINDS) + _KINDS.index(kind)) << 32 | number


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
