"""Every page in words two fifths longer, mirrored, wide, and in the dark.

The other journeys hold every page to all rules of axe at phone size; here those are asked
that the change of looks can break.
"""

import pytest

from .places import all_of, look_around, make_busy

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LONG = {"language": "xx-long", "rules": ["target-size"]}
MIRRORED = {"language": "xx-rtl", "rules": ["target-size"]}
DARK = {"dark": True, "rules": ["color-contrast"]}


@pytest.fixture
def cast(cast):
    return make_busy(cast)


def test_in_long_words_nothing_is_cut_off(visitor, cast):
    assert look_around(visitor, cast, **LONG, name="long") == []


def test_mirrored_nothing_is_cut_off(visitor, cast):
    assert look_around(visitor, cast, **MIRRORED, name="rtl") == []
    ana = visitor(login=cast.client("ana"), language="xx-rtl")
    ana.open("/today/")
    assert ana.page.evaluate("document.dir") == "rtl"
    assert ana.page.evaluate("getComputedStyle(document.body).direction") == "rtl"


def test_on_a_desk_every_page_is_whole(visitor, cast):
    assert look_around(visitor, cast, wide=True, name="desk") == []


def test_in_the_dark_every_page_can_be_read(visitor, cast):
    assert look_around(visitor, cast, **DARK, name="dark") == []


def test_at_four_times_the_size_nothing_is_cut_off(visitor, cast):
    """A window of 1280 by 1024 at 400 % is 320 by 256."""
    wider = []
    for member, places in all_of(cast).items():
        login = cast.client(member) if member else None
        somebody = visitor(login=login, size={"width": 320, "height": 256})
        for place in places:
            somebody.page.goto(somebody.base + place)
            over = somebody.too_wide()
            if over > 0:
                wider.append((place, over))
    assert wider == []
