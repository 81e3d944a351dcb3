"""Readings in a real browser: on a phone, by keyboard, without scripts, on paper."""

import pytest
from playwright.sync_api import expect

from openipt.core.ids import new_id
from openipt.core.inventory import Tie
from openipt.core.readings import load_readings
from openipt.inventory import operations as inventory
from openipt.learning import operations as learning
from openipt.learning.models import ReadingState
from openipt.web.clock import now

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def is_read(reading):
    return ReadingState.objects.filter(reading=reading, read_at__isnull=False).exists()


def test_what_a_therapist_suggests_is_found_and_read_on_a_phone(visitor, cast):
    tomas = visitor(login=cast.client("tomas"), wide=True)
    tomas.open(f"/courses/{cast.extra['ana'].pk}/readings/")
    tomas.choose("Reading", "How talking goes wrong, and right")
    tomas.fill("A word of yours to go with it", "This is about Thursday.")
    tomas.press("Suggest it")
    tomas.see("This is about Thursday.")

    ana = visitor(login=cast.client("ana"))
    ana.open("/today/")
    ana.see("for you, from Dr Tomas Lind")
    ana.follow("How talking goes wrong, and right")
    ana.see("This is about Thursday.")
    assert not is_read("talking")
    ana.press("I have read it")

    ana.see("Noted as read.")
    assert is_read("talking")
    tomas.open(f"/courses/{cast.extra['ana'].pk}/readings/")
    tomas.see("Nothing is waiting to be read.")


def test_reaching_the_end_notes_it_and_the_focus_is_not_lost(visitor, cast):
    ana = visitor(login=cast.client("ana"))
    ana.open("/learn/medicine/")
    assert not is_read("medicine")

    with ana.page.expect_response(lambda sent: sent.url.endswith("/medicine/read/")):
        ana.button("I have read it").focus()

    ana.see("Noted: you have read this.")
    assert is_read("medicine")
    assert ana.button("I have read it").count() == 0
    focused = "document.activeElement.matches('[data-noted]')"
    assert ana.page.evaluate(focused)
    ana.check()


def test_who_only_looks_in_has_not_read_it(visitor, cast):
    ana = visitor(login=cast.client("ana"))
    ana.open("/learn/medicine/")

    ana.page.wait_for_timeout(2600)

    assert not is_read("medicine")


def test_the_keyboard_alone_reads(visitor, cast):
    ana = visitor(login=cast.client("ana"))
    ana.open("/learn/")
    link = ana.page.locator("#all").get_by_role("link", name="What IPT is")

    link.focus()
    with ana.page.expect_navigation(wait_until="load"):
        ana.page.keyboard.press("Enter")
    ana.is_at("/learn/what_ipt_is/")
    ana.button("I have read it").focus()
    with ana.page.expect_navigation(wait_until="load"):
        ana.page.keyboard.press("Enter")

    ana.is_at("/learn/")
    assert is_read("what_ipt_is")


def test_one_click_without_scripts(visitor, cast):
    ana = visitor(login=cast.client("ana"), java_script=False)
    ana.open("/learn/endings/")
    ana.see("Session 6 of 16")

    ana.press("I have read it")

    ana.is_at("/learn/")
    assert is_read("endings")


def test_on_paper_stand_the_words_and_ones_own_part_only_if_wanted(visitor, cast):
    inventory.add(
        person=cast.ana,
        submission_id=new_id(),
        tie=Tie(label="Ruth"),
        by=cast.ana.member,
        at=now(),
    )
    learning.suggest(
        course=cast.extra["ana"],
        reading=load_readings()["closeness"],
        words="Between us.",
        by=cast.tomas,
        at=now(),
    )
    ana = visitor(login=cast.client("ana"))
    ana.open("/learn/closeness/")
    page = ana.page
    own, text = page.locator(".own-part"), page.locator("#reading")
    page.emulate_media(media="print")

    expect(text).to_be_visible()
    expect(own).to_be_visible()
    for gone in (".reading-word", ".own-print", ".reading-end", ".back", ".btn"):
        assert page.locator(gone).filter(visible=True).count() == 0, gone
    ana.picture("reading-on-paper")

    page.emulate_media(media="screen")
    page.get_by_label("Print my own part too").uncheck()
    expect(own).to_be_visible()
    page.emulate_media(media="print")
    expect(own).to_be_hidden()
    expect(text).to_be_visible()
