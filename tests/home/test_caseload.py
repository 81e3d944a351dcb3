"""The caseload: alerts on top, every course in a row, in the order that is asked for."""

import re
from datetime import timedelta

import pytest

from openipt.audit.models import AuditEvent
from openipt.courses import operations as courses
from openipt.courses.models import Course, CourseFact
from openipt.people.models import CareRelationship
from openipt.safety import operations as safety
from openipt.safety.operations import RiskSource
from tests import people
from tests.journal import text_of


def caseload(cast, query="", name="tomas"):
    return text_of(cast.client(name).get(f"/caseload/{query}"))


def names(page):
    return re.findall(r'rowheader"><b><a[^>]*>([^<]+)</a>', page)


def row_of(page, name):
    """The text of one row."""
    rows = re.findall(r'<tr role="row" data-url.*?</tr>', page, re.DOTALL)
    return next(row for row in rows if name in row)


def raised(cast, person="ana", level="red", at=people.NOW, **source):
    details = {"kind": "answer", "measure": "phq9", "item": 9, "answer": "Several days"}
    who = getattr(cast, person)
    return safety.raise_alert(
        person=who,
        source=RiskSource(**(details | source)),
        level=level,
        by=who.member,
        at=at,
    )


def scores(cast, name, *totals, days_ago=2):
    CourseFact.objects.filter(course=cast.extra[name], measure="phq9").update(
        first=totals[0],
        last=totals[-1],
        last_at=people.NOW - timedelta(days=days_ago),
        recent=list(totals),
        count=len(totals),
    )


def test_a_row_says_how_the_course_stands(cast):
    courses.set_focus(
        course=cast.extra["ana"],
        area="role_dispute",
        about="Who decides",
        by=cast.tomas,
        at=people.NOW,
    )
    scores(cast, "ana", 18, 14, 11)

    page = row_of(caseload(cast), "Ana Holm")

    assert "session 6 of 16" in page
    assert "Middle phase" in page
    assert "Role dispute" in page
    assert re.search(r"18.{0,80}→.{0,120}11", page, re.DOTALL)
    assert "20 Nov 2026" in page
    assert "reliably better" in page
    assert "Thu 17:00" in page
    assert '<svg class="spark' in page


@pytest.mark.parametrize(
    ("totals", "word"),
    [
        ((18, 12), "reliably better"),
        ((18, 13), "no reliable change yet"),
        ((18, 9), "recovered"),
        ((9, 3), "reliably better"),
        ((12, 18), "reliably worse"),
        ((12, 17), "no reliable change yet"),
        ((12,), "one score so far"),
    ],
)
def test_the_change_is_said_in_words_by_the_published_rule(cast, totals, word):
    scores(cast, "ana", *totals)

    assert word in row_of(caseload(cast), "Ana Holm")


def test_an_alert_stands_on_top_with_what_was_answered_and_what_comes_next(cast):
    raised(cast, answer="More than half the days")

    page = caseload(cast)

    assert (
        "Ana Holm answered “More than half the days” to question 9 of the PHQ-9, just now."
        in page
    )
    assert "the deputy is told at 10:15; the supervisor is told at 10:30." in page
    assert "Nobody has taken it yet" in page
    assert page.index("Respond") < page.index("Open courses")
    assert "open alert" in page
    assert names(page)[0] == "Ana Holm"


def test_red_comes_before_amber_and_what_waits_before_what_is_taken(cast):
    first = raised(cast, "ana", "amber", at=people.NOW - timedelta(hours=1))
    raised(cast, "bea", "red")
    page = caseload(cast)
    assert page.index("Bea Wolf answered") < page.index("Ana Holm answered")

    safety.acknowledge(alert=first, by=cast.tomas, at=people.NOW)
    page = caseload(cast)

    assert "taken by you" in page
    assert page.index("Bea Wolf answered") < page.index("taken by you")


def test_the_deputy_sees_the_alert_and_no_row(cast, clock):
    raised(cast)
    safety.escalate(
        alert_id=safety_alert(cast).pk, at=people.NOW + timedelta(minutes=16)
    )

    page = caseload(cast, name="ines")

    assert "Ana Holm answered" in page
    assert names(page) == []
    assert "No course yet" in page


def safety_alert(cast):
    from openipt.safety.models import Alert

    return Alert.objects.get(person=cast.ana)


def test_only_the_part_with_the_alerts_is_fetched_again(cast):
    raised(cast)
    client = cast.client("tomas")

    part = client.get(
        "/caseload/", headers={"HX-Request": "true", "HX-Target": "open-alerts"}
    )

    assert "Ana Holm answered" in text_of(part)
    assert "Bea Wolf" not in text_of(part)
    assert "<html" not in text_of(part)
    assert AuditEvent.objects.filter(action="home.caseload.read").count() == 1


def test_the_badge_counts_what_nobody_has_taken(cast):
    badge = '<span class="badge">1</span>'
    client = cast.client("tomas")
    assert "badge" not in text_of(client.get("/calendar/"))

    alert = raised(cast)
    assert badge in text_of(client.get("/calendar/"))
    assert badge in text_of(client.get("/caseload/"))

    safety.acknowledge(alert=alert, by=cast.tomas, at=people.NOW)
    assert "badge" not in text_of(client.get("/calendar/"))


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", ["Ana Holm", "Bea Wolf"]),
        ("-name", ["Bea Wolf", "Ana Holm"]),
        ("course", ["Bea Wolf", "Ana Holm"]),
        ("score", ["Bea Wolf", "Ana Holm"]),
        ("-score", ["Ana Holm", "Bea Wolf"]),
        ("change", ["Ana Holm", "Bea Wolf"]),
        ("next", ["Ana Holm", "Bea Wolf"]),
        ("id;--", ["Ana Holm", "Bea Wolf"]),
        ("-name,__class__", ["Ana Holm", "Bea Wolf"]),
        ("person__name", ["Ana Holm", "Bea Wolf"]),
        ("x" * 5000, ["Ana Holm", "Bea Wolf"]),
    ],
)
def test_it_sorts_by_a_list_of_columns_and_by_nothing_else(cast, sort, order):
    scores(cast, "ana", 12, 18)
    scores(cast, "bea", 18, 7)
    late = cast.extra["bea"].series.appointments.filter(state="planned")
    late.filter(starts_at__lt=people.NOW + timedelta(days=8)).update(state="attended")

    assert names(caseload(cast, f"?sort={sort}")) == order


def test_it_says_which_column_is_sorted_and_offers_to_turn_it(cast):
    page = caseload(cast, "?sort=name")

    assert 'aria-sort="ascending"' in page
    assert 'href="?sort=-name"' in page


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ana", ["Ana Holm"]),
        ("HOLM ana", ["Ana Holm"]),
        ("beginning", ["Bea Wolf"]),
        ("nobody", []),
        ("", ["Bea Wolf", "Ana Holm"]),
        ("x" * 101, ["Bea Wolf", "Ana Holm"]),
        ("<script>", []),
    ],
)
def test_words_are_looked_for_without_standing_in_an_address(cast, words, found):
    answer = cast.client("tomas").post("/caseload/", {"words": words})

    assert answer.status_code == 200
    assert names(text_of(answer)) == found
    assert "<script>" not in answer.content.decode()


def test_overdue_questionnaires_are_named(cast):
    page = caseload(cast)

    assert "PHQ-9, GAD-7 overdue" in page


def test_an_ended_course_and_ended_care_leave_the_list(cast):
    Course.objects.filter(pk=cast.extra["bea"].pk).update(ended_at=people.NOW)
    assert names(caseload(cast)) == ["Ana Holm"]

    CareRelationship.objects.filter(person=cast.ana).update(
        state="ended", ends_at=people.NOW
    )
    page = caseload(cast)

    assert names(page) == []
    assert "Ana Holm" not in page


def test_a_therapist_without_courses_is_told_how_to_begin(cast):
    page = caseload(cast, name="ines")

    assert "No course yet" in page
    assert "/courses/start/" in page
    assert "Ana Holm" not in page


def test_reading_it_leaves_one_trace_with_everybody_on_it(cast):
    caseload(cast)

    event = AuditEvent.objects.get(action="home.caseload.read")
    assert set(event.subject_ids) == {str(cast.ana.pk), str(cast.bea.pk)}
    assert event.actor_id == cast.tomas.pk


def test_it_costs_the_same_for_one_row_and_for_three(cast, django_assert_num_queries):
    # Thirteen, and the two that open and close the transaction of the trace in a test.
    client = cast.client("tomas")
    cast.bea.care.update(state="paused")
    client.get("/caseload/")
    with django_assert_num_queries(15):
        client.get("/caseload/")
    cast.bea.care.update(state="active")
    start_third(cast)
    with django_assert_num_queries(15):
        assert len(names(text_of(client.get("/caseload/")))) == 3


def start_third(cast):
    from datetime import time

    third = people.make_person(
        cast.service, "Cem Aydin", "cem@test.example", by=cast.tomas
    )
    courses.start_course(
        person=third,
        condition="depression",
        variant_id="ipt_individual_uk",
        sessions=16,
        minutes=50,
        first_on=people.NOW.date() + timedelta(days=2),
        wall_time=time(8, 0),
        missing_rule="",
        reason="",
        by=cast.tomas,
        at=people.NOW,
    )


@pytest.mark.parametrize("who", ["ana", "sofia", "max", "ada"])
def test_it_is_a_page_of_therapists_only(cast, who):
    answer = cast.client(who).get("/caseload/")

    assert answer.status_code == 404
    assert "Bea " not in text_of(answer)
