"""Service hours, and when the next person is told. Everything that comes out is UTC.

The waits are those of the policy, whose values are defaults of the service's own policy.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from openipt.core.measures import Level
from openipt.core.wall_time import instant, on_the_wall

from .policy import EscalationPolicy, PolicyStep, Recipient

_MIDNIGHT = time(0)
_A_YEAR = 366
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceHours:
    """When somebody at the service reads.

    `weekly` gives for each weekday (0 is Monday) the openings as wall times, from and
    until; an opening that ends at 00:00 lasts to the end of the day. Holidays are closed
    all day; a missing holiday list means that every day counts as working. The service
    must be open at some time of the week, or no escalation could wait for a working day.
    """

    zone: ZoneInfo
    weekly: Mapping[int, tuple[tuple[time, time], ...]]
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if not any(self.weekly.values()):
            raise ValueError("the service must be open at some time of the week")
        for weekday, openings in self.weekly.items():
            _check_day(weekday, openings)

    def openings_on(self, day: date) -> tuple[tuple[time, time], ...]:
        """Return the openings of a date, none on a holiday."""
        if day in self.holidays:
            return ()
        return self.weekly.get(day.weekday(), ())

    def is_open(self, at: datetime) -> bool:
        """Return whether an instant lies within the hours, breaks excluded."""
        here = on_the_wall(at, self.zone)
        return any(
            opens <= here.time() and (here.time() < closes or closes == _MIDNIGHT)
            for opens, closes in self.openings_on(here.date())
        )

    def is_working(self, at: datetime) -> bool:
        """Return whether an instant lies between a day's first opening and last closing."""
        here = on_the_wall(at, self.zone)
        openings = self.openings_on(here.date())
        if not openings:
            return False
        closes = openings[-1][1]
        late = here.time() >= closes and closes != _MIDNIGHT
        return openings[0][0] <= here.time() and not late

    def next_opening(self, at: datetime) -> datetime:
        """Return `at` itself if the service is open then, else when it opens next."""
        if self.is_open(at):
            return at.astimezone(UTC)
        return next(
            opening
            for day in self._working_days(from_day=on_the_wall(at, self.zone).date())
            for opens, _ in self._openings_or_weekly(day)
            if (opening := instant(day, opens, self.zone)) > at
        )

    def next_morning(self, at: datetime, morning: time) -> datetime:
        """Return the next working day's morning after an instant.

        Not before the day's first opening, and today's if it is still to come.
        """
        return next(
            starts
            for day in self._working_days(from_day=on_the_wall(at, self.zone).date())
            if (starts := self._morning_of(day, morning)) > at
        )

    def end_of_next_working_day(self, at: datetime) -> datetime:
        """Return the last closing of the first working day after the date of `at`."""
        today = on_the_wall(at, self.zone).date()
        day = next(self._working_days(from_day=today + _DAY))
        closes = self._openings_or_weekly(day)[-1][1]
        after = day + _DAY if closes == _MIDNIGHT else day
        return instant(after, closes, self.zone)

    def _morning_of(self, day: date, morning: time) -> datetime:
        first = self._openings_or_weekly(day)[0][0]
        return instant(day, max(first, morning), self.zone)

    def _working_days(self, *, from_day: date) -> Iterator[date]:
        """Go through the working days from a date on.

        If holidays close a whole year the list is wrong: then the weekdays alone count, so
        that an alert never waits forever.
        """
        days = [from_day + timedelta(days=n) for n in range(_A_YEAR)]
        yield from (day for day in days if self.openings_on(day))
        yield from (day for day in days if self._openings_or_weekly(day))

    def _openings_or_weekly(self, day: date) -> tuple[tuple[time, time], ...]:
        return self.openings_on(day) or self.weekly.get(day.weekday(), ())


def _check_day(weekday: int, openings: tuple[tuple[time, time], ...]) -> None:
    if not 0 <= weekday <= 6:
        raise ValueError(f"weekday {weekday} is not from 0 (Monday) to 6")
    for opens, closes in openings:
        if closes != _MIDNIGHT and closes <= opens:
            raise ValueError(f"an opening from {opens} until {closes} has no length")
    for (_, closes), (opens, _) in pairwise(openings):
        if closes == _MIDNIGHT or opens < closes:
            raise ValueError(f"the opening at {opens} starts before {closes}")


StepReason = Literal["no_acknowledgement", "no_outcome"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """Somebody who has to be told at an instant.

    `since` is when the clock started; `number` counts the repetitions from 0. `key` names
    the step for good: a worker that runs twice finds it among those already done, while a
    reopened alert, or one that became red, starts a clock with keys of its own.
    """

    at: datetime
    to: Recipient
    level: Level
    reason: StepReason
    since: datetime
    number: int = 0
    repeat: timedelta | None = None

    @property
    def key(self) -> str:
        """A name such as `no_outcome:red:20261122T101500Z:supervisor:0`, up to 60 long."""
        since = on_the_wall(self.since, UTC).strftime("%Y%m%dT%H%M%SZ")
        return f"{self.reason}:{self.level}:{since}:{self.to}:{self.number}"

    def repetition(self, number: int) -> "Step":
        """Return a later repetition of a repeating step; raises `ValueError` otherwise."""
        if self.repeat is None or number < self.number:
            raise ValueError(f"{self.key} has no repetition {number}")
        later = self.at + self.repeat * (number - self.number)
        return replace(self, at=later, number=number)


def steps(
    level: Level, raised_at: datetime, hours: ServiceHours, policy: EscalationPolicy
) -> tuple[Step, ...]:
    """Return who is told as long as nobody acknowledges, in order of time.

    Red runs by the clock at any hour: what is sent at night lies there and is logged, and
    the person is told plainly that nobody reads now. Amber waits for the working day.
    """
    start = _Start(level=level, reason="no_acknowledgement", since=raised_at)
    return _timed(start, policy.no_acknowledgement, hours, policy.morning)


def outcome_steps(
    level: Level,
    acknowledged_at: datetime,
    hours: ServiceHours,
    policy: EscalationPolicy,
) -> tuple[Step, ...]:
    """Return who is told as long as an acknowledged alert has no outcome."""
    start = _Start(level=level, reason="no_outcome", since=acknowledged_at)
    return _timed(start, policy.no_outcome, hours, policy.morning)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Start:
    """Which clock runs, and since when."""

    level: Level
    reason: StepReason
    since: datetime


def _timed(
    start: _Start, lines: Iterable[PolicyStep], hours: ServiceHours, morning: time
) -> tuple[Step, ...]:
    found = [
        Step(
            at=_when(line, start.since, hours, morning),
            to=line.to,
            level=start.level,
            reason=start.reason,
            since=on_the_wall(start.since, UTC),
            repeat=line.repeat,
        )
        for line in lines
        if line.level == start.level
    ]
    return tuple(sorted(found, key=lambda step: step.at))


def _when(
    line: PolicyStep, since: datetime, hours: ServiceHours, morning: time
) -> datetime:
    elapsed = on_the_wall(since, UTC) + line.after
    if line.wait == "elapsed":
        return elapsed
    if line.wait == "end_of_next_working_day":
        return hours.end_of_next_working_day(since)
    if not hours.is_working(since):
        return hours.next_morning(since, morning)
    if not hours.is_working(elapsed):
        return hours.next_morning(elapsed, morning)
    return elapsed


def due_steps(
    planned: Iterable[Step], already_done: Collection[str], now: datetime
) -> tuple[Step, ...]:
    """Return what has to be told now, in order of time.

    `already_done` holds the keys of earlier steps. After a pause of the worker each
    recipient gets one message: of missed repetitions only the last is due.
    """
    found = (_latest(step, now) for step in planned if step.at <= now)
    due = (step for step in found if not _is_done(step, already_done))
    return tuple(sorted(due, key=lambda step: step.at))


def next_step(
    planned: Iterable[Step], already_done: Collection[str], now: datetime
) -> Step | None:
    """Return the first step that is still to come after `now`; None if there is none."""
    ahead = [_first_after(step, now) for step in planned]
    open_steps = [
        step for step in ahead if step.at > now and not _is_done(step, already_done)
    ]
    return min(open_steps, key=lambda step: step.at, default=None)


def _latest(step: Step, now: datetime) -> Step:
    """Return the last repetition that has come by `now`."""
    if step.repeat is None:
        return step
    return step.repetition(step.number + (now - step.at) // step.repeat)


def _first_after(step: Step, now: datetime) -> Step:
    """Return the first repetition that comes after `now`, or the step itself."""
    if step.repeat is None or step.at > now:
        return step
    return step.repetition(_latest(step, now).number + 1)


def _is_done(step: Step, already_done: Collection[str]) -> bool:
    return step.key in already_done
