"""What chance decides about one invented course, before any row of it is made."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from openipt.cli.demo.cast import invented
from openipt.core.course import Slot, appointments_on
from openipt.core.ids import new_id
from openipt.core.protocols import Variant, load_variants

from . import plan
from .staff import ZONE, Place

WEEKS, MINUTES = 16, 50
SESSIONS = 12
"""How many sessions took place, each with a signed note."""
MOST_AWAY = 3
"""How many more may have been missed or cancelled on the day."""
AFTER_A_SESSION = timedelta(minutes=55)
JOINED_EARLIER = timedelta(days=5)
OPEN_ALERT, CLOSED_ALERT = 99, 49
"""Of a hundred courses, these two have an alert."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Life:
    """One course: who, where, when, and its story."""

    number: int
    place: Place
    member_id: UUID
    person_id: UUID
    course_id: UUID
    care_id: UUID
    series_id: UUID
    name: str
    variant: Variant
    story: dict[str, Any]
    dice: random.Random
    slots: Sequence[Slot]
    past: int
    """How many of the sessions lie behind."""
    held: tuple[int, ...]
    """Numbers of those that took place, from 1."""

    @property
    def owner(self) -> dict[str, Any]:
        """What every row about the person carries."""
        return {"service_id": self.place.service_id, "person_id": self.person_id}

    @property
    def therapist_id(self) -> UUID:
        return self.place.therapist_id

    @property
    def began(self) -> datetime:
        return self.slots[0].starts_at - JOINED_EARLIER

    def starts(self, number: int) -> datetime:
        """Return when session `number` begins."""
        return self.slots[number - 1].starts_at

    def after(self, number: int) -> datetime:
        """Return when session `number` is over."""
        return self.starts(number) + AFTER_A_SESSION

    @property
    def alert(self) -> str:
        """Return whether a risk was answered: `open`, `closed` or nothing."""
        return {OPEN_ALERT: "open", CLOSED_ALERT: "closed"}.get(self.number % 100, "")


def begin(number: int, place: Place, *, seat: int) -> Life:
    """Return course `number`; `seat` is its place in the therapist's week."""
    dice = plan.dice_of(place.seed, number)
    past = SESSIONS + dice.randint(0, MOST_AWAY)
    pool, variants = invented(), list(load_variants().values())
    first, last = pool["names"]["first"], pool["names"]["last"]
    return Life(
        number=number,
        place=place,
        member_id=new_id(),
        person_id=new_id(),
        course_id=new_id(),
        care_id=new_id(),
        series_id=new_id(),
        name=f"{dice.choice(first)} {dice.choice(last)}",
        variant=variants[number % len(variants)],
        story=pool["stories"][number % len(pool["stories"])],
        dice=dice,
        slots=_slots(place, seat, past),
        past=past,
        held=(1, *sorted(dice.sample(range(2, past + 1), SESSIONS - 1))),
    )


def _slots(place: Place, seat: int, past: int) -> Sequence[Slot]:
    weekday, wall_time = plan.hour_of(seat, place.seats)
    zone = ZoneInfo(ZONE)
    today = place.at.astimezone(zone).date()
    following = today + timedelta(days=(weekday - today.weekday()) % 7)
    first_on = following - timedelta(weeks=past)
    return appointments_on(first_on, weekday, wall_time, zone, WEEKS)
