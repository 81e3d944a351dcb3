"""The picture of a goal: five levels, days at their distance."""

from datetime import date

import pytest

from openipt.core.charts import ladder

FIVE = {"lowest": -2, "highest": 2, "hoped": 0, "width": 122, "height": 140}


def drawn(*points):
    return ladder([(date(2026, 11, day), level) for day, level in points], **FIVE)


def test_levels_lie_at_equal_distances_the_highest_on_top():
    assert [rung.y1 for rung in drawn().rungs] == ["16", "41", "66", "91", "116"]
    assert drawn().hoped.y1 == "66"


def test_days_lie_at_their_distance():
    marks = drawn((1, -2), (2, 0), (5, 2)).marks

    assert [mark.x for mark in marks] == ["10", "35", "110"]
    assert [mark.y for mark in marks] == ["116", "66", "16"]


def test_the_order_of_what_is_given_does_not_matter():
    assert drawn((5, 2), (1, -2)) == drawn((1, -2), (5, 2))


@pytest.mark.parametrize(("points", "ends"), [((), 0), (((3, 1),), 1)])
def test_with_one_rating_or_none_there_is_no_line(points, ends):
    picture = drawn(*points)

    assert picture.line == ""
    assert len(picture.marks) == len(picture.ends) == ends


def test_several_ratings_of_one_day_stay_on_that_day():
    picture = drawn((3, -1), (3, 1))

    assert [mark.x for mark in picture.marks] == ["10", "10"]
    assert len(picture.ends) == 1


@pytest.mark.parametrize("level", [-3, 3])
def test_a_level_out_of_range_is_refused(level):
    with pytest.raises(ValueError, match="is not from -2 to 2"):
        drawn((1, level))
