"""Fifty minutes: by keyboard at a desk, by thumb on a phone, and two at once."""

from datetime import timedelta

import pytest

from openipt.courses.operations import set_focus
from openipt.encounters.models import MoodLink, Note, SessionPlan, TechniqueUsed
from openipt.people import operations as people_operations
from openipt.web.clock import now

from .keys import Keys
from .steps import session_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(cast, clock):
    """It is five minutes into Ana's sixth session."""
    course = cast.extra["ana"]
    planned = course.series.appointments.get(number=6)
    set_focus(
        course=course, area="role_transition", about="Work", by=cast.tomas, at=now()
    )
    clock.move_to(planned.starts_at + timedelta(minutes=5))
    return session_of(course, 6)


def open_at(visitor, cast, address, who="tomas", **browser):
    """Open the session with the browser's own clock at the same minute."""
    member = visitor(login=cast.client(who), **browser)
    member.page.clock.set_fixed_time(now())
    member.open(address)
    return member


def test_a_session_by_keyboard(visitor, cast, address):
    tomas = open_at(visitor, cast, address, wide=True)
    keys = Keys(tomas)
    keys.tab_to("Start the clock")
    keys.leads()
    tomas.see("50 min left of the session")
    minutes_are_given(tomas, keys)
    a_point_is_moved_and_one_added(tomas, keys)
    what_happened_is_noted(tomas, keys)
    headings_and_a_note(tomas, keys)


def minutes_are_given(tomas, keys):
    keys.tab_to("Minutes for Agree what to try")
    keys.type("20")
    assert "of 50 minutes" in tomas.page.locator("[data-total-line]").inner_text()
    keys.leads()
    assert SessionPlan.objects.get().content["points"][-1]["minutes"] == 20


def a_point_is_moved_and_one_added(tomas, keys):
    keys.tab_to("More about: Agree what to try")
    keys.press("Enter")
    keys.tab_to("Earlier: Agree what to try")
    keys.leads()
    assert tomas.page.locator("li:target").get_attribute("data-key") == "closing"
    keys.tab_to("A point of your own")
    keys.type("Her letter")
    keys.tab_to("Put it on the agenda")
    keys.leads()
    tomas.see("Her letter")


def what_happened_is_noted(tomas, keys):
    keys.tab_to("What happened", "textarea")
    keys.type("He did not call.")
    keys.tab_to("How mood moved")
    keys.press("ArrowDown", "ArrowDown")
    keys.tab_to("Note it")
    keys.leads()
    assert MoodLink.objects.get().content["moved"] == -2
    keys.tab_to("Role play")
    keys.leads("Space")
    assert TechniqueUsed.objects.get().key == "role_play"


def headings_and_a_note(tomas, keys):
    keys.tab_to("Put headings in", back=True)
    keys.press("Enter")
    keys.type("Tired, and glad to come.")
    keys.tab_to("Sign", "submit")
    keys.leads()
    tomas.see("Signed by Dr Tomas Lind")
    assert "How they have been\nTired, and glad to come.\n" in Note.objects.get().text


def test_a_session_on_a_phone(visitor, cast, address):
    tomas = open_at(visitor, cast, address)
    agenda, note = (tomas.page.locator(f"#{one}") for one in ("agenda", "note"))
    assert agenda.bounding_box()["y"] < note.bounding_box()["y"]
    tomas.field("text").fill("Begun.")
    tomas.go(tomas.button("Role play"))
    assert tomas.field("text").input_value() == "Begun."
    for panel in ("Their week", "Last note", "Focus", "Circle"):
        with tomas.page.expect_response(lambda answer: "/beside/" in answer.url):
            tomas.page.locator("details.panel summary").filter(has_text=panel).click()
    tomas.check("session-panels")
    tomas.follow("Process note", "process-note")
    tomas.see("Only you read this")


def test_points_are_dragged(visitor, cast, address):
    tomas = open_at(visitor, cast, address, wide=True)
    points = tomas.page.locator("#agenda [data-key]")
    before = points.nth(-2).get_attribute("data-key")
    handle = tomas.page.locator('[data-key="closing"] [data-handle]')
    points.nth(-2).scroll_into_view_if_needed()
    handle.scroll_into_view_if_needed()
    taken, above = handle.bounding_box(), points.nth(-2).bounding_box()
    with tomas.page.expect_navigation(wait_until="load"):
        tomas.page.mouse.move(taken["x"] + 8, taken["y"] + 8)
        tomas.page.mouse.down()
        tomas.page.mouse.move(above["x"] + 20, above["y"] + 12, steps=6)
        tomas.page.mouse.up()

    kept = [point["key"] for point in SessionPlan.objects.get().content["points"]]
    assert kept[-2:] == ["closing", before]


def test_two_at_once_lose_no_word(visitor, cast, address):
    people_operations.open_care(
        person=cast.ana, member=cast.ines, course_id=cast.extra["ana"].pk,
        by=cast.ada, at=now(),
    )  # fmt: skip
    tomas = open_at(visitor, cast, address, wide=True)
    ines = open_at(visitor, cast, address, "ines", wide=True)

    ines.page.get_by_label("A point of your own").fill("Her brother")
    ines.press("Put it on the agenda")
    tomas.page.get_by_label("A point of your own").fill("Her letter")
    tomas.press("Put it on the agenda")
    tomas.see("Somebody else arranged this agenda meanwhile.")
    tomas.press("Put it on the agenda")

    kept = [point["words"] for point in SessionPlan.objects.get().content["points"]]
    assert {"Her brother", "Her letter"} <= set(kept)
