"""The alert's states: every pair of them, and what closing needs."""

from itertools import product

import pytest

from openipt.core.risk import (
    ALERT_STATES,
    ALERT_STEPS,
    OPEN_ALERT_STATES,
    WAITING_ALERT_STATES,
    may_close,
    may_go,
)

ALLOWED = {
    ("raised", "shown"),
    ("raised", "notified"),
    ("raised", "acknowledged"),
    ("shown", "notified"),
    ("shown", "acknowledged"),
    ("notified", "acknowledged"),
    ("acknowledged", "contacted"),
    ("acknowledged", "could_not_reach"),
    ("could_not_reach", "contacted"),
    ("could_not_reach", "assessed"),
    ("contacted", "assessed"),
    ("assessed", "closed"),
    ("closed", "raised"),
    ("acknowledged", "raised"),
    ("contacted", "raised"),
    ("could_not_reach", "raised"),
    ("assessed", "raised"),
}


@pytest.mark.parametrize(("state", "to"), list(product(ALERT_STATES, repeat=2)))
def test_only_the_named_steps_are_allowed(state, to):
    assert may_go(state, to) is ((state, to) in ALLOWED)


def test_every_state_has_a_way_out_and_nothing_leads_out_of_the_table():
    assert set(ALERT_STEPS) == set(ALERT_STATES)
    assert all(ALERT_STEPS.values())
    assert {to for steps in ALERT_STEPS.values() for to in steps} <= set(ALERT_STATES)


@pytest.mark.parametrize(("state", "to"), [("lost", "closed"), ("raised", "lost")])
def test_an_unknown_state_goes_nowhere(state, to):
    assert not may_go(state, to)


@pytest.mark.parametrize("state", ALERT_STATES)
def test_closing_needs_an_assessment_and_a_written_outcome(state):
    assert may_close(state, "Spoke with her; safety plan renewed.") is (
        state == "assessed"
    )
    assert not may_close(state, "")
    assert not may_close(state, "  \n")


def test_an_alert_is_open_until_it_is_closed_and_waits_until_it_is_taken():
    assert set(ALERT_STATES) - OPEN_ALERT_STATES == {"closed"}
    assert sorted(WAITING_ALERT_STATES) == ["notified", "raised", "shown"]
