"""Change between two scores, with ties exactly where the rules put them."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openipt.core.measures import load_measures
from openipt.core.outcomes import (
    below_cutoff,
    change,
    is_case,
    recovered,
    reliable_change_index,
)

PHQ9 = load_measures()["phq9"]
GAD7 = load_measures()["gad7"]


@pytest.mark.parametrize(
    ("measure", "first", "last", "kind"),
    [
        (PHQ9, 18, 13, "none"),
        (PHQ9, 18, 12, "better"),
        (PHQ9, 18, 11, "better"),
        (PHQ9, 12, 17, "none"),
        (PHQ9, 12, 18, "worse"),
        (PHQ9, 12, 19, "worse"),
        (PHQ9, 0, 0, "none"),
        (PHQ9, 27, 0, "better"),
        (PHQ9, 0, 27, "worse"),
        (GAD7, 12, 9, "none"),
        (GAD7, 12, 8, "better"),
        (GAD7, 12, 7, "better"),
        (GAD7, 8, 11, "none"),
        (GAD7, 8, 12, "worse"),
        (GAD7, 8, 13, "worse"),
    ],
)
def test_reliable_change_counts_from_its_threshold_on(measure, first, last, kind):
    changed = change(measure, first, last)

    assert (changed.kind, changed.points) == (kind, last - first)


def test_change_names_its_threshold_and_source():
    assert change(PHQ9, 10, 10).threshold == 6
    assert change(GAD7, 10, 10).threshold == 4
    assert "NHS" in change(PHQ9, 10, 10).source


@pytest.mark.parametrize(
    ("measure", "total", "case"),
    [
        (PHQ9, 9, False),
        (PHQ9, 10, True),
        (PHQ9, 11, True),
        (GAD7, 7, False),
        (GAD7, 8, True),
        (GAD7, 9, True),
    ],
)
def test_the_cutoff_itself_is_a_case(measure, total, case):
    assert is_case(measure, total) is case
    assert below_cutoff(measure, total) is not case


@pytest.mark.parametrize(
    ("measure", "first", "last", "expected"),
    [
        (PHQ9, 15, 9, True),
        (PHQ9, 15, 10, False),  # still a case
        (PHQ9, 14, 9, False),  # five points are no reliable change
        (PHQ9, 10, 4, True),
        (PHQ9, 9, 0, None),  # no case at first
        (GAD7, 11, 7, True),
        (GAD7, 12, 8, False),
        (GAD7, 10, 7, False),
        (GAD7, 7, 0, None),
    ],
)
def test_recovery_needs_caseness_a_cutoff_crossed_and_reliable_change(
    measure, first, last, expected
):
    assert recovered(measure, first, last) is expected


@given(st.integers(0, 27), st.integers(0, 27))
def test_better_one_way_is_worse_the_other(first, last):
    mirror = {"better": "worse", "worse": "better", "none": "none"}

    assert change(PHQ9, last, first).kind == mirror[change(PHQ9, first, last).kind]


def test_reliable_change_index_by_hand():
    # SD 5.5, r .84: standard error of a difference 5.5 * 0.4 * sqrt(2) = 3.111
    index = reliable_change_index(18, 12, sd=5.5, reliability=0.84)

    assert index == pytest.approx(-6 / (5.5 * 0.4 * sqrt(2)))
    assert index == pytest.approx(-1.9285, abs=1e-4)


@pytest.mark.parametrize(
    ("sd", "reliability", "points"),
    [(5.5, 0.84, 6.1), (5.5, 0.86, 5.7), (5.0, 0.92, 3.9)],
)
def test_points_that_are_reliable_at_95_percent(sd, reliability, points):
    index = reliable_change_index(0, 1, sd=sd, reliability=reliability)

    assert 1.96 / index == pytest.approx(points, abs=0.05)


@pytest.mark.parametrize(
    ("sd", "reliability"), [(0, 0.8), (-1, 0.8), (5, 1), (5, -0.1)]
)
def test_impossible_spread_or_reliability_is_refused(sd, reliability):
    with pytest.raises(ValueError, match="sd must be above 0"):
        reliable_change_index(1, 2, sd=sd, reliability=reliability)
