"""Today: what the person's first page says, from before the first session to after the last."""

from datetime import timedelta

import pytest

from openipt.calendar.models import Appointment
from openipt.courses.models import CourseFact
from openipt.people.models import CareRelationship
from openipt.practice import operations as practice
from openipt.safety import operations as safety
from openipt.safety.operations import RiskSource
from tests import people
from tests.journal import text_of, write


def today(cast, name="ana"):
    return text_of(cast.client(name).get("/today/"))


def agree(cast, text="Say it to Tomas.", **fields):
    return practice.agree_task(
        course=cast.extra["ana"],
        text=text,
        due_on=None,
        encounter_id=None,
        by=cast.tomas,
        at=people.NOW,
        **fields,
    )


def test_it_greets_by_the_name_they_like_and_says_where_they_are(cast):
    page = today(cast)

    assert "Good morning, Ana" in page
    assert "Session 6 of 16" in page
    assert "Middle phase" in page
    assert "Thursday 26 November, 17:00" in page
    assert "50 minutes with Dr Tomas Lind" in page
    assert "Before Thursday" in page


@pytest.mark.parametrize(
    ("hour", "greeting"),
    [(3, "evening"), (4, "morning"), (10, "morning"), (11, "afternoon"),
     (16, "afternoon"), (17, "evening"), (22, "evening")],
)  # fmt: skip
def test_the_greeting_follows_the_clock_of_the_service(cast, clock, hour, greeting):
    clock.move_to(people.NOW.replace(hour=hour))

    assert f"Good {greeting}, Ana" in today(cast)


def test_before_the_first_session_it_says_when_it_begins(cast, clock):
    course = cast.extra["bea"]
    clock.move_to(course.started_at + timedelta(minutes=1))

    page = today(cast, "bea")

    assert "It begins on" in page
    assert "Your first session" in page
    assert "Week " not in page


def test_after_the_last_session_it_does_not_promise_another(cast, clock):
    last = Appointment.objects.filter(person=cast.ana).latest("starts_at")
    clock.move_to(last.starts_at + timedelta(days=1))

    page = today(cast)

    assert "Your sessions have all taken place" in page
    assert "Session 16 of 16" in page
    assert "For you" in page


def test_without_a_course_the_page_still_stands(cast):
    cast.ana.courses.update(ended_at=people.NOW)

    page = today(cast)

    assert "Your course ended on Sunday 22 November" in page
    assert f"/my/ending/{cast.extra['ana'].pk}/" in page
    assert "Look back on your week" in page
    assert "PHQ-9" not in page


def test_what_is_due_and_what_is_done_stand_apart(cast):
    page = today(cast)
    assert "PHQ-9" in page
    assert "3 min" in page
    assert "Done:" not in page

    write(cast.ana, "One.", "Two.")
    task = agree(cast)
    practice.report_task(
        task=task,
        state="done",
        what_happened="",
        version=1,
        by=cast.ana.member,
        at=people.NOW,
    )
    agree(cast, "Call Ruth.")
    page = today(cast)

    assert "2 hard moments noted; you can add more" in page
    assert "you did it" in page
    assert "Call Ruth." in page
    assert page.count("Done:") == 2


def test_a_week_of_before_the_last_session_does_not_count(cast):
    write(cast.ana, "Old.", at=people.NOW - timedelta(days=10))

    assert "one hard moment is enough" in today(cast)


def test_risk_items_are_not_offered_while_nobody_would_read_them(cast):
    CareRelationship.objects.filter(person=cast.ana).update(state="paused")

    page = today(cast)

    assert "PHQ-9" not in page
    assert "GAD-7" in page


def test_an_answer_that_was_passed_on_says_so_and_then_who_has_seen_it(cast):
    alert = safety.raise_alert(
        person=cast.ana,
        source=RiskSource(kind="answer", measure="phq9", item=9, answer="Canary"),
        level="red",
        by=cast.ana.member,
        at=people.NOW,
    )
    waiting = today(cast)
    safety.acknowledge(alert=alert, by=cast.tomas, at=people.NOW)
    seen = today(cast)

    assert "Nobody has taken it up yet" in waiting
    assert "/help/" in waiting
    assert "Dr Tomas Lind has seen your answer." in seen
    assert "Canary" not in waiting + seen


@pytest.mark.parametrize(
    ("recent", "sentence"),
    [
        ([18, 15, 12], "become clearly better"),
        ([18, 15, 13], "not clearly changed"),
        ([12, 15, 18], "become clearly worse"),
        ([18], None),
        ([], None),
    ],
)
def test_the_trend_is_said_in_words_and_never_as_a_bare_number(cast, recent, sentence):
    CourseFact.objects.filter(course=cast.extra["ana"], measure="phq9").update(
        first=recent[0] if recent else None,
        last=recent[-1] if recent else None,
        first_at=people.NOW,
        last_at=people.NOW if recent else None,
        recent=recent,
        count=len(recent),
    )

    page = today(cast)

    assert ("How you have felt" in page) == bool(sentence)
    if sentence:
        assert sentence in page


def test_it_costs_twelve_queries_for_one_thing_to_do_and_for_three(
    cast, django_assert_num_queries
):
    client = cast.client("ana")
    agree(cast)
    write(cast.ana, "One.", share=True)
    client.get("/today/")
    with django_assert_num_queries(12):
        client.get("/today/")
    for text in ("Two.", "Three."):
        agree(cast, text)
        write(cast.ana, text, share=True)
    with django_assert_num_queries(12):
        client.get("/today/")


@pytest.mark.parametrize("who", ["tomas", "sofia", "max", "ada"])
def test_it_is_a_page_of_persons_only(cast, who):
    assert cast.client(who).get("/today/").status_code == 404
