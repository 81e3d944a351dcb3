"""The rows of a timeline: every day has one, quiet times are one, nothing is lost."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openipt.core.charts import Happened, Scores, Stretch, Told, timeline
from openipt.core.charts.periods import DAY
from openipt.core.charts.timeline import COLUMN, EDGE, LANE

TODAY = date(2026, 11, 22)
MONTHS = date(2026, 8, 13)


def at(key, first, last=None, **more):
    first = date.fromisoformat(first)
    last = date.fromisoformat(last) if last else first
    return Happened(key=key, first=first, last=last, **more)


def stretch(key, first, last=None):
    return Stretch(
        key=key,
        first=date.fromisoformat(first),
        last=date.fromisoformat(last) if last else None,
    )


def drawn(*happened, **more):
    return timeline(Told(happened=happened, **more), today=TODAY, months_from=MONTHS)


def spans(drawing):
    return [
        (str(row.first), str(row.last), row.is_quiet, row.keys) for row in drawing.rows
    ]


def test_years_then_months_and_quiet_times_drawn_together():
    drawing = drawn(at("a", "2021-05-01"), at("b", "2025-03-01"), at("c", "2026-10-02"))

    assert spans(drawing) == [
        ("2021-01-01", "2021-12-31", False, ("a",)),
        ("2022-01-01", "2024-12-31", True, ()),
        ("2025-01-01", "2025-12-31", False, ("b",)),
        ("2026-01-01", "2026-07-31", True, ()),
        ("2026-08-01", "2026-09-30", True, ()),
        ("2026-10-01", "2026-10-31", False, ("c",)),
        ("2026-11-01", "2026-11-30", True, ()),
    ]


def test_without_anything_there_is_nothing():
    assert drawn().rows == ()


def test_what_is_less_exact_comes_first_in_its_row():
    drawing = drawn(
        at("day", "2025-01-01"), at("year", "2025-01-01", "2025-12-31"),
        at("month", "2025-01-01", "2025-01-31"),
    )  # fmt: skip

    assert drawing.rows[0].keys == ("year", "month", "day")


def test_the_onset_is_a_band_over_every_row_it_may_lie_in():
    drawing = drawn(at("o", "2026-08-01", "2026-10-31", is_onset=True))

    assert [(row.first.month, row.is_onset) for row in drawing.rows] == [
        (8, True), (9, True), (10, True), (11, False),
    ]  # fmt: skip


def test_what_lasted_runs_on_without_a_gap_and_ends_where_it_ended():
    drawing = drawn(
        at("a", "2025-07-02"),
        lasted=[stretch("a", "2025-07-02", "2026-09-15")],
    )

    bars = [bar for row in drawing.rows for bar in row.bars]
    assert [(bar.y1, bar.y2, bar.begins, bar.ends) for bar in bars] == [
        ("49.9", "100", True, False),
        ("0", "100", False, False),
        ("0", "37.7", False, True),
    ]


def test_what_goes_on_reaches_today_and_does_not_end():
    drawing = drawn(at("a", "2026-11-01"), lasted=[stretch("a", "2026-11-01")])

    (bar,) = drawing.rows[0].bars
    assert (bar.y1, bar.y2, bar.ends) == ("0", "73.3", False)


@given(
    st.lists(
        st.tuples(st.integers(0, 9000), st.one_of(st.none(), st.integers(0, 4000))),
        min_size=1,
        max_size=40,
    )
)
def test_bars_never_lie_on_each_other_and_nothing_is_lost(told):
    lasted = []
    for n, (ago, days) in enumerate(told):
        first = TODAY - timedelta(days=ago)
        last = None if days is None else min(first + timedelta(days=days), TODAY)
        lasted.append(Stretch(key=f"k{n:02}", first=first, last=last))
    happened = [
        Happened(key=one.key, first=one.first, last=one.first) for one in lasted
    ]
    drawing = timeline(
        Told(happened=happened, lasted=lasted), today=TODAY, months_from=MONTHS
    )

    assert sorted(key for row in drawing.rows for key in row.keys) == sorted(
        one.key for one in lasted
    )
    for before, after in zip(drawing.rows, drawing.rows[1:], strict=False):
        assert before.last + DAY == after.first
    lanes = {bar.key: bar.x for row in drawing.rows for bar in row.bars}
    for one in lasted:
        for other in lasted:
            if one.key < other.key and lanes[one.key] == lanes[other.key]:
                assert (one.last or TODAY) < other.first or (
                    other.last or TODAY
                ) < one.first
    assert all(
        0 <= float(bar.y1) < float(bar.y2) <= 101
        for row in drawing.rows
        for bar in row.bars
    )
    assert drawing.width >= drawing.lanes * LANE


def scores(*points):
    return Scores(
        key="m",
        points=[(date.fromisoformat(day), value) for day, value in points],
        maximum=20,
    )


def test_scores_have_a_scale_of_their_own():
    drawing = drawn(
        at("a", "2026-10-01"), scores=[scores(("2026-10-01", 0), ("2026-10-16", 20))]
    )

    dots = [dot for row in drawing.rows for dot in row.dots]
    left = float(drawing.columns[0])
    assert [(float(dot.x) - left, dot.y, dot.value) for dot in dots] == [
        (EDGE, "0", 0), (COLUMN - EDGE, "48.4", 20),
    ]  # fmt: skip


def test_a_line_goes_on_where_a_row_ends_and_breaks_after_a_long_time():
    drawing = drawn(
        at("a", "2026-08-01"),
        scores=[scores(("2026-08-22", 10), ("2026-09-11", 0), ("2026-11-01", 5))],
    )

    pieces = [curve.points for row in drawing.rows for curve in row.curves]
    assert len(pieces) == 2
    above, below = (piece.split(" ") for piece in pieces)
    assert above[-1].split(",")[0] == below[0].split(",")[0]
    assert above[-1].endswith(",100")
    assert below[0].endswith(",0")
    assert len([dot for row in drawing.rows for dot in row.dots]) == 3


@pytest.mark.parametrize("months", ["1900-01-01", "2026-11-30", "2030-01-01"])
def test_every_day_has_a_row_wherever_the_months_begin(months):
    drawing = timeline(
        Told(happened=[at("a", "2020-02-29")]),
        today=TODAY,
        months_from=date.fromisoformat(months),
    )

    assert drawing.rows[0].first <= date(2020, 2, 29)
    assert drawing.rows[-1].last >= TODAY


def test_the_middles_of_the_columns_are_told_in_parts_of_the_whole():
    drawing = drawn(
        at("a", "2026-10-01"),
        scores=[scores(("2026-10-01", 0)), scores(("2026-10-01", 5))],
    )

    found = [float(middle.rstrip("%")) for middle in drawing.middles]
    wanted = [
        100 * (float(left) + COLUMN / 2) / drawing.width for left in drawing.columns
    ]
    assert found == pytest.approx(wanted, abs=0.1)
