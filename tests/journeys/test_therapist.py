"""A therapist's day: the caseload, a session, what was agreed, how it goes."""

import re

import pytest
from playwright.sync_api import expect

from openipt.courses.operations import set_focus
from openipt.encounters.models import Note
from openipt.web.clock import now

from .steps import answered_before, session_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NOTE = "She told how the week went, and what she did not say at home."
TRY = "Say at supper what the day was like."


@pytest.fixture
def cast(cast):
    answered_before(cast.extra["ana"], [19, 17, 18, 14, 11])
    answered_before(cast.extra["ana"], [14, 12, 9], measure="gad7")
    set_focus(
        course=cast.extra["ana"],
        area="role_transition",
        about="Back at work",
        by=cast.tomas,
        at=now(),
    )
    return cast


def test_the_caseload_is_sorted_filtered_and_walked(visitor, cast):
    tomas = visitor(login=cast.client("tomas"), wide=True)
    tomas.open("/caseload/", "caseload-wide")
    everything_about_a_course_is_in_its_row(tomas)
    columns_sort_both_ways(tomas)
    words_filter_as_they_are_typed(tomas)
    keys_walk_the_rows_and_open_one(tomas)


def everything_about_a_course_is_in_its_row(tomas):
    row = tomas.page.get_by_role("row", name="Ana Holm").inner_text()
    for said in (
        "session 6 of 16",
        "Middle phase",
        "Role transition",
        "reliably better",
        "Thu 17:00",
    ):
        assert said in row
    assert re.search(r"19\s+→\s*to\s+11", row), row
    assert tomas.page.get_by_role("row", name="Ana Holm").locator("svg").count() == 1


def columns_sort_both_ways(tomas):
    tomas.link("Name").click()
    assert names(tomas) == ["Ana Holm", "Bea Wolf"]
    tomas.link("Name").click()
    assert names(tomas) == ["Bea Wolf", "Ana Holm"]
    tomas.link("PHQ-9").click()
    tomas.link("PHQ-9").click()
    assert names(tomas) == ["Ana Holm", "Bea Wolf"]
    tomas.check()


def words_filter_as_they_are_typed(tomas):
    tomas.page.get_by_role("searchbox").fill("beginning")
    assert names(tomas) == ["Bea Wolf"]
    tomas.page.get_by_role("searchbox").fill("")
    assert len(names(tomas)) == 2


def keys_walk_the_rows_and_open_one(tomas):
    tomas.page.locator("h1").click()
    for key in ("j", "j", "k", "j"):
        tomas.page.keyboard.press(key)
    assert focused(tomas) == "Bea Wolf"
    with tomas.page.expect_navigation(wait_until="load"):
        tomas.page.keyboard.press("Enter")
    tomas.check("course-wide")
    tomas.see("Bea Wolf")


def names(visitor):
    rows = visitor.page.locator("tbody tr").filter(visible=True)
    return [row.locator("a").first.inner_text() for row in rows.all()]


def focused(visitor):
    return visitor.page.evaluate("document.activeElement.textContent.trim()")


def test_a_session_from_the_agenda_to_the_next_one(visitor, cast):
    course = cast.extra["ana"]
    tomas = visitor(login=cast.client("tomas"))
    tasks_of_the_beginning_are_ticked_off(tomas, cast.extra["bea"])
    tomas.open(session_of(course, 6), "session")
    agenda_says_what_this_session_is_for(tomas)
    note_survives_an_act_and_a_closed_tab(tomas, course)
    note_is_signed_and_added_to(tomas)
    tasks_are_agreed(tomas)
    they_stand_on_the_persons_page(visitor, cast)
    they_open_the_next_agenda(tomas, course)
    focus_is_changed(tomas, course)
    progress_is_read_and_printed(tomas, course)


def tasks_of_the_beginning_are_ticked_off(tomas, course):
    tomas.open(session_of(course, 1), "session-beginning")
    first = tomas.page.locator("#agenda .tick-button").first
    assert first.get_attribute("aria-pressed") == "false"
    tomas.go(first)
    assert tomas.page.locator("#agenda .tick-button[aria-pressed=true]").count() >= 1


def agenda_says_what_this_session_is_for(tomas):
    tomas.see("Session 6 of 16")
    tomas.see("Middle phase")
    minutes = tomas.page.locator("#agenda [data-minutes]").all()
    assert sum(int(field.input_value()) for field in minutes) == 50
    tomas.see("50 of 50 minutes")


def note_survives_an_act_and_a_closed_tab(tomas, course):
    """What is typed is kept when another button is pressed, and when the tab goes."""
    tomas.field("text").fill(NOTE[:20])
    tomas.go(tomas.page.get_by_role("button", name="Attended", exact=True))
    assert tomas.field("text").input_value() == NOTE[:20]
    tomas.field("text").fill(NOTE)
    tomas.page.get_by_text("Saved", exact=True).wait_for()
    tomas.page.close()
    tomas.new_tab()
    tomas.open(session_of(course, 6))
    assert tomas.field("text").input_value() == NOTE
    assert not Note.objects.exists()


def note_is_signed_and_added_to(tomas):
    tomas.press("Keep as a draft")
    assert tomas.field("text").input_value() == NOTE
    tomas.field("without_link").fill("She spoke of the week as a whole.")
    tomas.go(tomas.page.get_by_role("button", name="Sign", exact=True))
    tomas.see("Signed by Dr Tomas Lind")
    assert tomas.page.locator("[name=text]").count() == 0
    tomas.field("addendum").fill("She rang later: the supper went well.")
    tomas.press("Add it", "session-signed")
    tomas.see("Added by Dr Tomas Lind")
    tomas.see("She rang later: the supper went well.")


def tasks_are_agreed(tomas):
    tomas.field("new_tasks").fill(f"{TRY}\nGo to the choir once.")
    tomas.press("Put it on their list")
    tomas.see(TRY)


def they_stand_on_the_persons_page(visitor, cast):
    ana = visitor(login=cast.client("ana"))
    ana.open("/today/", "today-tasks")
    ana.see(TRY)
    ana.see("Go to the choir once.")


def they_open_the_next_agenda(tomas, course):
    tomas.go(tomas.page.locator(f"main a[href='{session_of(course, 7)}']").first)
    tomas.check("session-next")
    agenda = tomas.page.locator("#agenda").inner_text()
    assert TRY in agenda
    assert "Go to the choir once." in agenda
    tomas.see("What you agreed to try")
    tomas.see("Attended and missed can be recorded once it has begun.")
    assert tomas.page.get_by_role("button", name="Missed").count() == 0


def focus_is_changed(tomas, course):
    """A second focus has a reason; a third is refused."""
    tomas.open(f"/courses/{course.pk}/", "course")
    tomas.go(tomas.page.locator(f"main a[href='/courses/{course.pk}/focus/']").last)
    tomas.page.get_by_text("Take up another focus").click()
    tomas.page.get_by_role("radio", name="Grief").check()
    tomas.field("reason").fill("She lost her too, in spring.")
    tomas.field("about").fill("Her grandmother")
    tomas.press("Set the focus", "focus")
    tomas.open(f"/courses/{course.pk}/focus/")
    tomas.page.get_by_text("Take up another focus").click()
    tomas.page.get_by_role("radio", name="dispute").check()
    assert tomas.press("Set the focus", "focus-refused").status == 422


def progress_is_read_and_printed(tomas, course):
    tomas.open(f"/courses/{course.pk}/progress/", "course-progress")
    tomas.see("8 points lower")
    tomas.page.emulate_media(media="print")
    assert not tomas.page.get_by_role("navigation", name="Main").first.is_visible()
    for part in ("svg", "table"):
        assert tomas.page.locator(f"figure {part}").first.is_visible()
    assert room_on_paper(tomas) > 200
    assert len(tomas.page.pdf()) > 5000
    tomas.picture("course-progress-print")
    tomas.page.emulate_media(media="screen")


def room_on_paper(tomas):
    """Return how wide the place of the first table is."""
    place = tomas.page.locator("figure table").first.locator("xpath=..")
    return place.bounding_box()["width"]


def test_two_browsers_write_the_same_note_and_nothing_is_lost(visitor, cast):
    page = session_of(cast.extra["ana"], 6)
    desk = visitor(login=cast.client("tomas"), wide=True)
    phone = visitor(login=cast.client("tomas"))
    desk.open(page, "session-wide")
    phone.open(page)
    desk.field("text").fill("Written at the desk.")
    desk.press("Keep as a draft")
    phone.field("text").fill("Written on the phone.")
    answer = phone.press("Keep as a draft", "session-conflict")
    assert answer.status == 409
    expect(
        phone.page.get_by_text("Nothing is lost: here are both.")
    ).to_be_in_viewport()
    phone.see("Written at the desk.")
    assert phone.field("text").input_value() == "Written on the phone."
    assert Note.objects.get().text == "Written at the desk."
    phone.field("text").fill("Written at the desk.\nWritten on the phone.")
    phone.press("Keep as a draft")
    assert Note.objects.get().text == "Written at the desk.\nWritten on the phone."
