"""Service hours by the time on the wall, also when the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openipt.core.risk import ServiceHours

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = ((time(9), time(17)),)
WEEK = ServiceHours(zone=BERLIN, weekly=dict.fromkeys(range(5), OFFICE))
BREAKS = ServiceHours(
    zone=BERLIN, weekly={0: ((time(10), time(12)), (time(13), time(16)))}
)
LATE = ServiceHours(zone=BERLIN, weekly={4: ((time(18), time(0)),)})
ALWAYS = ServiceHours(
    zone=BERLIN, weekly=dict.fromkeys(range(7), ((time(0), time(0)),))
)


def at(text, zone=BERLIN):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def wall(instant):
    return f"{instant.astimezone(BERLIN):%a %d %H:%M}"


# 23 November 2026 is a Monday.
@pytest.mark.parametrize(
    ("hours", "moment", "is_open", "is_working"),
    [
        (WEEK, "2026-11-23T08:59:59", False, False),
        (WEEK, "2026-11-23T09:00", True, True),
        (WEEK, "2026-11-23T16:59:59", True, True),
        (WEEK, "2026-11-23T17:00", False, False),
        (WEEK, "2026-11-22T12:00", False, False),
        (BREAKS, "2026-11-23T09:59", False, False),
        (BREAKS, "2026-11-23T12:30", False, True),
        (BREAKS, "2026-11-23T13:00", True, True),
        (BREAKS, "2026-11-23T16:00", False, False),
        (LATE, "2026-11-27T23:59:59", True, True),
        (LATE, "2026-11-27T17:59", False, False),
        (LATE, "2026-11-28T00:00", False, False),
        (ALWAYS, "2026-11-28T03:00", True, True),
    ],
)
def test_open_and_working(hours, moment, is_open, is_working):
    assert hours.is_open(at(moment)) is is_open
    assert hours.is_working(at(moment)) is is_working


@pytest.mark.parametrize(
    ("hours", "moment", "opens"),
    [
        (WEEK, "2026-11-23T12:00", "Mon 23 12:00"),
        (WEEK, "2026-11-23T07:00", "Mon 23 09:00"),
        (WEEK, "2026-11-23T17:00", "Tue 24 09:00"),
        (WEEK, "2026-11-27T18:00", "Mon 30 09:00"),
        (BREAKS, "2026-11-23T12:00", "Mon 23 13:00"),
        (BREAKS, "2026-11-23T16:00", "Mon 30 10:00"),
        (LATE, "2026-11-28T00:00", "Fri 04 18:00"),
    ],
)
def test_next_opening(hours, moment, opens):
    assert wall(hours.next_opening(at(moment))) == opens


@pytest.mark.parametrize(
    ("hours", "moment", "morning"),
    [
        (WEEK, "2026-11-22T23:00", "Mon 23 09:30"),
        (WEEK, "2026-11-23T07:00", "Mon 23 09:30"),
        (WEEK, "2026-11-23T09:29", "Mon 23 09:30"),
        (WEEK, "2026-11-23T09:30", "Tue 24 09:30"),
        (WEEK, "2026-11-27T09:31", "Mon 30 09:30"),
        (BREAKS, "2026-11-22T12:00", "Mon 23 10:00"),
    ],
)
def test_next_morning_is_never_before_the_first_opening(hours, moment, morning):
    assert wall(hours.next_morning(at(moment), time(9, 30))) == morning


@pytest.mark.parametrize(
    ("hours", "moment", "end"),
    [
        (WEEK, "2026-11-23T10:00", "Tue 24 17:00"),
        (WEEK, "2026-11-23T03:00", "Tue 24 17:00"),
        (WEEK, "2026-11-27T10:00", "Mon 30 17:00"),
        (WEEK, "2026-11-29T10:00", "Mon 30 17:00"),
        (BREAKS, "2026-11-22T10:00", "Mon 23 16:00"),
        (LATE, "2026-11-26T10:00", "Sat 28 00:00"),
    ],
)
def test_end_of_next_working_day(hours, moment, end):
    assert wall(hours.end_of_next_working_day(at(moment))) == end


def test_a_holiday_is_closed_and_skipped():
    hours = ServiceHours(
        zone=BERLIN, weekly=WEEK.weekly, holidays=frozenset({date(2026, 11, 24)})
    )

    assert not hours.is_open(at("2026-11-24T10:00"))
    assert not hours.is_working(at("2026-11-24T10:00"))
    assert wall(hours.next_opening(at("2026-11-23T18:00"))) == "Wed 25 09:00"
    assert (
        wall(hours.next_morning(at("2026-11-23T18:00"), time(9, 30))) == "Wed 25 09:30"
    )
    assert wall(hours.end_of_next_working_day(at("2026-11-23T10:00"))) == "Wed 25 17:00"


def test_a_holiday_list_that_closes_everything_never_makes_an_alert_wait_forever():
    days = {date(2026, 11, 1) + timedelta(days=n) for n in range(800)}
    hours = ServiceHours(zone=BERLIN, weekly=WEEK.weekly, holidays=frozenset(days))

    assert wall(hours.next_opening(at("2026-11-22T10:00"))) == "Mon 23 09:00"
    assert (
        wall(hours.next_morning(at("2026-11-22T10:00"), time(9, 30))) == "Mon 23 09:30"
    )
    assert wall(hours.end_of_next_working_day(at("2026-11-22T10:00"))) == "Mon 23 17:00"


@pytest.mark.parametrize(
    ("moment", "opens_utc"),
    [
        # Sunday 25 October 2026 has 25 hours, Sunday 28 March 2027 has 23.
        ("2026-10-23T18:00", "2026-10-26T08:00:00+00:00"),
        ("2026-10-22T18:00", "2026-10-23T07:00:00+00:00"),
        ("2027-03-26T18:00", "2027-03-29T07:00:00+00:00"),
        ("2027-03-25T18:00", "2027-03-26T08:00:00+00:00"),
    ],
)
def test_opening_stays_at_nine_on_the_wall_when_the_clocks_change(moment, opens_utc):
    assert WEEK.next_opening(at(moment)).isoformat() == opens_utc


def test_an_opening_at_a_skipped_time_moves_forward():
    night = ServiceHours(zone=BERLIN, weekly={6: ((time(2, 30), time(6)),)})

    opens = night.next_opening(at("2027-03-27T12:00"))

    assert wall(opens) == "Sun 28 03:30"
    assert night.is_open(opens)


def test_an_hour_that_comes_twice_is_open_both_times():
    night = ServiceHours(zone=BERLIN, weekly={6: ((time(2), time(3)),)})

    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    assert night.is_open(first)
    assert night.is_open(first + timedelta(hours=1))
    assert not night.is_open(first + timedelta(hours=2))


@pytest.mark.parametrize(
    ("weekly", "said"),
    [
        ({}, "open at some time of the week"),
        ({0: ()}, "open at some time of the week"),
        ({7: OFFICE}, "weekday 7 is not from 0"),
        ({-1: OFFICE}, "weekday -1 is not from 0"),
        ({0: ((time(9), time(9)),)}, "has no length"),
        ({0: ((time(17), time(9)),)}, "has no length"),
        ({0: ((time(9), time(12)), (time(11), time(13)))}, "starts before 12:00"),
        ({0: ((time(9), time(0)), (time(11), time(13)))}, "starts before 00:00"),
    ],
)
def test_impossible_hours_are_refused(weekly, said):
    with pytest.raises(ValueError, match=said):
        ServiceHours(zone=BERLIN, weekly=weekly)


def test_openings_may_touch():
    ServiceHours(zone=BERLIN, weekly={0: ((time(9), time(12)), (time(12), time(13)))})


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        WEEK.is_open(datetime(2026, 11, 23, 10))


ZONES = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]
).map(ZoneInfo)
MOMENTS = st.datetimes(
    datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)
)
DAYS = st.sets(st.integers(0, 6), min_size=1)
HOLIDAYS = st.frozensets(st.dates(date(2026, 1, 1), date(2028, 1, 1)), max_size=30)


@given(ZONES, MOMENTS, DAYS, HOLIDAYS)
def test_the_next_opening_is_open_and_nothing_is_open_before_it(
    zone, moment, days, holidays
):
    hours = ServiceHours(
        zone=zone, weekly=dict.fromkeys(days, OFFICE), holidays=holidays
    )

    opens = hours.next_opening(moment)

    assert opens >= moment
    assert opens.tzinfo is UTC
    assert hours.is_open(opens)
    if opens > moment:
        assert not hours.is_open(moment)
        between = moment + (opens - moment) / 2
        assert not hours.is_open(between)
        assert opens.astimezone(zone).time() == time(9)


@given(ZONES, MOMENTS, DAYS, HOLIDAYS)
def test_morning_and_end_of_day_lie_ahead_on_working_days(zone, moment, days, holidays):
    hours = ServiceHours(
        zone=zone, weekly=dict.fromkeys(days, OFFICE), holidays=holidays
    )

    morning = hours.next_morning(moment, time(9, 30))
    end = hours.end_of_next_working_day(moment)

    assert moment < morning
    assert moment < end
    assert morning.astimezone(zone).time() == time(9, 30)
    assert end.astimezone(zone).time() == time(17)
    assert hours.is_open(morning)
    assert hours.is_open(end - timedelta(minutes=1))
