"""The closeness circle: distance is drawn true, nobody covers anybody, nobody is lost."""

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openipt.core.charts import Dot, circle_of, initials_of
from openipt.core.charts.circle import MIDDLE, RIM, SIZE, distance_of, shortened

RINGS = (33, 66, 100)


def dot(key, closeness=50, angle=0, **more):
    return Dot(
        key=str(key), label=f"Name {key}", closeness=closeness, angle=angle,
        shape="round", **more,
    )  # fmt: skip


def far(mark):
    return hypot(mark.x - MIDDLE, mark.y - MIDDLE)


@pytest.mark.parametrize(
    ("angle", "x", "y"), [(0, 0, -1), (90, 1, 0), (180, 0, 1), (270, -1, 0)]
)
def test_degrees_run_clockwise_from_above(angle, x, y):
    (mark,) = circle_of([dot(1, 100, angle)], rings=RINGS).placed

    reach = distance_of(100, mark.radius)
    assert abs(mark.x - (MIDDLE + x * reach)) <= 1
    assert abs(mark.y - (MIDDLE + y * reach)) <= 1


@given(
    st.lists(
        st.tuples(st.integers(0, 100), st.integers(0, 359)), min_size=0, max_size=40
    )
)
def test_distance_is_true_and_everybody_is_in_the_drawing(people):
    drawn = circle_of(
        [dot(n, near, angle) for n, (near, angle) in enumerate(people)], rings=RINGS
    )

    assert len(drawn.placed) == len(people)
    for mark in drawn.placed:
        assert abs(far(mark) - distance_of(mark.dot.closeness, mark.radius)) <= 1.5
        assert far(mark) + mark.radius <= RIM + 2 < SIZE


@pytest.mark.parametrize("people", [3, 12, 40])
def test_people_spread_over_the_rings_do_not_cover_each_other(people):
    """Also where all were put in the same direction."""
    drawn = circle_of(
        [dot(n, 20 + n * 79 // people, 45) for n in range(people)], rings=RINGS
    )

    for place, mark in enumerate(drawn.placed):
        for other in drawn.placed[place + 1 :]:
            apart = hypot(mark.x - other.x, mark.y - other.y)
            assert apart >= mark.radius + other.radius


def test_names_stand_where_there_is_room_for_them():
    few = circle_of([dot(n, 50, n * 30) for n in range(12)], rings=RINGS)
    many = circle_of([dot(n, 50, n * 20) for n in range(13)], rings=RINGS)

    assert all(mark.name for mark in few.placed)
    assert not any(mark.name for mark in many.placed)
    assert all(mark.initials for mark in many.placed)


def test_then_is_joined_with_now():
    then, now = dot("a", 90, 0, is_ghost=True), dot("a", 20, 0)
    gone, fresh = dot("b", 50, 90, is_ghost=True), dot("c", 50, 180)
    still = [dot("d", 50, 270, is_ghost=True), dot("d", 50, 270)]

    drawn = circle_of([then, now, gone, fresh, *still], rings=RINGS)

    (move,) = drawn.moves
    assert (move.x1, move.x2) == (MIDDLE, MIDDLE)
    assert move.y1 < move.y2
    assert [mark.dot.key for mark in drawn.placed[:3]] == ["a", "b", "d"]


def test_signs_and_short_names():
    assert [initials_of(name) for name in ("Ruth", "Mrs Ada Example", "jo", "")] == [
        "R", "ME", "J", "",
    ]  # fmt: skip
    assert shortened("Ruth") == "Ruth"
    assert shortened("Donaudampfschifffahrt") == "Donaudampfsch…"
