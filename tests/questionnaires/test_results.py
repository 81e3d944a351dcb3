"""What a result says: plain words, its date and age beside it, its change since the first."""

import re
import uuid
from datetime import timedelta

import pytest

from openipt.audit.models import AuditEvent
from openipt.questionnaires import queries
from openipt.questionnaires.models import Answering
from tests import people
from tests.questionnaires.answers import begin, codes_to, fill, text_of

WEEK = timedelta(weeks=1)


def course_of_scores(cast, clock, totals, measure="phq9", weeks=1):
    """Let Ana answer one after another, a session between; return the last one.

    One answer to the GAD-7 stands for four sessions.
    """
    answering = None
    weeks *= 4 if measure == "gad7" else 1
    for place, total in enumerate(totals):
        if place:
            clock.shift(timedelta(weeks=weeks))
        count = 9 if measure == "phq9" else 7
        answering = fill(
            cast.client("ana"),
            codes_to(total, count=count),
            measure,
            **{"item-difficulty": 0},
        )
    return answering


def result_text(cast, answering):
    return text_of(cast.client("ana").get(f"/measures/result/{answering.pk}/"))


def test_the_first_result_is_the_measure_of_the_next(cast, clock):
    text = result_text(cast, course_of_scores(cast, clock, [12]))

    assert "these problems bothered you a good deal" in text
    assert "<b>Moderate</b>, 12 of 27" in text
    assert "This is the first one." in text


def test_date_and_age_stand_beside_the_number(cast, clock):
    answering = course_of_scores(cast, clock, [12])
    clock.shift(timedelta(days=3))

    text = result_text(cast, answering)

    assert '<span class="nowrap">22 Nov 2026</span>, 3 days ago' in text
    assert "Answered on Sunday 22 November, 10:00." in text


@pytest.mark.parametrize(
    ("measure", "totals", "words"),
    [
        ("phq9", [18, 13], "it is too early to speak of a change"),
        ("phq9", [18, 12], "a clear change for the better"),
        ("phq9", [12, 17], "it is too early to speak of a change"),
        ("phq9", [12, 18], "a clear change for the worse"),
        ("gad7", [12, 9], "it is too early to speak of a change"),
        ("gad7", [12, 8], "a clear change for the better"),
        ("gad7", [8, 11], "it is too early to speak of a change"),
        ("gad7", [8, 12], "a clear change for the worse"),
    ],
)
def test_change_counts_from_the_threshold_of_the_measure(
    cast, clock, measure, totals, words
):
    text = result_text(cast, course_of_scores(cast, clock, totals, measure))

    assert words in text
    assert "22 Nov 2026" in text


def test_no_change_is_said_so(cast, clock):
    text = result_text(cast, course_of_scores(cast, clock, [12, 12]))

    assert "This is the same as on 22 Nov 2026." in text
    assert "too early" not in text


def test_change_is_read_against_the_first_and_not_the_last(cast, clock):
    text = result_text(cast, course_of_scores(cast, clock, [18, 12, 11]))

    assert "This is 7 points lower than on 22 Nov 2026." in text


def test_where_the_words_come_from_is_said(cast, clock):
    text = result_text(cast, course_of_scores(cast, clock, [18, 12]))

    assert "Kroenke K, Spitzer RL, Williams JBW" in text
    assert "No permission required to reproduce" in text
    assert "A change counts from 6 points: NHS Talking Therapies" in text
    assert "not a diagnosis" in text


def test_what_is_not_verified_stays_off_the_screen(cast, clock):
    finished = fill(cast.client("ana"), [2] * 8 + [None])

    assert "not read; to be checked" not in result_text(cast, finished)


def test_after_a_risk_answer_the_result_leads_to_help_and_does_not_praise(cast, ana):
    finished = fill(ana, [0] * 8 + [1])

    text = result_text(cast, finished)

    assert "You do not have to be alone with this" in text
    assert 'href="/help/now/"' in text


def test_the_result_leads_on_to_what_is_still_due(cast, ana):
    finished = fill(ana, codes_to(5))

    assert "Next: How worried or tense you have been" in result_text(cast, finished)


def untokened(response):
    """Return a page without the tokens that differ each time."""
    return re.sub(r'(value|content)="[A-Za-z0-9]{64}"', "", text_of(response))


def test_nobody_else_reads_a_result(cast, ana):
    finished = fill(ana, codes_to(5))
    address = f"/measures/result/{finished.pk}/"
    unknown = f"/measures/result/{uuid.uuid4()}/"

    for name in ("bea", "eva", "tomas", "sofia", "max", "ada"):
        client = cast.client(name)
        refused, missing = client.get(address), client.get(unknown)
        assert refused.status_code == missing.status_code == 404
        assert untokened(refused) == untokened(missing)


def test_what_is_not_finished_has_no_result(ana):
    begin(ana)

    address = f"/measures/result/{Answering.objects.get().pk}/"

    assert ana.get(address).status_code == 404


def answers_address(cast, answering, of="ana"):
    return f"/courses/{cast.extra[of].pk}/answers/{answering.pk}/"


@pytest.mark.parametrize("name", ["tomas", "sofia"])
def test_the_team_reads_every_answer_and_leaves_a_trace(cast, ana, name):
    finished = fill(ana, [2, 1, 0, 3, 0, 0, 0, 0, 1], **{"item-difficulty": 2})

    response = cast.client(name).get(answers_address(cast, finished))

    text = text_of(response)
    assert response.status_code == 200
    assert "Little interest or pleasure in doing things" in text
    assert "Nearly every day" in text
    assert "Very difficult" in text
    trace = AuditEvent.objects.filter(action="questionnaires.answering.read").get()
    assert trace.object_id == finished.pk
    assert trace.actor_id == cast.member(name).pk


@pytest.mark.parametrize(
    ("name", "of"),
    [
        ("ines", "ana"),
        ("max", "ana"),
        ("ada", "ana"),
        ("ana", "ana"),
        ("bea", "ana"),
        ("omar", "ana"),
        ("omar", "eva"),
        ("tomas", "bea"),
    ],
)
def test_nobody_else_reads_the_answers(cast, ana, name, of):
    finished = fill(ana, codes_to(5))

    response = cast.client(name).get(answers_address(cast, finished, of))

    assert response.status_code == 404
    assert not AuditEvent.objects.filter(
        action="questionnaires.answering.read"
    ).exists()


def test_half_a_form_is_not_read_by_the_team(cast, ana):
    begin(ana)

    response = cast.client("tomas").get(answers_address(cast, Answering.objects.get()))

    assert response.status_code == 404


def make_history(cast, count):
    """Give Ana finished questionnaires, a day apart, without unsealing anything."""
    for day in range(count):
        at = people.NOW - timedelta(days=day + 1)
        answering = Answering.objects.create(
            service=cast.service,
            person=cast.ana,
            measure="phq9",
            measure_version="2026.1",
            language="en",
            items={"1": 1},
            started_at=at,
            completed_at=at,
            total=day % 27,
            band="mild",
        )
        answering.asked_by.create(service=cast.service, course=cast.extra["ana"])


@pytest.mark.parametrize("count", [1, 3, 100])
def test_a_history_is_one_question_however_long(cast, count, django_assert_num_queries):
    make_history(cast, count)

    with django_assert_num_queries(1):
        results = queries.history(cast.ana, "phq9")

    assert len(results) == count
    assert results == sorted(results, key=lambda one: one.at)


def test_the_latest_scores_of_everybody_are_one_question(
    cast, clock, django_assert_num_queries
):
    course_of_scores(cast, clock, [18, 12])
    fill(cast.client("bea"), codes_to(7))

    with django_assert_num_queries(1):
        latest = queries.latest_scores([cast.ana.pk, cast.bea.pk, cast.eva.pk])

    assert latest[cast.ana.pk]["phq9"].total == 12
    assert latest[cast.bea.pk]["phq9"].total == 7
    assert cast.eva.pk not in latest


@pytest.mark.parametrize(("days", "stretches"), [(28, 1), (29, 2)])
def test_a_line_is_not_drawn_across_more_than_four_weeks(cast, clock, days, stretches):
    course_of_scores(cast, clock, [18, 16])
    clock.shift(timedelta(days=days))
    course_of_scores(cast, clock, [9, 8])

    drawing, results = queries.trajectory_for(cast.extra["ana"], "phq9")

    assert [one.total for one in results] == [18, 16, 9, 8]
    assert len(drawing.marks) == 4
    assert len(drawing.lines) == stretches
