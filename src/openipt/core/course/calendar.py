"""Weeks and weekly appointments of a course, by the time on the wall."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from openipt.core.wall_time import instant


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """One appointment: session `number` from 1, the wall time and the UTC instant."""

    number: int
    on_date: date
    wall_time: time
    zone: ZoneInfo
    starts_at: datetime


def week_of(starts_on: date, today: date, total: int) -> int | None:
    """Return the week of a course, 1 to `total`; None before it starts.

    Week 1 begins on the day of the first session. After the last week it stays at
    `total`. Both dates are in the zone of the service.
    """
    if today < starts_on:
        return None
    return min((today - starts_on).days // 7 + 1, total)


def appointments_on(
    starts_on: date, weekday: int, wall_time: time, zone: ZoneInfo, count: int
) -> tuple[Slot, ...]:
    """Return `count` weekly appointments, the first on or after `starts_on`.

    `weekday` is 0 for Monday to 6. The wall time stays the same when the clocks change. A
    time that the clocks skip moves forward by the skipped hour; of a time that occurs
    twice it is the first. Raises `ValueError` for a weekday or count out of range.
    """
    if not 0 <= weekday <= 6 or count < 1:
        raise ValueError(
            f"weekday {weekday} must be 0 to 6 and count {count} at least 1"
        )
    first = starts_on + timedelta(days=(weekday - starts_on.weekday()) % 7)
    return tuple(
        _slot(number, first + timedelta(weeks=number - 1), wall_time, zone)
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
