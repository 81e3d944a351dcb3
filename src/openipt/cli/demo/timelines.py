"""What happened in invented lives, with the beginning some weeks before each course."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from openipt.calendar.models import Appointment
from openipt.core.ids import new_id
from openipt.core.timeline import Event, Moment
from openipt.inventory import operations as inventory
from openipt.inventory import queries
from openipt.inventory.models import LifeEvent
from openipt.people.models import Member, Person

from .stories import Story

TOLD_IN = 2
"""The session in which the timeline is told, after the people."""
TOLD_OF_OTHERS = 0.5
"""Which part of the events they tell to whom no card leads: nobody waits for forty lives."""

YEARS, WEEKS = "years", "weeks"


@dataclass(frozen=True, kw_only=True, slots=True)
class Invented:
    """An event so many years, or weeks, before the first session."""

    title: str
    kind: str
    ago: int
    unit: str = YEARS
    season: str = ""
    """For what lies years back: a time of that year, or only the year."""
    lasted: int | None = None
    """So many of the same units; 0 goes on."""
    effect: int | None = None
    whom: tuple[str, ...] = ()
    words: str = ""


LONG_AGO = (
    Invented(title="Moved from the island to the town", kind="home", ago=24, effect=-1),
    Invented(
        title="First low time", kind="symptoms", ago=15, season="autumn", lasted=1,
        effect=-2, words="It passed by itself. I told nobody.",
    ),
    Invented(title="Met Ruth", kind="good", ago=14, season="summer", effect=3, whom=("Ruth",)),
    Invented(title="The bookshop closed", kind="work", ago=7, season="winter", effect=-2),
    Invented(title="Began in the lantern workshop", kind="work", ago=6, lasted=0, effect=1),
)  # fmt: skip
LATELY = (
    Invented(
        title="Father died", kind="loss", ago=60, unit=WEEKS, effect=-3,
        whom=("Father", "Mother"), words="We never spoke about his illness.",
    ),
    Invented(
        title="Ruth took the night shift", kind="change", ago=40, unit=WEEKS, lasted=0,
        effect=-1, whom=("Ruth",),
    ),
    Invented(
        title="The quarrel about the cancelled trip", kind="conflict", ago=20,
        unit=WEEKS, effect=-2, whom=("Ruth",),
    ),
    Invented(
        title="Sleep tablets from the family doctor", kind="medicine", ago=11,
        unit=WEEKS, lasted=5, effect=0,
    ),
    Invented(
        title="Off work for two weeks", kind="health", ago=8, unit=WEEKS, lasted=2,
        effect=1,
    ),
    Invented(title="Jo came to visit", kind="good", ago=6, unit=WEEKS, effect=2, whom=("Jo",)),
)  # fmt: skip
ONSET = Invented(
    title="Awake every night, no joy in anything", kind="symptoms", ago=14, unit=WEEKS,
    lasted=0, effect=-3, words="I noticed it when I no longer wanted to see Jo.",
)  # fmt: skip


def fill_timeline(
    story: Story,
    person: Person,
    past: Sequence[Appointment],
    *,
    by: Member,
    at: datetime,
) -> None:
    """Tell what happened in the second session; lives differ in how much there is."""
    if len(past) < TOLD_IN:
        return
    dice = random.Random(f"timeline {story.name}")  # noqa: S311 -- invented, repeatable
    told = past[TOLD_IN - 1].starts_at + timedelta(minutes=40)
    names = {tie.label: str(pk) for pk, tie in queries.ties_of(person).items()}
    kept = [
        one
        for one in (*LONG_AGO, *LATELY)
        if story.is_seen or dice.random() < TOLD_OF_OTHERS
    ]
    for one in kept:
        _add(one, story.first_on, names, person=person, by=by, at=told)
    onset = _add(ONSET, story.first_on, names, person=person, by=by, at=told)
    inventory.mark_onset(life_event=onset, by=by, at=told + timedelta(minutes=2))


def _add(
    one: Invented,
    first_on: date,
    names: Mapping[str, str],
    *,
    person: Person,
    by: Member,
    at: datetime,
) -> LifeEvent:
    when = _moment(one, first_on, one.ago)
    until = _moment(one, first_on, one.ago - one.lasted) if one.lasted else None
    event = Event(
        title=one.title,
        kind=one.kind,
        when=when,
        until=until,
        lasts=one.lasted == 0,
        effect=one.effect,
        whom=tuple(names[name] for name in one.whom if name in names),
        words=one.words,
    )
    return inventory.add_event(
        person=person, submission_id=new_id(), event=event, by=by, at=at
    )


def _moment(one: Invented, first_on: date, ago: int) -> Moment:
    if one.unit == YEARS:
        said = f"{first_on.year - ago}"
        return Moment.of(f"{said}-{one.season}" if one.season else said)
    day = first_on - timedelta(weeks=ago)
    return Moment(year=day.year, month=day.month, day=day.day if ago % 2 == 0 else None)
