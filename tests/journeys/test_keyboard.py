"""By keyboard alone: a person answers and writes, a therapist writes and signs."""

import pytest

from openipt.encounters.models import Note
from openipt.practice.models import Entry, Share
from openipt.questionnaires.models import Answering
from tests.people import PASSWORD

from .keys import Keys
from .steps import session_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_person_answers_and_writes_a_week(visitor, cast):
    ana = visitor()
    keys = Keys(ana)
    signs_in(ana, keys)
    answers_one_question_after_the_other(ana, keys)
    finishes_and_reads_the_result(ana, keys)
    writes_a_hard_moment(ana, keys)
    shares_the_week(ana, keys, cast)


def signs_in(ana, keys):
    ana.open("/accounts/login/")
    keys.tab_to("Email")
    keys.type("ana@test.example")
    keys.press("Tab")
    keys.look()
    keys.type(PASSWORD)
    keys.leads()
    ana.is_at("/today/")


def answers_one_question_after_the_other(ana, keys):
    keys.skip_to_the_content()
    keys.tab_to("How your mood has been")
    keys.leads()
    keys.tab_to("One question at a time")
    keys.leads()
    for place in range(1, 9):
        ana.see(f"Question {place} of 9")
        keys.tab_to("Not at all", "radio")
        keys.press("ArrowDown", "ArrowDown")
        keys.look()
        keys.press("ArrowUp")
        keys.leads()
    keys.tab_to("Not at all", "radio")
    keys.press("Space")
    keys.leads()
    keys.tab_to("Not difficult at all", "radio")
    keys.press("Space")
    keys.leads()
    ana.is_at("/measures/phq9/finish/")


def finishes_and_reads_the_result(ana, keys):
    keys.tab_to("Finish", "submit")
    keys.leads()
    ana.see("8 of 27")
    assert Answering.objects.get().total == 8


def writes_a_hard_moment(ana, keys):
    keys.tab_to("My week")
    keys.leads()
    keys.tab_to("Start with a hard moment")
    keys.leads()
    keys.tab_to("What happened?")
    keys.type("He was late, and I said nothing.")
    keys.tab_to("I kept it in", "radio")
    keys.press("Space", "ArrowRight", "ArrowLeft")
    keys.tab_to("What might you try")
    keys.type("Say that I waited.")
    keys.tab_to("Say more about it")
    keys.press("Enter")
    keys.tab_to("What did you feel?")
    keys.type("Small.")
    keys.tab_to("What might you try", back=True)
    keys.tab_to("Save and go on")
    keys.leads()
    keys.tab_to("How was your week")
    keys.type("It went by.")
    keys.tab_to("Save and go on")
    keys.leads()
    written = Entry.objects.get().content
    assert written["how_was_week"] == "It went by."
    assert written["moments"][0]["did"] == "kept_in"
    assert written["moments"][0]["feeling"] == "Small."


def shares_the_week(ana, keys, cast):
    keys.tab_to("Dr Tomas Lind", "checkbox")
    keys.press("Space")
    keys.tab_to("Keep this choice")
    keys.leads()
    ana.see("Shared with Dr Tomas Lind.")
    assert Share.objects.get().care.member == cast.tomas


def test_a_therapist_writes_and_signs_a_note(visitor, cast):
    tomas = visitor(login=cast.client("tomas"), wide=True)
    keys = Keys(tomas)
    tomas.open("/caseload/")
    keys.skip_to_the_content()
    finds_and_opens_a_course(tomas, keys)
    address = session_of(cast.extra["ana"], 6)
    goes_to_the_session_that_was(tomas, keys)
    tomas.is_at(address)
    writes_and_signs(tomas, keys)


def finds_and_opens_a_course(tomas, keys):
    keys.tab_to("Find in the list")
    keys.type("holm")
    assert tomas.page.locator("tbody tr").filter(visible=True).count() == 1
    keys.tab_to("Ana Holm")
    keys.leads()


def goes_to_the_session_that_was(tomas, keys):
    keys.tab_to("Session 6:")
    keys.leads()


def writes_and_signs(tomas, keys):
    keys.tab_to("Attended")
    keys.leads()
    keys.tab_to("What happened in this session")
    keys.type("She told how she waited.")
    keys.tab_to("Why no link was noted")
    keys.type("She was glad of the quiet.")
    keys.tab_to("Sign", "submit")
    keys.leads()
    tomas.see("Signed by Dr Tomas Lind")
    assert Note.objects.get().text == "She told how she waited."
    keys.tab_to("Caseload", back=True)
    keys.leads()
    tomas.is_at("/caseload/")


def test_the_menu_of_a_phone_opens_and_closes_by_keys(visitor, cast):
    ada = visitor(login=cast.client("ada"))
    keys = Keys(ada)
    ada.open("/console/")
    keys.press("Tab")
    keys.tab_to("Menu")
    keys.press("Enter")
    ada.check("menu-open")
    keys.tab_to("My account")
    keys.press("Escape")
    assert "Menu" in keys.look()["name"]
    keys.press("Enter")
    keys.tab_to("My account")
    keys.leads()
    ada.is_at("/my/account/")
