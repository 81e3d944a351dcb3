"""A person's first week on a phone, from the invitation to the picture of their way."""

from datetime import date, time, timedelta

import pytest

from openipt.courses import operations as courses
from openipt.people import operations as people_operations
from openipt.practice import operations as practice
from openipt.practice.models import Task
from openipt.questionnaires.models import Answering
from openipt.web.clock import now
from tests import people

from .steps import answer_on_one_page, begin, join, session_of, tap, tile

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SECRET = "I left the table without a word."
TRY = "Ring my sister before the weekend."


@pytest.fixture
def cast(clock):
    return people.gather()


def test_from_the_invitation_to_the_picture(visitor, cast, clock):
    course, code = invited(cast)
    cara = visitor()
    cara_joins_and_agrees(cara, code)
    first_questionnaire_is_begun_and_the_tab_closed(cara)
    it_goes_on_where_it_stopped(cara)
    second_questionnaire_on_one_page(cara)
    week_is_written_and_is_private(cara, cast, course)
    week_is_shared_and_taken_back(cara, cast, course)
    task_is_reported(cara, cast, course)
    a_week_later_it_is_asked_again(cara, clock)
    picture_and_table_show_the_way(cara)


def invited(cast):
    """Cara's course begins tomorrow; the therapist has handed her the code."""
    cara = people_operations.create_person(
        service=cast.service,
        name="Cara Lund",
        called="Cara",
        born_on=date(1984, 2, 3),
        phone="",
        country="DE",
        by=cast.tomas,
        at=now(),
    )
    course = courses.start_course(
        person=cara,
        condition="depression",
        variant_id="ipt_individual_columbia",
        sessions=16,
        minutes=50,
        first_on=date(2026, 11, 23),
        wall_time=time(17, 0),
        missing_rule="",
        reason="",
        by=cast.tomas,
        at=now(),
    )
    practice.agree_task(
        course=course,
        text=TRY,
        due_on=None,
        encounter_id=None,
        by=cast.tomas,
        at=now(),
    )
    code = people_operations.invite_person(person=cara, by=cast.tomas, at=now())
    return course, code


def cara_joins_and_agrees(cara, code):
    join(cara, code, "cara@test.example")
    cara.is_at("/agree/")
    cara.open("/today/")
    cara.is_at("/agree/")
    cara.see("What is kept and who sees it.")
    cara.open("/help/", "help")
    cara.see("Ambulance")
    cara.open("/agree/")
    cara.page.locator("input[name=agreed]").check()
    cara.press("Go on", "today-before-first")
    cara.is_at("/today/")
    cara.see("Good morning, Cara")
    cara.see("Your first session")
    cara.see("Monday 23 November, 17:00")
    cara.see("Before Monday")


def first_questionnaire_is_begun_and_the_tab_closed(cara):
    cara.follow("How your mood has been")
    cara.press("One question at a time", "question-first")
    for answer in ("Nearly every day", "Several days", "More than half the days"):
        tap(cara, answer)
    cara.see("Question 4 of 9")
    cara.follow("The question before")
    cara.see("Question 3 of 9")
    assert cara.page.locator("input[value='2']").is_checked()
    tap(cara, "Nearly every day")
    cara.page.close()


def it_goes_on_where_it_stopped(cara):
    cara.new_tab()
    cara.open("/today/")
    cara.see("begun")
    cara.follow("How your mood has been")
    cara.press("Go on where you stopped")
    cara.see("Question 4 of 9")
    for _place in range(4, 9):
        tap(cara, "More than half the days")
    tap(cara, "Not at all")
    tap(cara, "Very difficult")
    cara.is_at("/measures/phq9/finish/")
    cara.check("finish")
    cara.press("Finish", "result")
    cara.see("moderately severe")
    cara.see("17 of 27")
    cara.see("less is better")
    answering = Answering.objects.get(measure="phq9")
    assert (answering.total, answering.items["3"]) == (17, 3)


def second_questionnaire_on_one_page(cara):
    cara.follow("Next: How worried or tense")
    cara.press("All on one page", "one-page")
    answers = ["Several days"] * 6 + ["Not at all"]
    answer_on_one_page(cara, answers)
    cara.press("Finish")
    cara.see("mild")
    cara.see("6 of 21")
    cara.open("/today/", "today-answered")
    assert cara.page.get_by_text("done").count() >= 2


def week_is_written_and_is_private(cara, cast, course):
    before = pages_of_staff(cast, course)
    cara.follow("Look back on your week", "moment")
    cara.fill("What happened?", SECRET)
    cara.fill("Who was it with?", "My sister")
    tile(cara.page, "I kept it in").click()
    cara.press("Save and add another moment")
    cara.see("moment 2")
    cara.fill("What happened?", "A call that I did not take.")
    tile(cara.page, "Something else").click()
    cara.page.get_by_label("Keep this moment just for me").check()
    cara.press("Save and go on", "whole-week")
    cara.fill("How was your week, all in all?", "Long, but I slept.")
    cara.press("Save and go on", "week")
    cara.see(SECRET)
    cara.see("just for me")
    assert pages_of_staff(cast, course) == before


def week_is_shared_and_taken_back(cara, cast, course):
    cara.page.get_by_label("Dr Tomas Lind").check()
    cara.press("Keep this choice", "week-shared")
    cara.see("Shared with Dr Tomas Lind.")
    seen = pages_of_staff(cast, course)
    assert SECRET in seen
    assert "A call that I did not take." not in seen
    cara.page.get_by_label("Dr Tomas Lind").uncheck()
    cara.press("Keep this choice")
    cara.see("This page is private now.")
    assert SECRET not in pages_of_staff(cast, course)
    cara.open("/week/", "weeks")
    cara.see("private")


def task_is_reported(cara, cast, course):
    cara.open("/today/")
    cara.follow(TRY, "task")
    tile(cara.page, "I did it").click()
    cara.fill("What happened?", "She was glad that I rang.")
    cara.press("Save")
    assert Task.objects.get().state == "done"
    seen = cast.client("tomas").get(session_of(course, 1)).content.decode()
    assert "She was glad that I rang." in seen


def a_week_later_it_is_asked_again(cara, clock):
    """The session has ended by then: she signs in again and comes where she was going."""
    clock.move_to(people.NOW + timedelta(days=7))
    cara.open("/measures/phq9/")
    assert "/accounts/login/" in cara.page.url
    cara.page.fill("input[name=login]", "cara@test.example")
    cara.page.fill("input[name=password]", people.PASSWORD)
    cara.submit()
    cara.is_at("/measures/phq9/")
    begin(cara, "phq9", "All on one page")
    answer_on_one_page(
        cara, ["Several days"] * 8 + ["Not at all", "Not difficult at all"]
    )
    cara.press("Finish", "result-second")
    cara.see("9 points lower")
    cara.see("a clear change for the better")


def picture_and_table_show_the_way(cara):
    cara.follow("See your progress", "progress")
    figure = cara.page.locator("figure").first
    drawing, numbers = figure.locator("svg").first, figure.locator("table").first
    assert drawing.is_visible()
    assert room_of(numbers) < 2
    figure.get_by_role("button", name="Show the numbers").click()
    assert not drawing.is_visible()
    assert room_of(numbers) > 200
    assert numbers.get_by_role("cell", name="mild").is_visible()
    cara.check("progress-table")


def room_of(table):
    """Return how many pixels wide the place is that shows the table."""
    return table.locator("xpath=..").bounding_box()["width"]


def pages_of_staff(cast, course):
    """Return what the therapist's pages about this course say, without form tokens."""
    client = cast.client("tomas")
    pages = (
        "/caseload/",
        f"/courses/{course.pk}/",
        f"/courses/{course.pk}/progress/",
        f"/courses/{course.pk}/shared/",
        session_of(course, 1),
    )
    return "".join(without_token(client.get(page)) for page in pages)


def without_token(response):
    assert response.status_code == 200
    lines = response.content.decode().splitlines()
    return "\n".join(line for line in lines if "csrf" not in line)
