"""The agenda of a session: its order, its minutes, what it leaves out."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openipt.core.agenda import (
    FocusWork,
    MeasureChange,
    Situation,
    agenda,
    arranged,
    share_minutes,
    snapshot,
)
from openipt.core.protocols import load_variants, phase_at, phase_sessions
from openipt.core.sentences import Sentence

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
    met = replace(situation, session_number=session)
    return agenda(COLUMBIA, phase_at(COLUMBIA, session, 16), met)


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
    assert all(item.minutes >= (minutes >= len(items)) for item in items)


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
    done, met = frozenset(), []
    for session in (1, 2, 3):
        items = points(session, replace(NOTHING, done_tasks=done))[:-1]
        met.append([item.task for item in items])
        done |= {item.task for item in items}

    assert met == [
        ["name_diagnosis", "look_at_score", "sick_role"],
        ["inventory", "timeline", "link_onset"],
        ["choose_focus", "formulation", "contract"],
    ]


def test_the_end_is_spoken_of_in_every_session_of_the_ending():
    done = frozenset({"speak_of_the_end", "review_gains", "why_better"})

    items = points(15, replace(NOTHING, done_tasks=done))

    assert [item.task or item.key for item in items] == [
        "speak_of_the_end",
        "plan_for_return",
        "maintenance",
        "closing",
    ]


def test_a_phase_that_lags_behind_takes_up_first_what_the_next_one_waits_for():
    second, last = points(2, NOTHING)[:-1], points(3, NOTHING)[:-1]

    assert [item.task for item in second] == [
        "name_diagnosis", "look_at_score", "sick_role", "inventory", "timeline",
    ]  # fmt: skip
    assert [item.task for item in last] == [
        "inventory", "choose_focus", "formulation", "contract",
        "name_diagnosis", "look_at_score", "sick_role", "timeline", "link_onset",
    ]  # fmt: skip


def test_what_is_open_in_the_last_session_of_a_phase_is_all_there():
    items = points(16, NOTHING)[:-1]

    assert [item.task for item in items] == [
        task.key for task in COLUMBIA.phases[-1].shown_tasks
    ]


@pytest.mark.parametrize("variant", load_variants().values(), ids=lambda one: one.id)
def test_what_is_done_as_it_is_shown_has_all_been_shown_when_the_phase_ends(variant):
    for total in range(variant.sessions.least, variant.sessions.most + 1):
        done, offered = frozenset(), set()
        for span in phase_sessions(variant, total):
            for session in range(span.first, span.last + 1):
                met = Situation(
                    session_number=session,
                    total_sessions=total,
                    minutes=50,
                    done_tasks=done,
                )
                tasks = {item.task for item in agenda(variant, span.phase, met)} - {""}
                once = {
                    task.key
                    for task in span.phase.shown_tasks
                    if not task.every_session
                }
                still_open = once - done
                assert len(tasks & still_open) >= min(len(still_open), 2) or any(
                    session < first for first in span.phase.from_session.values()
                )
                offered |= tasks
                done |= tasks & once

            missing = {task.key for task in span.phase.shown_tasks} - offered
            assert not missing, (total, span.phase.key, missing)


def test_the_last_session_says_goodbye_and_no_other_does():
    titles = [str(points(session, NOTHING)[-1].title) for session in (1, 15, 16)]

    assert titles[0] == titles[1] == "Agree what to try until you meet again"
    assert titles[2] == "Say what each of you takes along, and say goodbye"


def test_the_first_session_does_not_ask_what_was_since_they_last_met():
    why = [
        (str(item.why), bool(item.source))
        for session in (1, 2)
        for item in points(session, EVERYTHING)
        if item.kind == "measures"
    ]

    assert why == [
        ("How have things been lately?", False),
        ("How have things been since you last met?", True),
    ]


@pytest.mark.parametrize("session", [6, 14])
def test_the_order_is_the_same_with_a_focus_and_without(session):
    foci = (FocusWork(area=COLUMBIA.area("grief")),)

    bare = [item.task for item in points(session, NOTHING)]
    met = [
        "work_on_focus" if item.kind == "focus" else item.task
        for item in points(session, replace(NOTHING, foci=foci))
    ]

    assert met == bare
    if session == 6:
        assert bare[:2] == ["link_mood_and_event", "work_on_focus"]


@pytest.mark.parametrize("variant", load_variants().values(), ids=lambda one: one.id)
def test_the_focus_never_comes_before_the_link_between_mood_and_events(variant):
    foci = tuple(FocusWork(area=area) for area in variant.shown_areas[:1])
    total = variant.usual_sessions
    for session in range(1, total + 1):
        met = Situation(
            session_number=session, total_sessions=total, minutes=50, foci=foci
        )
        keys = [
            item.kind if item.kind == "focus" else item.task
            for item in agenda(variant, phase_at(variant, session, total), met)
        ]
        for link in ("link_mood_and_event", "group_link_week"):
            if link in keys and "focus" in keys:
                assert keys.index(link) < keys.index("focus")


def test_what_was_written_of_a_focus_stands_with_it():
    area = COLUMBIA.area("role_transition")
    details = tuple((Sentence(one.label), f"{one.key}!") for one in area.details)

    (item,) = [
        item
        for item in points(
            6, replace(NOTHING, foci=(FocusWork(area=area, details=details),))
        )
        if item.kind == "focus"
    ]

    assert item.details == details
    assert item.opens == "focus"


def test_no_name_of_a_task_takes_the_place_of_safety():
    phase = COLUMBIA.phase("middle")
    named = replace(phase.tasks[0], key="risk", title="Weigh the risk of a move")
    phase = replace(phase, tasks=(named, *phase.tasks[1:]))
    variant = replace(COLUMBIA, phases=(COLUMBIA.phases[0], phase, COLUMBIA.phases[2]))
    items = agenda(variant, phase, replace(NOTHING, open_alerts=1))

    rows = arranged(items, snapshot(arranged(items, None)))

    assert [row.item.kind for row in rows] == [item.kind for item in items]
    assert rows[0].item.kind == "risk"
    assert len({row.item.key for row in rows}) == len(rows)


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
