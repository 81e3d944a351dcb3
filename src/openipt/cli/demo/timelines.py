"""What happened in invented lives, with the beginning some weeks before each course."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

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
SAME = ("title", "kind", "season", "lasted", "effect", "words")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip


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


MAIN, ONSET, LOST = "main", "onset", "lost"
"""Told in every life; the beginning of the illness; who died."""


def events_of(story: Story) -> list[tuple[dict[str, Any], Invented]]:
    """Return what happened in the life of a story, with what its row says besides."""
    return [(row, _invented(row)) for row in story.told["life"]["events"]]


def day_of_loss(story: Story, label: str) -> str:
    """Return month and year in which somebody of this life died, in words; "" if not told."""
    for row, one in events_of(story):
        if row.get(LOST) == label:
            day = story.first_on - timedelta(weeks=one.ago)
            return f"{MONTHS[day.month - 1]} {day.year}"
    return ""


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
    for row, one in events_of(story):
        is_main = row.get(MAIN) or row.get(ONSET)
        if not (story.is_seen or is_main or dice.random() < TOLD_OF_OTHERS):
            continue
        event = _add(one, story.first_on, names, person=person, by=by, at=told)
        if row.get(ONSET):
            at_last = told + timedelta(minutes=2)
            inventory.mark_onset(life_event=event, by=by, at=at_last)


def _invented(row: Mapping[str, Any]) -> Invented:
    unit = YEARS if YEARS in row else WEEKS
    same = {key: row[key] for key in SAME if key in row}
    return Invented(ago=row[unit], unit=unit, whom=tuple(row.get("whom", ())), **same)


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
