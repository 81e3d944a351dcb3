"""Every form of the main job works where no script runs."""

import pytest
from django.core import mail

from openipt.encounters.models import Note
from openipt.people.models import Agreement
from openipt.practice import operations as practice
from openipt.practice.models import Entry, Task
from openipt.questionnaires.models import Answering
from openipt.safety.models import Alert
from openipt.web.clock import now
from tests.people import make_person

from .steps import code_on, join, session_of, tile
from .test_alert import (
    it_is_closed_with_an_outcome,
    it_is_not_closed_without_an_outcome,
    therapist_speaks_with_the_person,
    therapist_takes_it,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def bare(visitor, cast):
    """Return a maker of visitors whose browsers run no scripts."""
    return lambda who="": visitor(
        java_script=False, login=cast.client(who) if who else None
    )


def test_a_therapist_starts_a_course_and_the_person_joins(bare, cast):
    tomas = bare("tomas")
    tomas.open("/courses/start/")
    tile(tomas.page, "Somebody new").click()
    tomas.field("name").fill("Dora Falk")
    tomas.field("country").select_option("DE")
    tomas.field("condition").select_option("depression")
    tomas.page.locator("input[name=variant_id][value$=iowa]").check()
    tomas.field("sessions").fill("40")
    tomas.field("first_on").fill("2026-11-24")
    tomas.field("wall_time").fill("11:00")
    assert tomas.press("Start the course").status == 422
    assert tomas.field("name").input_value() == "Dora Falk"
    tomas.field("sessions").fill("14")
    tomas.press("Start the course")
    tomas.see("Dora Falk")
    tomas.follow("Invite them")
    tomas.press("Make the code")
    dora = bare()
    join(dora, code_on(tomas), "dora@test.example")
    dora.page.locator("input[name=agreed]").check()
    dora.press("Go on")
    dora.is_at("/today/")
    assert Agreement.objects.filter(member__account__email="dora@test.example").exists()


def test_a_person_answers_writes_shares_and_reports(bare, cast):
    practice.agree_task(
        course=cast.extra["ana"],
        text="Ring my sister.",
        due_on=None,
        encounter_id=None,
        by=cast.tomas,
        at=now(),
    )
    ana = bare("ana")
    answers_on_one_page(ana)
    answers_one_question_after_the_other(ana)
    writes_a_week(ana)
    shares_and_removes_it(ana)
    reports_a_task(ana)
    sees_the_numbers_beside_the_picture(ana)


def answers_on_one_page(ana):
    ana.open("/measures/gad7/")
    ana.press("All on one page")
    for group in ana.page.locator("main fieldset").all():
        tile(group, "Several days").click()
    ana.press("Finish")
    ana.see("7 of 21")


def answers_one_question_after_the_other(ana):
    ana.open("/measures/phq9/")
    ana.press("One question at a time")
    assert ana.press("Next").status == 422
    for _place in range(1, 9):
        tile(ana.page, "Several days").click()
        ana.press("Next")
    tile(ana.page, "Several days").click()
    ana.press("Next")
    ana.see("Here is help, right now")
    assert Answering.objects.get(measure="phq9").items["9"] == 1
    assert Alert.objects.get().level == "amber"
    ana.page.locator("summary").click()
    ana.follow("Go on where you were")
    tile(ana.page, "Not difficult at all").click()
    ana.press("Next")
    ana.press("Finish")
    ana.see("9 of 27")


def writes_a_week(ana):
    ana.open("/week/")
    ana.follow("Start with a hard moment")
    tile(ana.page, "I kept it in").click()
    assert ana.page.get_by_role("button", name="Save and go on").is_visible()
    ana.fill("What happened?", "He was late again.")
    ana.press("Save and add another moment")
    ana.fill("What happened?", "And so was I.")
    tile(ana.page, "It burst out").click()
    ana.press("Save and go on")
    ana.fill("How was your week, all in all?", "It went by.")
    ana.press("Save and go on")
    assert len(Entry.objects.get().content["moments"]) == 2


def shares_and_removes_it(ana):
    ana.page.get_by_label("Dr Tomas Lind").check()
    ana.press("Keep this choice")
    ana.see("Shared with Dr Tomas Lind.")
    ana.follow("What it said before", "history")
    ana.page.go_back()
    ana.follow("Remove this page", "remove")
    ana.submit()
    ana.is_at("/week/")
    ana.see("The page is gone from your journal.")
    ana.press("Nothing was hard this week")


def reports_a_task(ana):
    ana.open("/tasks/")
    ana.follow("Ring my sister.")
    tile(ana.page, "I did not do it").click()
    ana.press("Save")
    assert Task.objects.get().state == "not_done"


def sees_the_numbers_beside_the_picture(ana):
    ana.open("/progress/", "progress-bare")
    figure = ana.page.locator("figure").first
    assert figure.locator("svg").is_visible()
    place = figure.locator("table").locator("xpath=..")
    assert place.bounding_box()["width"] > 200


def test_a_session_and_its_note(bare, cast):
    tomas = bare("tomas")
    tomas.open("/caseload/")
    tomas.page.get_by_role("searchbox").fill("bea")
    tomas.press("Find")
    tomas.see("1 of 2 courses")
    tomas.open(session_of(cast.extra["bea"], 1))
    tomas.go(tomas.page.locator("#agenda .tick-button").first)
    tomas.field("text").fill("She came late.")
    tomas.go(tomas.page.get_by_role("button", name="Attended", exact=True))
    tomas.press("Keep as a draft")
    tomas.go(tomas.page.get_by_role("button", name="Sign", exact=True))
    tomas.field("addendum").fill("The train, she said.")
    tomas.press("Add it")
    tomas.field("new_tasks").fill("Leave ten minutes earlier.")
    tomas.press("Put it on their list")
    tomas.open(session_of(cast.extra["bea"], 3))
    tomas.press("We talked about it")
    assert Note.objects.get().text == "She came late."
    assert Task.objects.get().reviewed_at is not None


def test_an_alert_is_worked_to_its_end(bare, cast):
    ana, tomas = bare("ana"), bare("tomas")
    tomas.open("/caseload/")
    ana.open("/help/")
    ana.press("I am not safe")
    tomas.follow("Load this page again")
    tomas.see("Ana Holm pressed “I am not safe”")
    therapist_takes_it(tomas)
    therapist_speaks_with_the_person(tomas)
    it_is_not_closed_without_an_outcome(tomas)
    it_is_closed_with_an_outcome(tomas)
    ana.open("/today/")
    ana.follow("Leave quickly")
    assert "Ana" not in ana.page.locator("body").inner_text()


def test_a_forgotten_password_is_set_anew(bare, cast):
    person = make_person(cast.service, "Kim Rahn", "kim@test.example", by=cast.tomas)
    changed = "slow-cloud-window-81"
    kim = bare()
    kim.open("/accounts/login/")
    kim.follow("Forgotten the password?", "password-forgotten")
    kim.page.fill("input[name=email]", "kim@test.example")
    kim.submit()
    address = next(
        word for word in mail.outbox[0].body.split() if word.startswith("http")
    )
    kim.page.goto(address)
    kim.check("password-new")
    for name in ("password1", "password2"):
        kim.page.fill(f"input[name={name}]", changed)
    kim.submit(shot="password-changed")
    person.member.account.refresh_from_db()
    assert person.member.account.check_password(changed)
