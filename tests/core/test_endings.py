"""When an ending comes into view, and the two bars of before and after."""

import pytest

from openipt.core.charts import pair
from openipt.core.course import ending_is_near, load_early_reasons


@pytest.mark.parametrize(
    ("session", "near"),
    [(None, False), (1, False), (12, False), (13, True), (16, True), (17, True)],
)
def test_the_ending_comes_into_view_three_sessions_before_the_last(session, near):
    assert ending_is_near(session, 16) is near


def test_only_staying_away_asks_for_a_try_to_reach_somebody():
    asks = [reason.key for reason in load_early_reasons().values() if reason.outreach]

    assert asks == ["no_contact"]


def test_bars_reach_over_the_whole_range():
    drawn = pair(27, 0, lowest=0, highest=27, width=300)

    assert (drawn.before, drawn.after) == ("300", "0")


def test_half_of_a_range_that_does_not_begin_at_nought_is_half_a_bar():
    assert pair(10, 15, lowest=5, highest=15, width=100).before == "50"


@pytest.mark.parametrize("scores", [(28, 0), (0, -1)])
def test_a_score_outside_its_range_is_refused(scores):
    with pytest.raises(ValueError, match="must lie in 0 to 27"):
        pair(*scores, lowest=0, highest=27)


def test_a_range_without_room_is_refused():
    with pytest.raises(ValueError, match="is empty"):
        pair(1, 1, lowest=1, highest=1)
