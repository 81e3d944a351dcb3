"""The timeline in a real browser: on a phone, by keyboard alone, few and many, on paper."""

import re
from itertools import pairwise

import pytest

from openipt.core.ids import new_id
from openipt.core.timeline import Event, Moment
from openipt.inventory import operations as inventory
from openipt.inventory.models import LifeEvent
from openipt.web.clock import now

from .places import events_are_told, people_are_told_of
from .steps import answered_before

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def reach(page, name):
    """Go from control to control with the tab key until one is called so."""
    for _step in range(60):
        page.keyboard.press("Tab")
        held = page.evaluate(
            "() => (document.activeElement.innerText || '') + '|' +"
            " (document.activeElement.name || '')"
        )
        if name in held:
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


def leave(page, name):
    """Press Enter on the control called so, and come to the next page."""
    reach(page, name)
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")


def type_in(page, **said):
    """Type into fields, one after the other, from where one is."""
    for name, text in said.items():
        reach(page, f"|{name}")
        page.keyboard.press("Control+a")
        page.keyboard.type(text)


def test_the_keyboard_alone_adds_changes_and_takes_off(visitor, cast):
    ana = visitor(login=cast.client("ana"))
    ana.open("/my/timeline/")

    leave(ana.page, "Add something")
    type_in(
        ana.page, title="Moved to the town", kind="Home", year="2019", part="Spring"
    )
    reach(ana.page, "|is_onset")
    ana.page.keyboard.press("Space")
    leave(ana.page, "Save")
    ana.check()
    ana.is_at("/my/timeline/")
    ana.see("spring 2019")
    ana.see("Here it began")

    leave(ana.page, "Moved to the town")
    type_in(ana.page, title="Moved away")
    leave(ana.page, "Save")
    ana.see("Moved away")

    leave(ana.page, "Moved away")
    ana.follow("Take off the timeline")
    ana.press("Take off")
    ana.is_at("/my/timeline/")
    assert LifeEvent.objects.get().removed_at is not None


def test_without_scripts_drawing_and_table_both_stand_there(visitor, cast):
    events_are_told(cast, number=3)
    ana = visitor(login=cast.client("ana"), java_script=False)

    ana.open("/my/timeline/")

    assert ana.page.locator(".timeline .drawing").is_visible()
    assert ana.page.locator(".timeline .numbers").is_visible()
    assert ana.page.locator("a.life-event").count() == 3


def test_the_drawing_gives_way_to_the_table(visitor, cast):
    events_are_told(cast, number=3)
    ana = visitor(login=cast.client("ana"))
    ana.open("/my/timeline/")

    ana.button("Show as a table").click()

    assert not ana.page.locator(".timeline .drawing").is_visible()
    ana.see("Everything on the timeline")
    ana.check()


@pytest.mark.parametrize("events", [3, 40])
@pytest.mark.parametrize("language", ["en", "xx-rtl"])
def test_few_and_many_look_right(visitor, cast, events, language):
    people_are_told_of(cast, number=3)
    events_are_told(cast, number=events)
    answered_before(cast.extra["ana"], [19, 17, 15, 12])
    ana = visitor(login=cast.client("ana"), language=language)

    ana.page.goto(ana.base + "/my/timeline/")

    assert ana.wrong(f"timeline-{events}-{language}") == []
    boxes = [one.bounding_box() for one in ana.page.locator("a.life-event").all()]
    assert len(boxes) == events
    for above, below in pairwise(boxes):
        assert above["y"] + above["height"] <= below["y"] + 0.5
        assert above["height"] >= 44
        assert above["width"] > 200
    strips = ana.page.locator(".life-strip")
    rows = ana.page.locator(".life > .life-row")
    for place in range(rows.count()):
        strip, row = strips.nth(place).bounding_box(), rows.nth(place).bounding_box()
        assert abs(strip["height"] - row["height"]) <= 2


def test_on_a_wide_screen_the_team_reads_it_with_the_scores(visitor, cast):
    events_are_told(cast, number=9)
    answered_before(cast.extra["ana"], [19, 17, 15, 12])
    tomas = visitor(login=cast.client("tomas"), wide=True)

    tomas.open(f"/persons/{cast.ana.pk}/timeline/", "timeline-wide")

    tomas.see("PHQ-9")
    tomas.see("Around the time it began")
    tomas.page.locator("a.life-event").first.click()
    tomas.page.wait_for_url(re.compile("/timeline/[0-9a-f-]{36}/$"))
    tomas.check("timeline-event")


def test_on_paper_it_is_whole(visitor, cast):
    events_are_told(cast, number=40)
    ana = visitor(login=cast.client("ana"), size={"width": 794, "height": 1123})
    ana.open("/my/timeline/")

    ana.page.emulate_media(media="print")

    ana.picture("timeline-print")
    assert ana.too_wide() <= 0
    assert not ana.button("Show as a table").is_visible()
    assert ana.page.locator(".life-title").filter(visible=True).count() == 40


def test_a_draft_outlives_the_page(visitor, cast):
    inventory.add_event(
        person=cast.ana, submission_id=new_id(), by=cast.ana.member, at=now(),
        event=Event(title="Moved", kind="home", when=Moment.of("2019")),
    )  # fmt: skip
    row = LifeEvent.objects.get()
    ana = visitor(login=cast.client("ana"))
    ana.open(f"/my/timeline/{row.pk}/")

    with ana.page.expect_response(re.compile("draft")):
        ana.field("words").fill("All boxes")
    ana.page.goto(ana.base + f"/my/timeline/{row.pk}/")

    assert ana.field("words").input_value() == "All boxes"
