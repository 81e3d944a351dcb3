"""From the wall to the instant around the changes of the clocks."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from openipt.core.wall_time import instant, on_the_wall

BERLIN = ZoneInfo("Europe/Berlin")
GAP, FOLD = date(2027, 3, 28), date(2026, 10, 25)


@pytest.mark.parametrize(
    ("on_date", "wall", "hour", "minute"),
    [
        (date(2026, 10, 24), time(17), 15, 0),
        (date(2026, 10, 26), time(17), 16, 0),
        (GAP, time(1, 59), 0, 59),
        (GAP, time(2), 1, 0),
        (GAP, time(2, 30), 1, 30),
        (GAP, time(3), 1, 0),
        (FOLD, time(1, 59), 23, 59),
        (FOLD, time(2, 30), 0, 30),
        (FOLD, time(2, 30, fold=1), 0, 30),
        (FOLD, time(3), 2, 0),
    ],
)
def test_instant_in_berlin(on_date, wall, hour, minute):
    at = instant(on_date, wall, BERLIN)

    assert at.tzinfo is UTC
    assert (at.hour, at.minute) == (hour, minute)


def test_a_skipped_time_moves_forward_by_the_hour():
    assert on_the_wall(instant(GAP, time(2, 30), BERLIN), BERLIN).time() == time(3, 30)


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="has no time zone"):
        on_the_wall(datetime(2026, 1, 1), BERLIN)
