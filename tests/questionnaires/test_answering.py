"""Answering: kept at once, twice is once, closed when finished."""

from datetime import timedelta

import pytest

from openipt.audit.models import AuditEvent
from openipt.questionnaires import operations
from openipt.questionnaires.models import Answering
from tests import people
from tests.questionnaires.answers import (
    JSON,
    begin,
    choose,
    fill,
    page_of,
    text_of,
)

HUGE = "9" * 400
CALM = [1] * 8 + [0]
"""Some trouble with everything but the last question."""


def test_beginning_leads_to_the_first_question(ana):
    response = begin(ana)

    assert response.status_code == 302
    assert response.url == "/measures/phq9/1/"
    assert Answering.objects.get().items == {}


def test_beginning_twice_is_one_answering(ana):
    begin(ana)
    begin(ana)

    assert Answering.objects.count() == 1


def test_a_question_says_where_one_is(ana):
    begin(ana)

    text = text_of(ana.get("/measures/phq9/3/"))

    assert "Question 3 of 9" in text
    assert "Trouble falling or staying asleep" in text
    assert "Over the last 2 weeks" in text


def test_an_answer_is_kept_at_once_and_the_next_question_comes(ana):
    begin(ana)

    response = choose(ana, 1, 2)

    assert response.status_code == 302
    assert response.url == "/measures/phq9/2/"
    assert Answering.objects.get().items == {"1": 2}


def test_an_answer_sent_by_the_page_itself_is_told_where_to_go_on(ana):
    begin(ana)

    response = choose(ana, 1, 2, **JSON)

    assert response.json() == {"next": "/measures/phq9/2/", "now": False}
    assert Answering.objects.get().items == {"1": 2}


def test_the_same_answer_twice_is_one_thing(ana):
    begin(ana)
    choose(ana, 1, 2)
    before = (Answering.objects.get().version, AuditEvent.objects.count())

    response = choose(ana, 1, 2)

    assert response.url == "/measures/phq9/2/"
    assert (Answering.objects.get().version, AuditEvent.objects.count()) == before


def test_an_answer_can_be_changed_until_the_end(ana):
    begin(ana)
    choose(ana, 1, 2)

    choose(ana, 1, 0)

    assert Answering.objects.get().items == {"1": 0}


def test_going_on_later_comes_back_to_the_question_after_the_last_answer(ana):
    begin(ana)
    for place in (1, 2, 3, 4):
        choose(ana, place, 1)

    assert begin(ana).url == "/measures/phq9/5/"


def test_all_answers_that_were_given_stand_in_the_page(ana):
    begin(ana)
    choose(ana, 1, 3)

    text = text_of(ana.get("/measures/phq9/page/"))

    assert 'name="item-1" value="3" id="id_item-1_3" checked' in text


def test_the_way_somebody_likes_is_remembered(ana):
    begin(ana, way="page")
    choose(ana, 1, 1)

    assert ana.cookies["openipt-questions"].value == "page"
    assert begin(ana, way="page").url == "/measures/phq9/page/"


def test_the_last_scored_question_leads_to_the_one_that_does_not_count(ana):
    begin(ana)
    choose(ana, 1, 1)

    assert choose(ana, 9, 0).url == "/measures/phq9/10/"
    assert choose(ana, 10, 3).url == "/measures/phq9/finish/"


def test_somebody_without_any_problem_is_not_asked_how_hard_they_make_it(ana):
    begin(ana)
    for place in range(1, 9):
        choose(ana, place, 0)

    assert choose(ana, 9, 0).url == "/measures/phq9/finish/"


def test_the_question_about_difficulty_is_kept_but_not_counted(ana):
    fill(ana, CALM, **{"item-difficulty": 3})

    finished = Answering.objects.get()
    assert finished.items["difficulty"] == 3
    assert finished.total == 8


def test_a_page_with_every_answer_is_finished_at_once(ana):
    begin(ana, way="page")

    response = ana.post(
        "/measures/phq9/page/", page_of([0] * 9) | {"item-difficulty": 0}
    )

    finished = Answering.objects.get()
    assert finished.completed_at == people.NOW
    assert response.url == f"/measures/result/{finished.pk}/"


def test_a_page_with_something_left_out_asks_once_more_and_keeps_the_rest(ana):
    begin(ana, way="page")

    response = ana.post("/measures/phq9/page/", page_of([1] * 8))

    assert response.url == "/measures/phq9/finish/"
    assert Answering.objects.get().completed_at is None
    text = text_of(ana.get("/measures/phq9/finish/"))
    assert "1 question is left out. That is all right" in text


def test_too_much_left_out_is_said_before_the_end(ana):
    begin(ana, way="page")
    ana.post("/measures/phq9/page/", page_of([1] * 6))

    text = text_of(ana.get("/measures/phq9/finish/"))

    assert "3 questions are left out. That is too much for a score" in text


def test_an_option_chosen_on_the_page_is_kept_without_finishing(ana):
    begin(ana, way="page")

    response = ana.post("/measures/phq9/page/", page_of(CALM), **JSON)

    assert response.json() == {"next": "/measures/phq9/page/", "now": False}
    kept = Answering.objects.get()
    assert len(kept.items) == 9
    assert kept.completed_at is None


def test_finishing_twice_shows_the_same_result(ana):
    begin(ana)
    choose(ana, 1, 1)
    answering = {"answering": Answering.objects.get().pk}

    first = ana.post("/measures/phq9/finish/", answering)
    second = ana.post("/measures/phq9/finish/", answering)

    assert first.url == second.url
    assert Answering.objects.count() == 1


def test_nothing_answered_is_nothing_to_finish(ana):
    begin(ana)

    response = ana.post("/measures/phq9/finish/")

    assert response.status_code == 422
    assert "Nothing is answered yet" in text_of(response)
    assert Answering.objects.get().completed_at is None


def test_a_finished_questionnaire_is_closed(ana):
    finished = fill(ana, CALM)

    response = ana.post("/measures/phq9/1/", {"answer": 3, "answering": finished.pk})

    assert response.status_code == 409
    assert "finished this questionnaire already" in text_of(response)
    finished.refresh_from_db()
    assert finished.items["1"] == 1


def test_what_is_done_for_the_next_session_cannot_be_begun_again(ana):
    fill(ana, CALM)

    response = begin(ana)

    assert response.status_code == 403
    assert "You have answered this for your next session" in text_of(response)
    assert Answering.objects.count() == 1


@pytest.mark.parametrize(
    "code", ["", "4", "-1", "1.0", "1e0", "٢", "two", "0x1", HUGE, "1\x00", "<b>"]
)
def test_an_answer_that_is_not_offered_is_a_sentence_and_keeps_nothing(ana, code):
    begin(ana)

    response = choose(ana, 1, code)

    assert response.status_code == 422
    assert "Please choose one of the answers." in text_of(response)
    assert Answering.objects.get().items == {}


def test_one_wrong_answer_on_a_page_keeps_the_others_and_says_which(ana):
    begin(ana, way="page")

    response = ana.post("/measures/phq9/page/", page_of(CALM) | {"item-4": "7"})

    assert response.status_code == 422
    text = text_of(response)
    assert 'href="#id_item-4"' in text
    assert 'name="item-3" value="1" id="id_item-3_1" checked' in text
    kept = Answering.objects.get()
    assert sorted(kept.items) == ["1", "2", "3", "5", "6", "7", "8", "9"]
    assert kept.completed_at is None


@pytest.mark.parametrize("place", ["0", "11", "99999999999999999999", "-1", "x", "1.5"])
def test_there_is_no_such_question(ana, place):
    begin(ana)

    assert ana.get(f"/measures/phq9/{place}/").status_code == 404
    assert choose(ana, place, 1).status_code == 404


@pytest.mark.parametrize("measure", ["phq8", "PHQ9", "result", "phq9-x"])
def test_there_is_no_such_questionnaire(ana, measure):
    assert ana.get(f"/measures/{measure}/").status_code == 404
    assert begin(ana, measure).status_code == 404


def test_a_question_that_was_not_begun_leads_to_the_beginning(ana):
    assert ana.get("/measures/phq9/3/").url == "/measures/phq9/"
    assert ana.get("/measures/phq9/page/").url == "/measures/phq9/"
    assert ana.get("/measures/phq9/finish/").url == "/measures/phq9/"


def test_an_answer_to_what_was_not_begun_is_refused_with_a_sentence(ana):
    response = choose(ana, 1, 1)

    assert response.status_code == 409
    assert "not open, so nothing was kept" in text_of(response)


def test_nobody_answers_for_somebody_else(cast, ana):
    begin(ana)
    hers = Answering.objects.get()
    bea = cast.client("bea")
    begin(bea)

    response = bea.post("/measures/phq9/1/", {"answer": 1, "answering": hers.pk})

    assert response.status_code == 404
    hers.refresh_from_db()
    assert hers.items == {}


@pytest.mark.parametrize("named", ["x", "1", "0198c0de-0000-7000-8000-000000000000"])
def test_a_form_of_an_unknown_answering_is_not_there(ana, named):
    begin(ana)

    response = ana.post("/measures/phq9/1/", {"answer": 1, "answering": named})

    assert response.status_code == 404


@pytest.mark.parametrize("name", ["tomas", "sofia", "max", "ada"])
def test_staff_have_no_questionnaires_of_their_own(cast, name):
    assert cast.client(name).get("/measures/").status_code == 404
    assert cast.client(name).get("/measures/phq9/").status_code == 404


def test_after_two_weeks_an_unfinished_one_is_kept_but_not_gone_on_with(ana, clock):
    begin(ana)
    choose(ana, 1, 1)
    old = Answering.objects.get()
    clock.move_to(people.NOW + timedelta(days=15))
    ana = people.signed_in(old.person.member)

    late = ana.post("/measures/phq9/2/", {"answer": 1, "answering": old.pk})
    begin(ana)

    assert late.status_code == 409
    assert "more than two weeks ago" in text_of(late)
    old.refresh_from_db()
    assert old.set_aside_at is not None
    assert old.items == {"1": 1}
    assert Answering.objects.filter(set_aside_at=None).get().items == {}


def test_two_tabs_lose_no_answer_of_each_other(cast, ana):
    begin(ana)
    stale = Answering.objects.get()
    choose(ana, 1, 1)

    operations.choose(
        answering=stale, item="2", code=2, by=cast.member("ana"), at=people.NOW
    )

    assert Answering.objects.get().items == {"1": 1, "2": 2}


def test_an_answer_chosen_after_the_session_ended_is_there_after_signing_in(cast, ana):
    begin(ana)
    answering = Answering.objects.get()
    key = f"measure:{answering.pk}:1"
    session = ana.session
    session["seen_at"] = session["began_at"] - 60 * 60
    session.save()

    response = ana.post(
        "/measures/phq9/1/",
        {"answer": "2", "answering": answering.pk, "draft_key": key},
    )

    assert "/accounts/login/" in response.url
    text = text_of(cast.client("ana").get("/measures/phq9/1/"))
    assert 'value="2" id="id_answer_2" checked' in text
