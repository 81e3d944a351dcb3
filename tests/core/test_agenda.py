"""The agenda of a session: its order, its minutes, what it leaves out."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openipt.core.agenda import MeasureChange, Situation, agenda, share_minutes
from openipt.core.protocols import load_variants, phase_at

COLUMBIA = load_variants()["ipt_individual_columbia"]
EVERYTHING = Situation(
    session_number=6,
    total_sessions=16,
    minutes=50,
    open_alerts=1,
    measures=(MeasureChange(name="PHQ-9", last=11, previous=13),),
    tasks=("Ask Tomas before Friday",),
    shared=("2 hard moments, the first: the cancelled weekend",),
)
NOTHING = Situation(session_number=6, total_sessions=16, minutes=50)


def points(session, situation):
    return agenda(COLUMBIA, phase_at(COLUMBIA, session, 16), situation)


def kinds(session, situation):
    return [item.kind for item in points(session, situation)]


def test_safety_is_first_then_symptoms_tasks_what_they_shared_and_the_phase():
    assert kinds(6, EVERYTHING) == [
        "risk",
        "measures",
        "tried",
        "shared",
        "phase",
        "phase",
        "phase",
        "closing",
    ]


def test_what_is_not_there_has_no_point():
    assert kinds(6, NOTHING) == ["phase", "phase", "phase", "closing"]


@pytest.mark.parametrize("session", [1, 3, 6, 14, 16])
@pytest.mark.parametrize("minutes", [10, 44, 45, 50, 60, 90])
@pytest.mark.parametrize("situation", [EVERYTHING, NOTHING], ids=["full", "empty"])
def test_minutes_add_up_to_the_session(session, minutes, situation):
    items = points(session, replace(situation, minutes=minutes))

    assert sum(item.minutes for item in items) == minutes
    assert all(item.minutes >= 1 for item in items)


def test_their_own_lines_come_with_the_point_they_belong_to():
    notes = {item.key: item.notes for item in points(6, EVERYTHING)}

    assert notes["measures"] == ("PHQ-9: 11 (\N{MINUS SIGN}2)",)
    assert notes["tried"] == EVERYTHING.tasks
    assert notes["shared"] == EVERYTHING.shared


@pytest.mark.parametrize(
    ("last", "previous", "line"),
    [
        (None, 13, "PHQ-9: –"),
        (11, None, "PHQ-9: 11"),
        (11, 11, "PHQ-9: 11 (±0)"),
        (13, 11, "PHQ-9: 13 (+2)"),
    ],
)
def test_a_measure_in_figures(last, previous, line):
    measure = MeasureChange(name="PHQ-9", last=last, previous=previous)

    (item, *_) = points(6, replace(NOTHING, measures=(measure,)))

    assert item.notes == (line,)


def test_tasks_of_a_phase_follow_one_another_over_its_sessions():
    first = points(1, NOTHING)[:-1]
    done = frozenset(item.key for item in first)
    second = points(2, replace(NOTHING, done_tasks=done))[:-1]

    assert [item.key for item in first] == ["name_diagnosis", "look_at_score"]
    assert [item.key for item in second] == ["sick_role", "inventory"]


def test_the_end_is_spoken_of_in_every_session_of_the_ending():
    done = frozenset({"speak_of_the_end", "review_gains", "why_better"})

    keys = [item.key for item in points(15, replace(NOTHING, done_tasks=done))]

    assert keys == ["speak_of_the_end", "plan_for_return", "maintenance", "closing"]


def test_tasks_that_nobody_read_in_a_source_are_left_out():
    phase = COLUMBIA.phase("middle")
    unread = replace(
        phase, tasks=tuple(replace(t, verified=False) for t in phase.tasks)
    )

    assert [item.kind for item in agenda(COLUMBIA, unread, NOTHING)] == ["closing"]


def test_the_closing_says_where_the_course_is():
    closing = points(6, NOTHING)[-1]

    assert str(closing.why) == "Say where you are: session 6 of 16."


def test_a_session_without_minutes_is_refused():
    with pytest.raises(ValueError, match="0 minutes"):
        replace(NOTHING, minutes=0)


@pytest.mark.parametrize(
    ("weights", "minutes", "expected"),
    [
        ([1, 1], 10, [5, 5]),
        ([1, 1, 1], 10, [4, 3, 3]),
        ([10, 5, 5], 23, [11, 6, 6]),
        ([5, 5, 5], 2, [1, 1, 0]),
        ([5, 5, 5], 3, [1, 1, 1]),
    ],
)
def test_minutes_are_shared_by_weight(weights, minutes, expected):
    assert share_minutes(weights, minutes) == expected


@given(st.lists(st.integers(1, 60), min_size=1, max_size=12), st.integers(1, 180))
def test_shared_minutes_always_add_up(weights, minutes):
    shares = share_minutes(weights, minutes)

    assert sum(shares) == minutes
    assert all(share >= (minutes >= len(weights)) for share in shares)
