"""A phase that needs something opens by hand; the rest follows the calendar."""

import pytest

from openipt.core.protocols import load_variants, phase_open, phase_to_open

COLUMBIA = load_variants()["ipt_individual_columbia"]


@pytest.mark.parametrize(
    ("session", "opened", "phase"),
    [
        (1, "", "initial"),
        (6, "", "initial"),
        (13, "", "initial"),
        (14, "", "ending"),
        (2, "middle", "middle"),
        (6, "middle", "middle"),
        (14, "middle", "ending"),
        (6, "no such phase", "initial"),
    ],
)
def test_where_a_course_stands(session, opened, phase):
    assert phase_open(COLUMBIA, session, 16, opened).key == phase


def test_only_what_needs_something_opens_by_hand():
    initial, middle, ending = COLUMBIA.phases
    assert phase_to_open(COLUMBIA, initial) == middle
    assert phase_to_open(COLUMBIA, middle) is None
    assert phase_to_open(COLUMBIA, ending) is None
