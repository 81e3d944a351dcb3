"""What stands before each row of a timeline."""

from datetime import date

import pytest

from openipt.core.charts.timeline import Row
from openipt.home.queries.timeline import _label


@pytest.mark.parametrize(
    ("first", "last", "is_months", "label"),
    [
        ("2019-01-01", "2019-12-31", False, "2019"),
        ("2012-01-01", "2018-12-31", False, "2012 – 2018"),
        ("2025-01-01", "2025-06-30", False, "Jan – Jun 2025"),
        ("2021-01-01", "2025-06-30", False, "2021 – Jun 2025"),
        ("2026-03-01", "2026-03-31", True, "Mar 2026"),
        ("2026-03-01", "2026-05-31", True, "Mar – May 2026"),
        ("2025-12-01", "2026-01-31", True, "Dec 2025 – Jan 2026"),
    ],
)
def test_a_row_says_which_time_it_is(first, last, is_months, label):
    row = Row(
        first=date.fromisoformat(first), last=date.fromisoformat(last),
        is_months=is_months, is_quiet=False, is_onset=False,
        keys=(), bars=(), therapy=(), curves=(), dots=(),
    )  # fmt: skip

    assert _label(row) == label
