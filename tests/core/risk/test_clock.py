"""Who is told when nobody takes an alert, and what is due after a pause."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openipt.core.risk import (
    ServiceHours,
    due_steps,
    load_policy,
    next_step,
    outcome_steps,
    steps,
)

BERLIN = ZoneInfo("Europe/Berlin")
HOURS = ServiceHours(
    zone=BERLIN, weekly=dict.fromkeys(range(5), ((time(9), time(17)),))
)
ALWAYS = ServiceHours(
    zone=BERLIN, weekly=dict.fromkeys(range(7), ((time(0), time(0)),))
)
POLICY = load_policy()


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def told(planned):
    return [(f"{s.at.astimezone(BERLIN):%a %d %H:%M}", s.to) for s in planned]


# 23 November 2026 is a Monday.
@pytest.mark.parametrize(
    ("raised", "deputy"),
    [
        ("2026-11-23T09:00", "Mon 23 13:00"),
        ("2026-11-23T12:59", "Mon 23 16:59"),
        ("2026-11-23T13:00", "Tue 24 09:30"),  # four hours end when the day does
        ("2026-11-23T16:00", "Tue 24 09:30"),
        ("2026-11-23T17:00", "Tue 24 09:30"),
        ("2026-11-24T02:00", "Tue 24 09:30"),
        ("2026-11-27T16:00", "Mon 30 09:30"),
        ("2026-11-28T12:00", "Mon 30 09:30"),
    ],
)
def test_amber_goes_to_the_deputy_after_four_hours_or_next_working_morning(
    raised, deputy
):
    planned = steps("amber", at(raised), HOURS, POLICY)

    assert [step.to for step in planned] == ["therapist", "deputy"]
    assert planned[0].at == at(raised)
    assert told(planned)[1] == (deputy, "deputy")


def test_amber_does_not_wait_for_a_morning_where_somebody_always_works():
    planned = steps("amber", at("2026-11-23T22:00"), ALWAYS, POLICY)

    assert told(planned)[1] == ("Tue 24 02:00", "deputy")


@pytest.mark.parametrize("raised", ["2026-11-23T10:00", "2026-11-22T03:00"])
def test_red_runs_by_the_clock_at_any_hour(raised):
    planned = steps("red", at(raised), HOURS, POLICY)

    assert [(step.at - at(raised), step.to) for step in planned] == [
        (timedelta(0), "therapist"),
        (timedelta(minutes=15), "deputy"),
        (timedelta(minutes=30), "supervisor"),
        (timedelta(minutes=60), "manager"),
    ]
    assert [step.repeat for step in planned] == [None] * 3 + [timedelta(minutes=30)]


@pytest.mark.parametrize(
    ("raised", "manager_utc"),
    [
        # 02:30 comes twice on 25 October 2026 and not at all on 28 March 2027.
        ("2026-10-25T02:30", "2026-10-25T01:30:00+00:00"),
        ("2027-03-28T01:30", "2027-03-28T01:30:00+00:00"),
    ],
)
def test_red_counts_true_minutes_when_the_clocks_change(raised, manager_utc):
    planned = steps("red", at(raised), HOURS, POLICY)

    assert planned[-1].at.isoformat() == manager_utc


@pytest.mark.parametrize(
    ("level", "taken", "expected"),
    [
        ("amber", "2026-11-23T10:00", "Tue 24 17:00"),
        ("amber", "2026-11-27T10:00", "Mon 30 17:00"),
        ("red", "2026-11-23T10:00", "Mon 23 12:00"),
        ("red", "2026-11-28T23:00", "Sun 29 01:00"),
    ],
)
def test_without_an_outcome_the_supervisor_is_told(level, taken, expected):
    assert told(outcome_steps(level, at(taken), HOURS, POLICY)) == [
        (expected, "supervisor")
    ]


RED = steps("red", at("2026-11-23T10:00"), HOURS, POLICY)


def names(due):
    return [f"{step.to}:{step.number}" for step in due]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23T09:59", []),
        ("2026-11-23T10:00", ["therapist:0"]),
        ("2026-11-23T10:14:59", ["therapist:0"]),
        ("2026-11-23T10:15", ["therapist:0", "deputy:0"]),
        ("2026-11-23T10:30", ["therapist:0", "deputy:0", "supervisor:0"]),
        ("2026-11-23T11:00", ["therapist:0", "deputy:0", "supervisor:0", "manager:0"]),
        ("2026-11-23T11:29", ["therapist:0", "deputy:0", "supervisor:0", "manager:0"]),
        ("2026-11-23T11:30", ["therapist:0", "deputy:0", "supervisor:0", "manager:1"]),
        ("2026-11-23T15:10", ["therapist:0", "deputy:0", "supervisor:0", "manager:8"]),
    ],
)
def test_after_a_pause_each_is_told_once_and_of_repetitions_only_the_last(
    now, expected
):
    assert names(due_steps(RED, (), at(now))) == expected


def test_what_was_done_is_not_due_again():
    now = at("2026-11-23T11:40")
    done = {step.key for step in due_steps(RED, (), now)}

    assert due_steps(RED, done, now) == ()
    assert names(due_steps(RED, done, at("2026-11-23T12:00"))) == ["manager:2"]


def test_the_next_step_is_the_first_still_to_come():
    def following(now, done=()):
        step = next_step(RED, done, at(now))
        return step and f"{step.to}:{step.number}"

    assert following("2026-11-23T09:00") == "therapist:0"
    assert following("2026-11-23T10:00") == "deputy:0"
    assert following("2026-11-23T10:20") == "supervisor:0"
    assert following("2026-11-23T10:30") == "manager:0"
    assert following("2026-11-23T11:00") == "manager:1"
    assert following("2026-11-23T12:31") == "manager:4"


def test_the_next_step_skips_what_is_done_and_ends_where_nothing_repeats():
    amber = steps("amber", at("2026-11-23T10:00"), HOURS, POLICY)

    done = {amber[1].key}
    assert next_step(amber, done, at("2026-11-23T10:00")) is None
    assert next_step(amber, (), at("2026-11-23T14:00")) is None
    assert next_step((), (), at("2026-11-23T14:00")) is None


def test_keys_of_different_clocks_never_meet():
    raised, later = at("2026-11-23T10:00"), at("2026-11-23T10:31")
    planned = [
        *steps("amber", raised, HOURS, POLICY),
        *steps("red", raised, HOURS, POLICY),
        *steps("red", later, HOURS, POLICY),
        *outcome_steps("red", raised, HOURS, POLICY),
        *outcome_steps("amber", raised, HOURS, POLICY),
    ]

    assert len({step.key for step in planned}) == len(planned)
    assert max(len(step.key) for step in planned) <= 60
    assert planned[0].key == "no_acknowledgement:amber:20261123T090000Z:therapist:0"


def test_repetitions_are_counted_from_the_first_one():
    hour = at("2026-11-23T11:00")

    assert RED[-1].repetition(0).at == hour
    assert RED[-1].repetition(3).at == hour + timedelta(minutes=90)
    assert RED[-1].repetition(2).repetition(3).at == hour + timedelta(minutes=90)


def test_a_step_without_repetition_has_none():
    with pytest.raises(ValueError, match="has no repetition 1"):
        RED[0].repetition(1)
    with pytest.raises(ValueError, match="has no repetition 0"):
        RED[-1].repetition(2).repetition(0)


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        steps("red", datetime(2026, 11, 23), HOURS, POLICY)


MOMENTS = st.datetimes(
    datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)
)


@given(MOMENTS, st.sampled_from(["amber", "red"]))
def test_steps_are_in_order_in_utc_and_never_before_the_alert(moment, level):
    for planned in (
        steps(level, moment, HOURS, POLICY),
        outcome_steps(level, moment, HOURS, POLICY),
    ):
        times = [step.at for step in planned]
        assert times == sorted(times)
        assert all(time.tzinfo is UTC and time >= moment for time in times)


@given(MOMENTS)
def test_amber_reaches_the_deputy_in_working_time_within_five_days(moment):
    deputy = steps("amber", moment, HOURS, POLICY)[1]

    assert HOURS.is_open(deputy.at)
    assert deputy.at - moment <= timedelta(days=5)


@given(
    MOMENTS,
    st.lists(st.integers(0, 400), min_size=1, max_size=12),
)
def test_a_worker_that_comes_at_any_times_tells_each_step_once(moment, pauses):
    planned = steps("red", moment, HOURS, POLICY)
    now, done, sent = moment, set(), []
    for pause in pauses:
        now += timedelta(minutes=pause)
        for step in due_steps(planned, done, now):
            assert step.at <= now
            sent.append(step.key)
            done.add(step.key)
        following = next_step(planned, done, now)
        assert following is not None
        assert following.at > now

    assert len(sent) == len(set(sent))
    for name, minutes in (("deputy", 15), ("supervisor", 30), ("manager", 60)):
        if now >= moment + timedelta(minutes=minutes):
            assert any(f":{name}:" in key for key in sent)
