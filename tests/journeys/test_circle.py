"""The closeness circle in a real browser: by finger, by mouse, by keyboard."""

import re
from datetime import timedelta

import pytest
import time_machine

from openipt.core.ids import new_id
from openipt.core.inventory import Tie, tie_of
from openipt.inventory import operations as inventory
from openipt.inventory.models import Relationship
from openipt.web.clock import now

from .places import people_are_told_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def ruth_of(cast):
    """Put Ruth into Ana's life, right above the middle."""
    return inventory.add(
        person=cast.ana,
        submission_id=new_id(),
        tie=Tie(label="Ruth", closeness=80, angle=0),
        by=cast.ana.member,
        at=now(),
    )


def place_of(row):
    row = Relationship.objects.get(pk=row.pk)
    tie = tie_of(row.content)
    return row.version, tie.closeness, tie.angle


def centre(page, chosen):
    box = page.locator(chosen).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page, row, dx, dy):
    """Drag somebody by so many parts of the drawing's width; wait until it is kept."""
    mark = f'[data-who="{row.pk}"]'
    before = page.locator(mark).get_attribute("data-version")
    x, y = centre(page, f"{mark} .mark")
    width = page.locator("svg.circle").bounding_box()["width"]
    with page.expect_response(re.compile("/move/")):
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + dx * width / 2, y + dy * width / 2, steps=4)
        page.mouse.move(x + dx * width, y + dy * width, steps=4)
        page.mouse.up()
    page.wait_for_selector(f'{mark}:not([data-version="{before}"])')


def test_somebody_is_dragged_closer_and_never_out_of_the_circle(visitor, cast):
    row = ruth_of(cast)
    ana = visitor(login=cast.client("ana"))
    ana.open("/my/people/")

    drag(ana.page, row, 0, 0.15)
    version, closeness, angle = place_of(row)
    assert version == 2
    assert 20 < closeness < 70
    assert min(angle, 360 - angle) < 8

    drag(ana.page, row, 0, -0.3)
    assert place_of(row)[1] == 100
    assert ana.page.locator(f'[data-who="{row.pk}"]').is_visible()


def test_a_tap_opens_and_a_drag_does_not(visitor, cast):
    row = ruth_of(cast)
    ana = visitor(login=cast.client("ana"))
    ana.open("/my/people/")

    drag(ana.page, row, 0.2, 0.1)
    assert ana.page.url.endswith("/my/people/")

    ana.page.locator(f'[data-who="{row.pk}"] .mark').click()
    ana.page.wait_for_url(re.compile(f"{row.pk}/$"))


def test_the_keyboard_alone_moves_and_opens(visitor, cast):
    row = ruth_of(cast)
    ana = visitor(login=cast.client("ana"))
    ana.open("/my/people/")
    mark = ana.page.locator(f'[data-who="{row.pk}"]')

    mark.focus()
    with ana.page.expect_response(re.compile("/move/")):
        for key in ("ArrowUp", "ArrowUp", "ArrowRight"):
            ana.page.keyboard.press(key)
    ana.page.wait_for_selector(f'[data-who="{row.pk}"][data-version="2"]')

    assert place_of(row) == (2, 70, 10)
    assert mark.evaluate("mark => mark === document.activeElement")
    ana.page.keyboard.press("Enter")
    ana.page.wait_for_url(re.compile(f"{row.pk}/$"))


def test_what_is_refused_stands_where_it_was_and_says_so(visitor, cast):
    row = ruth_of(cast)
    ana = visitor(login=cast.client("ana"))
    ana.open("/my/people/")
    inventory.move(
        relationship=row, closeness=10, angle=90, version=1, by=cast.ana.member, at=now()
    )  # fmt: skip

    drag(ana.page, row, 0.1, 0.1)

    assert place_of(row) == (2, 10, 90)
    ana.see("That was not kept")


@pytest.mark.parametrize("people", [3, 40])
@pytest.mark.parametrize("language", ["en", "xx-rtl"])
def test_few_and_many_look_right(visitor, cast, people, language):
    people_are_told_of(cast, number=people)
    ana = visitor(login=cast.client("ana"), language=language)

    ana.page.goto(ana.base + "/my/people/")

    assert ana.wrong("") == []
    assert ana.page.locator("svg.circle [data-who]").count() == people


def test_on_paper_it_is_whole(visitor, cast):
    people_are_told_of(cast, number=40)
    ana = visitor(login=cast.client("ana"), size={"width": 794, "height": 1123})
    ana.open("/my/people/")

    ana.page.emulate_media(media="print")

    ana.picture("circle-print")
    assert ana.too_wide() <= 0
    drawn = ana.page.locator("svg.circle [data-who]").filter(visible=True)
    assert drawn.count() == 40
    assert not ana.page.get_by_role("link", name="Add somebody").is_visible()


def test_the_circle_slides_through_time_by_keyboard(visitor, cast):
    row = ruth_of(cast)
    with time_machine.travel(now() + timedelta(days=3), tick=True):
        inventory.move(
            relationship=row,
            closeness=10,
            angle=0,
            version=1,
            by=cast.ana.member,
            at=now(),
        )
        ana = visitor(login=cast.client("ana"))
        ana.open("/my/people/")
        assert "Very close" in ana.page.locator(".people-list").inner_text()
        ana.page.locator("#times-slide").focus()
        ana.page.keyboard.press("Home")
        ana.page.locator(".people-list").filter(has_text="In my life").wait_for()
        assert "Very close" not in ana.page.locator(".people-list").inner_text()
        assert ana.page.locator("a.who").count() == 0
        ana.page.keyboard.press("End")
        ana.page.locator("a.who").wait_for()
