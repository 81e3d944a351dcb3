"""Who is at which stage: the plan of the demo's courses."""

import random
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from .cast import invented

HOURS = (time(9), time(10), time(11, 30), time(13), time(14), time(15), time(16))
FIVE_O_CLOCK = time(17)
LINEAGES = ("columbia", "uk", "iowa")
WEEKS = {"columbia": (12, 14, 16), "uk": (16,), "iowa": (12, 14, 16)}
SHAPES = (
    "steady_gain",
    "sudden_gain",
    "slow_gain",
    "steady_gain",
    "no_change",
    "steady_gain",
    "worse",
)
AS_AGREED, NO_CONTACT, NOT_HELPED = "as_agreed", "no_contact", "not_helped"
ENDINGS = {20: AS_AGREED, 35: NOT_HELPED, 38: AS_AGREED, 39: NO_CONTACT}
"""Whose course lies behind them."""
ENDED_AGO = {20: 10}
"""So many weeks ago; the others ended lately. Their maintenance has begun."""
OTHER_WAYS: dict[int, dict[str, Any]] = {
    8: {"variant": "ipt_brief", "weeks": 8, "held": 5},
    14: {
        "variant": "ipsrt", "weeks": 20, "held": 9, "life": "rhythm",
        "condition": "bipolar_disorder", "prescriber": "Dr Fern",
    },
    17: {
        "variant": "ipt_perinatal", "weeks": 12, "held": 6, "life": "birth",
        "condition": "postpartum_depression",
    },
}  # fmt: skip
"""Whose course is another one than those of the three schools."""
CONDITIONS = ("depression", "depression", "depression", "anxiety")


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """One invented person's course. `held` sessions lie behind them; -1 begins next week."""

    email: str
    name: str
    therapist: str
    variant: str
    condition: str
    weeks: int
    held: int
    first_on: date
    wall_time: time
    shape: str
    start: int
    told: dict[str, Any]
    answers_lately: bool = True
    has_alert: bool = False
    ending: str = ""
    """How it ended: as agreed, without help, or the key of the reason for an early ending."""
    ended_ago: int = 0
    """So many weeks ago."""
    prescriber: str = ""

    @property
    def is_seen(self) -> bool:
        """Whether a card of the demo leads to the person or what they wrote."""
        return self.has_alert or self.email.startswith("person")


def stories(today: date, dice: random.Random) -> list[Story]:
    """Return forty courses: three that the cards lead to, the rest spread over all weeks."""
    names = list(_names(dice))
    told = _told()
    tomorrow = today + timedelta(days=1)
    first = [
        _one(
            names[0], told[0], email="person@demo.example", therapist="therapist",
            variant=_school("columbia"), weeks=16, held=5, next_on=tomorrow,
            wall_time=FIVE_O_CLOCK, shape="steady_gain", start=18, answers_lately=False,
        ),
        _one(
            names[1], told[2], email="person2@demo.example", therapist="therapist",
            variant=_school("uk"), weeks=16, held=13, next_on=today + timedelta(days=2),
            wall_time=time(9), shape="sudden_gain", start=15,
        ),
        _one(
            names[2], told[1], email="someone-3@demo.example", therapist="therapist",
            variant=_school("columbia"), weeks=12, held=3, next_on=today + timedelta(days=1),
            wall_time=time(10), shape="worse", start=17, has_alert=True,
        ),
    ]  # fmt: skip
    return first + [
        _spread(place, names[place], told[place % len(told)], today, dice)
        for place in range(3, 40)
    ]


def others(today: date) -> list[Story]:
    """Return the courses of the second service."""
    told = _told()
    names = ("Wilma Reedhaven", "Osric Tidewell", "Pia Gullfinch")
    emails = (
        "person@other.example",
        "someone-51@other.example",
        "someone-52@other.example",
    )
    return [
        _one(
            name, told[place + 1], email=emails[place], therapist="therapist",
            variant=_school(LINEAGES[place]), weeks=16, held=(4, 9, 1)[place],
            next_on=today + timedelta(days=place + 1), wall_time=HOURS[place],
            shape=SHAPES[place], start=16 + place,
        )
        for place, name in enumerate(names)
    ]  # fmt: skip


def _spread(
    place: int, name: str, told: dict[str, Any], today: date, dice: random.Random
) -> Story:
    lineage = LINEAGES[place % 3]
    weeks = dice.choice(WEEKS[lineage])
    ending = ENDINGS.get(place, "")
    held = min((place - 4) % (weeks + 2) - 1, weeks - 1)
    ago = ENDED_AGO.get(place, 0)
    if ending:
        held = 6 if ending == NO_CONTACT else weeks + 1 + ago
    lane = (place - 3) // 3
    way: dict[str, Any] = {
        "variant": _school(lineage),
        "weeks": weeks,
        "held": held,
        "condition": CONDITIONS[place % len(CONDITIONS)],
        **OTHER_WAYS.get(place, {}),
    }
    return _one(
        name,
        _told_of(way.pop("life")) if "life" in way else told,
        **way,
        email=f"someone-{place + 1}@demo.example",
        therapist=("deputy", "third", "therapist")[place % 3],
        next_on=_weekday(today + timedelta(days=1), lane % 5),
        wall_time=HOURS[2 + lane // 5],
        shape="no_change" if ending == NOT_HELPED else SHAPES[place % len(SHAPES)],
        start=dice.randint(11, 23),
        answers_lately=place % 6 != 0,
        ending=ending,
        ended_ago=ago,
    )


def _school(lineage: str) -> str:
    return f"ipt_individual_{lineage}"


def _told() -> list[dict[str, Any]]:
    """Return the stories that fit every way of working."""
    return [one for one in invented()["stories"] if not one.get("only")]


def _told_of(life: str) -> dict[str, Any]:
    told: list[dict[str, Any]] = invented()["stories"]
    return next(one for one in told if one["life"]["key"] == life)


def _one(
    name: str,
    told: dict[str, Any],
    *,
    held: int,
    next_on: date,
    condition: str = "depression",
    **rest: Any,
) -> Story:
    weeks_back = max(held, 0)
    ahead = 1 if held < 0 else 0
    return Story(
        name=name,
        told=told,
        held=held,
        condition=condition,
        first_on=next_on - timedelta(weeks=weeks_back - ahead),
        **rest,
    )


def _weekday(after: date, weekday: int) -> date:
    """Return the first such weekday (Monday 0) from a day on."""
    return after + timedelta(days=(weekday - after.weekday()) % 7)


def _names(dice: random.Random) -> list[str]:
    pool = invented()["names"]
    last = pool["last"] * 2
    return [
        f"{first} {last[(place * 7 + dice.randint(0, 3)) % len(last)]}"
        for place, first in enumerate(pool["first"])
    ]
