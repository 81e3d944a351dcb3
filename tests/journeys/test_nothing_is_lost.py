"""A lost network, an ended session, two presses: nothing lost, nothing twice."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from playwright.sync_api import expect

from openipt.practice.models import Entry, Task
from openipt.questionnaires.models import Answering
from tests.people import PASSWORD

from .steps import begin, one_time_code, session_of, tap, tile

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TYPED = "We talked, and it went better than I had feared."
HOSTILE = "<img src=x onerror=alert(1)> \u202eabc\u202c {{ 7*7 }} 🙂"


def test_without_a_network_it_says_so_keeps_and_sends_later(visitor, cast):
    ana = visitor(login=cast.client("ana"))
    ana.open("/week/new/")
    ana.context.set_offline(True)
    ana.fill("What happened?", TYPED)
    ana.page.get_by_text("Not saved yet: no connection.").wait_for()
    ana.context.set_offline(False)
    ana.page.get_by_text("Saved", exact=True).wait_for()
    ana.page.close()
    ana.new_tab()
    ana.open("/week/new/")
    assert ana.field("what_happened").input_value() == TYPED


def test_a_form_that_cannot_be_sent_stays_on_the_page(visitor, cast):
    ana = visitor(login=cast.client("ana"))
    ana.open("/week/new/")
    ana.fill("What happened?", TYPED)
    tile(ana.page, "I said it calmly").click()
    ana.context.set_offline(True)
    ana.button("Save and go on").click()
    ana.see("You seem to be offline. What you typed is still here.")
    assert ana.field("what_happened").input_value() == TYPED
    assert not Entry.objects.exists()
    ana.picture("offline")
    ana.context.set_offline(False)
    ana.press("Save and go on")
    assert "/whole/" in ana.page.url
    assert Entry.objects.get().content["moments"][0]["what_happened"] == TYPED
    ana.open("/week/new/")
    assert ana.field("what_happened").input_value() == ""


def test_two_presses_write_once_and_hostile_text_stays_text(visitor, cast):
    ana = visitor(login=cast.client("ana"))
    ana.open("/week/new/")
    ana.fill("What happened?", HOSTILE)
    tile(ana.page, "It burst out").click()
    with ana.page.expect_navigation(wait_until="load"):
        ana.button("Save and go on").dblclick()
    ana.press("Save and go on", "hostile")
    ana.see("<img src=x onerror=alert(1)>")
    assert Entry.objects.count() == 1


def test_a_therapists_session_ends_while_a_note_is_written(visitor, cast, clock):
    secret = generate_totp_secret()
    Authenticator.objects.filter(user=cast.tomas.account).delete()
    TOTP.activate(cast.tomas.account, secret)
    page = session_of(cast.extra["ana"], 6)
    tomas = visitor()
    tomas.open(page, "sign-in")
    sign_in(tomas, "tomas@test.example", secret)
    tomas.is_at(page)
    tomas.field("text").fill("Begun before lunch")
    tomas.page.get_by_text("Saved", exact=True).first.wait_for()
    with tomas.page.expect_response(lambda answer: answer.status == 403):
        clock.shift(20 * 60)  # the pulse is the first to hear of it
    tomas.field("text").press_sequentially(", ended after it.")
    tomas.field("new_tasks").fill("Ring the brother.")
    tomas.press("Keep as a draft")
    assert "/accounts/login/" in tomas.page.url
    tomas.see("What you typed is kept: sign in and it is there.")
    sign_in(tomas, "tomas@test.example", secret)
    tomas.is_at(page)
    assert tomas.field("text").input_value() == "Begun before lunch, ended after it."
    assert tomas.field("new_tasks").input_value() == "Ring the brother."
    tomas.press("Put it on their list")
    assert Task.objects.get().text == "Ring the brother."
    assert tomas.field("text").input_value() == "Begun before lunch, ended after it."


def sign_in(visitor, email, secret):
    """By e-mail, password and the code of the hour; each wrong first."""
    visitor.page.fill("input[name=login]", email)
    visitor.page.fill("input[name=password]", "not the right one")
    assert visitor.submit(shot="sign-in-refused").status == 422
    visitor.page.fill("input[name=password]", PASSWORD)
    visitor.submit()
    assert "/2fa/authenticate/" in visitor.page.url
    visitor.page.fill("input[name=code]", "000000")
    assert visitor.submit(shot="second-step").status == 422
    visitor.page.fill("input[name=code]", one_time_code(secret))
    visitor.submit()


def test_a_persons_session_ends_while_a_week_is_written(visitor, cast, clock):
    ana = visitor(login=cast.client("ana"))
    ana.open("/week/new/")
    clock.shift(40 * 60)
    ana.fill("What happened?", TYPED)
    tile(ana.page, "I kept it in").click()
    ana.press("Save and go on", "session-over")
    assert "/accounts/login/" in ana.page.url
    ana.page.fill("input[name=login]", "ana@test.example")
    ana.page.fill("input[name=password]", PASSWORD)
    ana.submit()
    ana.is_at("/week/new/")
    assert ana.field("what_happened").input_value() == TYPED
    assert ana.page.get_by_label("I kept it in").is_checked()
    assert not Entry.objects.exists()


def test_an_answer_survives_the_end_of_the_session(visitor, cast, clock):
    ana = visitor(login=cast.client("ana"))
    begin(ana, "gad7")
    tap(ana, "Several days")
    clock.shift(40 * 60)
    tap(ana, "Nearly every day")
    assert "/accounts/login/" in ana.page.url
    ana.page.fill("input[name=login]", "ana@test.example")
    ana.page.fill("input[name=password]", PASSWORD)
    ana.submit()
    ana.is_at("/measures/gad7/2/")
    assert ana.page.get_by_label("Nearly every day").is_checked()
    ana.press("Next")
    assert Answering.objects.get().items == {"1": 1, "2": 3}


def test_two_tabs_write_the_same_moment_and_both_are_shown(visitor, cast):
    ana = visitor(login=cast.client("ana"))
    ana.open("/week/new/")
    ana.fill("What happened?", "He was late.")
    tile(ana.page, "I kept it in").click()
    ana.press("Save and go on")
    ana.follow("Go on without")
    ana.follow("Change moment 1")
    place, first = ana.page.url.removeprefix(ana.base), ana.page
    second = ana.new_tab()
    ana.open(place)
    ana.fill("What happened?", "He was late, and said so.")
    ana.submit()
    ana.page = first
    ana.fill("What happened?", "He was late, and I was cross.")
    assert ana.submit(shot="week-conflict").status == 409
    ana.see("He was late, and said so.")
    assert ana.field("what_happened").input_value() == "He was late, and I was cross."
    ana.submit()
    kept = Entry.objects.get().content["moments"]
    assert [moment["what_happened"] for moment in kept] == [
        "He was late, and I was cross."
    ]
    second.close()


def test_leaving_quickly_keeps_the_draft_and_asks_for_the_password(visitor, cast):
    ana = visitor(login=cast.client("ana"))
    ana.open("/week/new/")
    ana.fill("What happened?", TYPED)
    ana.page.keyboard.press("Escape")
    ana.page.keyboard.press("Escape")
    ana.page.wait_for_url("**/leave/**")
    ana.check("left")
    expect(ana.page.get_by_text(TYPED)).to_have_count(0)
    ana.page.goto(ana.base + "/week/new/")
    assert "/accounts/" in ana.page.url
    ana.check("locked")
