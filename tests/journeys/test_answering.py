"""A person answers on a phone: by touch, by keyboard, without JavaScript."""

import re

import pytest
import time_machine

from openipt.questionnaires.models import Answering
from openipt.safety.models import Alert
from tests import people
from tests.questionnaires.answers import codes_to, fill

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(people.NOW) as traveller:
        yield traveller


@pytest.fixture
def cast():
    return people.gather_with_courses()


def arrive(page, pattern):
    page.wait_for_url(re.compile(pattern))
    page.wait_for_load_state("load")


def tap(visitor, label):
    visitor.page.get_by_label(label, exact=True).click()


def test_one_question_a_screen_by_touch(visitor, cast):
    ana = visitor(login=cast.client("ana"))
    answer_eight_questions(ana)
    assert not Alert.objects.exists()
    tap(ana, "Several days")
    arrive(ana.page, r"/help/now/")
    ana.check("question-help")
    assert Alert.objects.get().level == "amber"
    ana.page.get_by_text("I have looked at this and want to go on").click()
    ana.page.get_by_role("link", name="Go on where you were").click()
    arrive(ana.page, r"/measures/phq9/10/$")
    ana.check("question-10")
    tap(ana, "Somewhat difficult")
    arrive(ana.page, r"/measures/phq9/finish/$")
    ana.check("question-finish")
    ana.page.get_by_role("button", name="Finish").click()
    arrive(ana.page, r"/measures/result/")
    ana.check("result")
    assert Answering.objects.get().total == 17


def answer_eight_questions(visitor):
    """Go from the list to the ninth question, looking at some of the pages."""
    visitor.open("/measures/")
    visitor.check("measures")
    visitor.page.get_by_role("link", name="How your mood has been").click()
    arrive(visitor.page, r"/measures/phq9/$")
    visitor.check("measure-start")
    visitor.page.get_by_role("button", name="One question at a time").click()
    for place in range(1, 9):
        arrive(visitor.page, rf"/measures/phq9/{place}/$")
        if place in {1, 8}:
            visitor.check(f"question-{place}")
        visitor.see(f"Question {place} of 9")
        tap(visitor, "More than half the days")
    arrive(visitor.page, r"/measures/phq9/9/$")
    visitor.check("question-9")


def test_all_on_one_page_keeps_each_tap(visitor, cast):
    ana = visitor(login=cast.client("ana"))
    ana.open("/measures/gad7/")
    ana.page.get_by_role("button", name="All on one page").click()
    arrive(ana.page, r"/page/$")
    ana.check("question-page")
    for group in ana.page.locator("fieldset").all()[:6]:
        group.get_by_label("Several days", exact=True).click()
        ana.page.get_by_text("Kept", exact=True).wait_for()
    assert Answering.objects.get().items == {str(n): 1 for n in range(1, 7)}
    ana.page.get_by_role("button", name="Finish").click()
    arrive(ana.page, r"/finish/$")
    ana.check("question-finish-left-out")
    ana.page.get_by_role("button", name="Finish").click()
    arrive(ana.page, r"/measures/result/")
    ana.check("result-prorated")
    assert Answering.objects.get().total == 7


def test_the_keyboard_passes_over_answers_without_raising_anything(visitor, cast):
    ana = visitor(login=cast.client("ana"))
    ana.open("/measures/phq9/")
    ana.page.get_by_role("button", name="One question at a time").focus()
    ana.page.keyboard.press("Enter")
    arrive(ana.page, r"/measures/phq9/1/$")
    ana.open("/measures/phq9/9/")
    ana.page.locator('input[type="radio"]').first.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"):
        ana.page.keyboard.press(key)
    assert ana.page.url.endswith("/measures/phq9/9/")
    ana.page.keyboard.press("Enter")
    arrive(ana.page, r"/measures/phq9/finish/$")

    assert Answering.objects.get().items == {"9": 0}
    assert not Alert.objects.exists()


def test_what_the_keyboard_stops_at_is_kept_when_the_question_is_left(visitor, cast):
    ana = visitor(login=cast.client("ana"))
    ana.open("/measures/phq9/")
    ana.page.get_by_role("button", name="One question at a time").click()
    arrive(ana.page, r"/measures/phq9/1/$")
    ana.open("/measures/phq9/9/")
    ana.page.locator('input[type="radio"]').first.focus()
    ana.page.keyboard.press("ArrowDown")
    assert not Alert.objects.exists()
    ana.page.keyboard.press("Tab")
    arrive(ana.page, r"/help/now/")

    assert Alert.objects.get().level == "amber"


def test_without_javascript_the_button_does_it(visitor, cast):
    ana = visitor(login=cast.client("ana"), java_script=False)
    page = ana.page
    page.goto(ana.base + "/measures/phq9/")
    page.get_by_role("button", name="One question at a time").click()
    assert not page.get_by_text("Tap an answer to go on").is_visible()
    for place in range(1, 10):
        assert page.url.endswith(f"/measures/phq9/{place}/")
        page.locator('input[value="0"]').check()
        page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Finish").click()

    assert "/measures/result/" in page.url
    assert Answering.objects.get().total == 0


def test_a_lost_network_is_said_and_nothing_is_lost(visitor, cast):
    ana = visitor(login=cast.client("ana"))
    ana.open("/measures/phq9/")
    ana.page.get_by_role("button", name="One question at a time").click()
    arrive(ana.page, r"/measures/phq9/1/$")
    ana.context.set_offline(True)
    tap(ana, "Several days")
    ana.page.get_by_text("Not kept yet").wait_for()
    ana.context.set_offline(False)
    ana.page.get_by_role("button", name="Next").click()
    arrive(ana.page, r"/measures/phq9/2/$")

    assert Answering.objects.get().items == {"1": 1}


def height_of_numbers(visitor):
    return visitor.page.locator(".numbers").first.bounding_box()["height"]


def test_progress_is_read_by_keyboard_and_prints_with_its_numbers(visitor, cast):
    ana = visitor(login=cast.client("ana"))
    for measure, count in (("phq9", 9), ("gad7", 7)):
        fill(cast.client("ana"), codes_to(12, count=count), measure)
    ana.open("/progress/")
    ana.check("progress-one")
    assert height_of_numbers(ana) <= 1
    ana.page.get_by_role("button", name="Show the numbers").first.press("Enter")
    assert height_of_numbers(ana) > 50
    ana.check("progress-numbers")
    ana.page.get_by_role("button", name="Show the chart").first.press("Enter")
    ana.page.emulate_media(media="print")
    assert height_of_numbers(ana) > 50
    assert not ana.page.get_by_role("button", name="Print").is_visible()
