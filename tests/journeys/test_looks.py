"""Every page in words two fifths longer, mirrored, wide, and in the dark.

The other journeys hold every page to all rules of axe at phone size; here those are asked
that the change of looks can break.
"""

import pytest

from .places import all_of, look_around, make_busy
from .visiting import DESKTOP

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LONG = {"language": "xx-long", "rules": ["target-size"]}
MIRRORED = {"language": "xx-rtl", "rules": []}


@pytest.fixture
def cast(cast):
    return make_busy(cast)


EACH = pytest.mark.parametrize("who", [["", "ana"], ["tomas"], ["sofia", "max", "ada"]])
"""Those who open about as much as the others, so that several can look at once."""


def test_everybody_looks(cast):
    assert {one for who in EACH.args[1] for one in who} == all_of(cast).keys()


def test_in_long_words_nothing_is_cut_off(visitor, cast):
    assert look_around(visitor, cast, **LONG, name="long") == []


def test_mirrored_nothing_is_cut_off(visitor, cast):
    assert look_around(visitor, cast, **MIRRORED, name="rtl") == []
    ana = visitor(login=cast.client("ana"), language="xx-rtl")
    ana.open("/today/")
    assert ana.page.evaluate("document.dir") == "rtl"
    assert ana.page.evaluate("getComputedStyle(document.body).direction") == "rtl"


@EACH
def test_on_a_desk_in_the_dark_and_at_four_times_the_size_every_page_is_whole(
    visitor, cast, who
):
    """A window of 1280 by 1024 at 400 % is 320 by 256."""
    wrong = []
    for member in who:
        places = all_of(cast)[member]
        login = cast.client(member) if member else None
        somebody = visitor(login=login, wide=True)
        for number, place in enumerate(places):
            somebody.page.goto(somebody.base + place)
            for look, name in ((as_it_is, "desk"), (in_the_dark, "dark"), (big, "big")):
                look(somebody.page)
                wrong += somebody.wrong(f"{name}-{member}-{number}", RULES[look])
            as_it_was(somebody.page)
    assert wrong == []


def as_it_is(page):
    """Look at it as it came."""


def in_the_dark(page):
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.evaluate(SETTLED)


def big(page):
    page.set_viewport_size({"width": 320, "height": 256})


def as_it_was(page):
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size(DESKTOP)


SETTLED = """async () => {
    for (let quiet = 0; quiet < 3; ) {
        await new Promise((done) => requestAnimationFrame(done));
        const passing = document.getAnimations();
        passing.forEach((one) => one.finish());
        quiet = passing.length ? 0 : quiet + 1;
    }
}"""
"""Colours that pass into others are measured when they have, child after parent."""
RULES = {as_it_is: None, in_the_dark: ["color-contrast"], big: ["target-size"]}
