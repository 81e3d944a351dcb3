"""What a new contract would come to in the calendar."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from openipt.calendar import queries as calendar
from openipt.calendar.models import Appointment
from openipt.core.course import DAYS_OF_A_WEEK, Slot, Turn, appointments_on
from openipt.courses.models import Contract, Course


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What the two agree to from a day on; `pause` if nothing takes place until then."""

    sessions: int
    days_between: int
    minutes: int
    from_on: date
    wall_time: time
    pause: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What a change comes to: which sessions are laid anew, and what stays before them."""

    held: int
    """The last session that lies behind or took place; 0 where there is none."""
    first: int
    """The first that is laid anew; of those after it, what was recorded stays too."""
    slots: tuple[Slot, ...]
    first_on: date | None
    """The day of the very first session."""
    last_on: date | None
    before: date | None
    """The day of the session before the first that is laid anew."""

    @property
    def weeks(self) -> int | None:
        """How many weeks the course takes, from its first session to its last."""
        if self.first_on is None or self.last_on is None:
            return None
        return (self.last_on - self.first_on).days // DAYS_OF_A_WEEK + 1

    @property
    def gap(self) -> int | None:
        """How many days lie before the first session that is laid anew."""
        if self.before is None or not self.slots:
            return None
        return (self.slots[0].on_date - self.before).days


def outcome_of(course: Course, change: Change, at: datetime) -> Outcome:
    """Return what a change comes to in the calendar of a course."""
    gone = Appointment.State.CANCELLED
    rows = calendar.appointments_of([course.series_id]).get(course.series_id, [])
    waiting = [row for row in rows if _waits(row, at)]
    recorded = [row for row in rows if row not in waiting and row.state != gone]
    moving = [row for row in waiting if change.pause or row.on_date >= change.from_on]
    staying = [row for row in waiting if row not in moving]
    kept = {row.number: row.on_date for row in (*recorded, *staying)}
    # A session can be cancelled late long before its day: those before it still wait.
    least = min((row.number for row in moving), default=max(kept, default=0) + 1)
    first = max((number for number in kept if number < least), default=0) + 1
    slots = tuple(
        slot for slot in _slots(course, change, first) if slot.number not in kept
    )
    days = [on for number, on in kept.items() if number <= change.sessions]
    days += [slot.on_date for slot in slots]
    behind = [row.number for row in recorded if _lies_behind(row, at)]
    return Outcome(
        held=max(behind, default=0),
        first=first,
        slots=slots,
        first_on=min(days, default=None),
        last_on=max(days, default=None),
        before=kept.get(first - 1),
    )


def next_day_of(course: Course, at: datetime) -> date | None:
    """Return the day of the next session that is planned, None where none is."""
    rows = calendar.appointments_of([course.series_id]).get(course.series_id, [])
    return next((row.on_date for row in rows if _waits(row, at)), None)


def turns_of(contract: Contract, change: Change, outcome: Outcome) -> list[Turn]:
    """Return the days on which the rhythm changed, with this change."""
    began: Turn = [contract.first_on.isoformat(), 1, contract.days_between]
    before = [turn for turn in contract.turns or [began] if turn[1] < outcome.first]
    if not outcome.slots:
        return before
    on = outcome.slots[0].on_date.isoformat()
    return [*before, [on, outcome.first, change.days_between]]


def _slots(course: Course, change: Change, first: int) -> tuple[Slot, ...]:
    count = change.sessions - first + 1
    if count < 1:
        return ()
    laid = appointments_on(
        change.from_on,
        change.from_on.weekday(),
        change.wall_time,
        ZoneInfo(course.series.zone),
        count,
        days_between=change.days_between,
    )
    return tuple(replace(slot, number=slot.number + first - 1) for slot in laid)


def _waits(row: Appointment, at: datetime) -> bool:
    return row.state == Appointment.State.PLANNED and row.starts_at > at


def _lies_behind(row: Appointment, at: datetime) -> bool:
    return row.starts_at <= at or row.state == Appointment.State.ATTENDED
