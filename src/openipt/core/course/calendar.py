"""Appointments of a course by the time on the wall, and which one a day belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from openipt.core.wall_time import instant

DAYS_OF_A_WEEK = 7

Turn: TypeAlias = "Sequence[Any]"
"""A day as in "2026-11-26", the session that is on it, and the days between from there on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """One appointment: session `number` from 1, the wall time and the UTC instant."""

    number: int
    on_date: date
    wall_time: time
    zone: ZoneInfo
    starts_at: datetime


def session_by(
    starts_on: date,
    today: date,
    total: int,
    days_between: int = DAYS_OF_A_WEEK,
    turns: Sequence[Turn] = (),
) -> int | None:
    """Return which session of a course the calendar has reached; None before it starts.

    From 1 to `total`, one for every `days_between` days: in a weekly course it is the week.
    After the last one it stays at `total`. Both dates are in the zone of the service.
    `turns` are the days on which another contract gave the course another rhythm.
    """
    if today < starts_on:
        return None
    began, number, apart, most = starts_on, 1, days_between, total
    for on, session, days in turns:
        if date.fromisoformat(on) > today:
            most = min(most, session - 1)
            break
        began, number, apart = date.fromisoformat(on), session, days
    return max(1, min((today - began).days // apart + number, most))


def age_on(born_on: date, on: date) -> int:
    """Return how old somebody is on a day, in whole years; a leap day counts on 1 March."""
    before_birthday = (on.month, on.day) < (born_on.month, born_on.day)
    return on.year - born_on.year - before_birthday


def appointments_on(
    starts_on: date,
    weekday: int,
    wall_time: time,
    zone: ZoneInfo,
    count: int,
    *,
    days_between: int = DAYS_OF_A_WEEK,
) -> tuple[Slot, ...]:
    """Return `count` appointments, the first on or after `starts_on`.

    The others follow every `days_between` days, in a weekly course always on the weekday.

    `weekday` is 0 for Monday to 6. The wall time stays the same when the clocks change. A
    time that the clocks skip moves forward by the skipped hour; of a time that occurs
    twice it is the first. Raises `ValueError` for a
    weekday, count or rhythm out of range.
    """
    if not 0 <= weekday <= 6 or count < 1 or days_between < 1:
        raise ValueError(
            f"weekday {weekday} must be 0 to 6, count {count} and days_between "
            f"{days_between} at least 1"
        )
    first = starts_on + timedelta(days=(weekday - starts_on.weekday()) % 7)
    return tuple(
        _slot(
            number, first + timedelta(days=days_between * (number - 1)), wall_time, zone
        )
        for number in range(1, count + 1)
    )


def _slot(number: int, on_date: date, wall_time: time, zone: ZoneInfo) -> Slot:
    return Slot(
        number=number,
        on_date=on_date,
        wall_time=wall_time,
        zone=zone,
        starts_at=instant(on_date, wall_time, zone),
    )
