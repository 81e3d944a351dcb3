"""Weeks, weekly appointments and states of a course."""

from datetime import UTC, date, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openipt.core.course import (
    COURSE_STATES,
    OPEN_COURSE_STATES,
    appointments_on,
    may_go,
    session_by,
)

BERLIN = ZoneInfo("Europe/Berlin")
START = date(2026, 10, 15)
THURSDAY, SUNDAY = 3, 6


@pytest.mark.parametrize(
    ("days", "week"),
    [
        (-1, None),
        (0, 1),
        (6, 1),
        (7, 2),
        (13, 2),
        (14, 3),
        (104, 15),
        (105, 16),
        (111, 16),
        (112, 16),
        (1000, 16),
    ],
)
def test_week_begins_on_the_day_of_the_first_session(days, week):
    assert session_by(START, START + timedelta(days=days), 16) == week


def starts(slots):
    return [slot.starts_at.isoformat() for slot in slots]


def test_five_in_the_afternoon_stays_when_summer_time_ends():
    slots = appointments_on(START, THURSDAY, time(17), BERLIN, 3)

    assert starts(slots) == [
        "2026-10-15T15:00:00+00:00",
        "2026-10-22T15:00:00+00:00",
        "2026-10-29T16:00:00+00:00",
    ]
    assert [slot.number for slot in slots] == [1, 2, 3]


def test_a_skipped_time_moves_forward_and_only_that_day():
    slots = appointments_on(date(2027, 3, 21), SUNDAY, time(2, 30), BERLIN, 3)

    assert [f"{s.starts_at.astimezone(BERLIN):%d %H:%M}" for s in slots] == [
        "21 02:30",
        "28 03:30",
        "04 02:30",
    ]
    assert {slot.wall_time for slot in slots} == {time(2, 30)}


def test_a_time_that_comes_twice_is_the_first():
    slots = appointments_on(date(2026, 10, 25), SUNDAY, time(2, 30), BERLIN, 2)

    assert starts(slots) == ["2026-10-25T00:30:00+00:00", "2026-11-01T01:30:00+00:00"]


@pytest.mark.parametrize(
    ("weekday", "first"),
    [(3, "2026-10-15"), (4, "2026-10-16"), (2, "2026-10-21"), (0, "2026-10-19")],
)
def test_the_first_is_on_or_after_the_start(weekday, first):
    (slot,) = appointments_on(START, weekday, time(9), BERLIN, 1)

    assert slot.on_date.isoformat() == first


@pytest.mark.parametrize(("weekday", "count"), [(-1, 1), (7, 1), (0, 0)])
def test_impossible_slots_are_refused(weekday, count):
    with pytest.raises(ValueError, match="must be 0 to 6"):
        appointments_on(START, weekday, time(9), BERLIN, count)


@given(
    st.dates(date(2026, 1, 1), date(2028, 1, 1)),
    st.integers(0, 6),
    st.times().filter(lambda t: t.hour not in {0, 1, 2, 3}),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata"]).map(
        ZoneInfo
    ),
)
def test_a_year_of_appointments_keeps_weekday_and_wall_time(start, weekday, wall, zone):
    slots = appointments_on(start, weekday, wall, zone, 52)

    for slot in slots:
        here = slot.starts_at.astimezone(zone)
        assert slot.starts_at.tzinfo is UTC
        assert (here.weekday(), here.time()) == (weekday, wall)
        assert here.date() == slot.on_date >= start
        assert session_by(slots[0].on_date, slot.on_date, 52) == slot.number


ALLOWED = {
    ("invited", "active"),
    ("invited", "not_begun"),
    ("active", "ended"),
    ("active", "ended_early"),
}


@pytest.mark.parametrize(("state", "to"), list(product(COURSE_STATES, repeat=2)))
def test_only_the_named_steps_are_allowed(state, to):
    assert may_go(state, to) is ((state, to) in ALLOWED)


def test_unknown_states_go_nowhere_and_two_are_open():
    assert not may_go("lost", "active")
    assert sorted(OPEN_COURSE_STATES) == ["active", "invited"]


@pytest.mark.parametrize(
    ("days_after", "session"), [(0, 1), (27, 1), (28, 2), (56, 3), (5000, 24)]
)
def test_a_monthly_course_counts_every_four_weeks(days_after, session):
    begun = date(2026, 1, 5)

    reached = session_by(begun, begun + timedelta(days=days_after), 24, 28)

    assert reached == session


def test_appointments_keep_another_rhythm_than_the_week():
    slots = appointments_on(
        date(2026, 11, 24), 1, time(10), ZoneInfo("Europe/Berlin"), 3, days_between=28
    )

    assert [slot.on_date for slot in slots] == [
        date(2026, 11, 24), date(2026, 12, 22), date(2027, 1, 19),
    ]  # fmt: skip
