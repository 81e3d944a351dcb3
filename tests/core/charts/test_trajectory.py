"""The geometry of charts: full range, honest gaps, plain numbers."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openipt.core.charts import spark, trajectory
from openipt.core.charts.trajectory import number
from openipt.core.measures import load_measures

PHQ9 = load_measures()["phq9"]
START = date(2026, 9, 3)


def day(number):
    return START + timedelta(days=number)


def drawn(*points, **more):
    return trajectory(
        [(day(at), value) for at, value in points],
        bands=PHQ9.bands,
        maximum=PHQ9.highest,
        **more,
    )


def test_the_axis_is_the_full_range_whatever_the_scores():
    chart = drawn((0, 12), (7, 11))

    assert [(tick.value, tick.at) for tick in chart.value_ticks] == [
        (0, "218"),
        (5, "179.1"),
        (10, "140.2"),
        (15, "101.3"),
        (20, "62.4"),
        (27, "8"),
    ]


def test_first_and_last_score_stand_at_the_ends():
    chart = drawn((0, 27), (7, 20), (14, 0))

    assert chart.lines == ("30,8 331,62.4 632,218",)
    assert [(m.x, m.y, m.value) for m in chart.marks] == [
        ("30", "8", 27),
        ("331", "62.4", 20),
        ("632", "218", 0),
    ]


def test_scores_may_come_in_any_order():
    assert drawn((7, 5), (0, 10)) == drawn((0, 10), (7, 5))


@pytest.mark.parametrize(("gap", "lines"), [(27, 1), (28, 1), (29, 2)])
def test_a_gap_of_more_than_four_weeks_breaks_the_line(gap, lines):
    chart = drawn((0, 10), (7, 9), (7 + gap, 8), (14 + gap, 7))

    assert len(chart.lines) == lines
    assert len(chart.marks) == 4


def test_a_score_alone_between_gaps_has_only_its_mark():
    chart = drawn((0, 10), (40, 9), (80, 8))

    assert chart.lines == ()
    assert len(chart.marks) == 3


def test_bands_cover_the_drawing_without_gap_or_overlap():
    bands = drawn((0, 10)).bands

    assert [band.key for band in bands] == [band.key for band in PHQ9.bands]
    assert float(bands[0].y) + float(bands[0].height) == pytest.approx(218)
    assert bands[-1].y == "8"
    for lower, upper in pairwise(bands):
        assert float(upper.y) + float(upper.height) == pytest.approx(
            float(lower.y), abs=0.11
        )


@pytest.mark.parametrize(("first", "at"), [(18, "124.7"), (6, "218"), (5, None)])
def test_the_line_of_reliable_change_is_drawn_inside_the_range_only(first, at):
    chart = drawn((0, first), reliable_at=first - 6)

    assert (chart.reliable and chart.reliable.y1) == at


def test_without_scores_there_is_an_empty_frame():
    chart = drawn(reliable_at=12)

    assert (chart.lines, chart.marks, chart.date_ticks) == ((), (), ())
    assert chart.reliable is None
    assert len(chart.bands) == 5


def test_sessions_are_ticks_and_widen_the_time():
    chart = drawn((7, 10), sessions=[day(14), day(0), day(0)])

    assert [(tick.on_date, tick.at) for tick in chart.session_ticks] == [
        (day(0), "30"),
        (day(14), "632"),
    ]
    assert chart.marks[0].x == "331"


@pytest.mark.parametrize("days", [0, 7, 42, 49, 140, 700])
def test_dates_are_few_and_whole_weeks_apart(days):
    ticks = drawn((0, 10), (days, 5)).date_ticks

    assert 1 <= len(ticks) <= 7
    assert all((tick.on_date - START).days % 7 == 0 for tick in ticks)


@pytest.mark.parametrize("value", [-1, 28])
def test_a_score_out_of_range_is_refused(value):
    with pytest.raises(ValueError, match="not from 0 to 27"):
        drawn((0, value))


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (-0.04, "0"), (1.0, "1"), (1.25, "1.2"), (10, "10")]
)
def test_a_coordinate_is_short(value, text):
    assert number(value) == text


@pytest.mark.parametrize(
    ("values", "points"),
    [
        ([], ""),
        ([27], "2,2"),
        ([0], "2,22"),
        ([27, 0], "2,2 94,22"),
        ([18, 12, 3], "2,8.7 48,13.1 94,19.8"),
    ],
)
def test_a_spark_line_uses_the_full_range(values, points):
    assert spark(values, 27) == points


POINTS = st.lists(st.tuples(st.dates(START, day(900)), st.integers(0, 27)), max_size=20)
POINT = re.compile(r"\d+(\.\d)?,\d+(\.\d)?")


@given(POINTS, st.lists(st.dates(START, day(900)), max_size=20))
def test_everything_lies_inside_and_is_plain_ascii(points, sessions):
    chart = trajectory(
        points, bands=PHQ9.bands, maximum=27, sessions=sessions, width=400, height=200
    )

    for mark in chart.marks:
        assert 30 <= float(mark.x) <= 392
        assert 8 <= float(mark.y) <= 178
    for line in chart.lines:
        assert all(POINT.fullmatch(point) for point in line.split(" "))
    for point in spark([value for _, value in points], 27).split():
        assert POINT.fullmatch(point)
