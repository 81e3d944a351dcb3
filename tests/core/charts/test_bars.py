"""Stacked bars: parts that add up, and text that no language changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openipt.core.charts import bars

COLUMNS = st.lists(
    st.tuples(*[st.integers(min_value=0, max_value=500)] * 3), min_size=1, max_size=12
)


def test_parts_stand_on_each_other_from_the_bottom_up():
    drawn = bars([(2, 0, 2)], width=130, height=130)

    (column,) = drawn.bars
    attended, missed = column.parts
    assert (attended.sort, missed.sort) == (0, 2)
    # The frame leaves 100 units of height for four: 25 each, the base at 110.
    assert (attended.y, attended.height) == ("60", "50")
    assert (missed.y, missed.height) == ("10", "50")
    assert column.total == 4


@pytest.mark.parametrize(
    ("top", "values"), [(0, [0, 1]), (1, [0, 1]), (7, [0, 7]), (8, [0, 4, 8])]
)
def test_the_axis_shows_whole_numbers(top, values):
    assert [tick.value for tick in bars([(top,)]).value_ticks] == values


def test_no_column_is_an_empty_drawing():
    assert bars([]).bars == ()


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="0 or more"):
        bars([(1, -1)])


@given(COLUMNS)
def test_every_part_lies_within_the_drawing_and_heights_follow_counts(columns):
    drawn = bars(columns)
    most = max(sum(column) for column in columns) or 1
    room = drawn.height - 30

    for column, bar in zip(columns, drawn.bars, strict=True):
        assert bar.total == sum(column) == sum(part.value for part in bar.parts)
        for part in bar.parts:
            assert 0 <= float(part.x) <= drawn.width - float(part.width)
            assert 0 <= float(part.y) <= drawn.height
            assert float(part.height) == pytest.approx(
                room * part.value / most, abs=0.06
            )
            assert part.x.isascii()
            assert "," not in part.x + part.y
