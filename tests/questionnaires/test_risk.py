"""Risk answers: kept and told in one breath, whatever becomes of the form."""

from datetime import timedelta

import pytest

from openipt.people import operations as people_operations
from openipt.questionnaires import operations, queries
from openipt.questionnaires.models import Answering
from openipt.safety import queries as safety
from openipt.safety.models import Alert, AlertSource
from tests import people
from tests.questionnaires.answers import (
    JSON,
    begin,
    choose,
    codes_to,
    fill,
    page_of,
    text_of,
)

RISK = 9


def next_session(cast, clock):
    """Go to the Sunday after Ana's next session; return her browser."""
    clock.shift(timedelta(days=7))
    return cast.client("ana")


@pytest.mark.parametrize(("code", "level"), [(1, "amber"), (2, "red"), (3, "red")])
def test_a_risk_answer_raises_the_alert_and_shows_help_at_once(ana, code, level):
    begin(ana)

    response = choose(ana, RISK, code)

    assert response.status_code == 302
    assert response.url == "/help/now/?next=%2Fmeasures%2Fphq9%2F10%2F"
    assert Answering.objects.get().items == {"9": code}
    assert Answering.objects.get().completed_at is None
    assert Alert.objects.get().level == level
    source = AlertSource.objects.get()
    assert (source.measure, source.item, source.kind) == ("phq9", 9, "answer")
    assert source.answer in {
        "Several days",
        "More than half the days",
        "Nearly every day",
    }


def test_the_help_page_leads_back_to_where_the_person_was(ana):
    begin(ana)

    text = text_of(ana.get(choose(ana, RISK, 2).url))

    assert 'href="/measures/phq9/10/"' in text


def test_no_risk_raises_nothing(ana):
    begin(ana)

    response = choose(ana, RISK, 0)

    assert not Alert.objects.exists()
    assert response.url == "/measures/phq9/finish/"


def test_a_risk_answer_sent_by_the_page_itself_leaves_no_time(ana):
    begin(ana)

    assert choose(ana, RISK, 1, **JSON).json()["now"] is True
    assert Alert.objects.count() == 1


def test_a_form_that_is_never_finished_raises_it_all_the_same(cast, ana):
    begin(ana, way="page")

    ana.post("/measures/phq9/page/", {"item-9": 3})

    assert Alert.objects.get().level == "red"
    assert Answering.objects.get().completed_at is None
    told = safety.open_alerts_for(cast.member("tomas"), people.NOW)
    assert [line.name for line in told] == ["Ana Holm"]


def test_a_risk_answer_counts_beside_one_that_is_wrong(ana):
    begin(ana, way="page")

    response = ana.post("/measures/phq9/page/", {"item-9": 2, "item-1": "nonsense"})

    assert response.url == "/help/now/?next=%2Fmeasures%2Fphq9%2Fpage%2F"
    assert Alert.objects.get().level == "red"


def test_a_page_with_a_risk_answer_is_finished_and_help_comes_first(ana):
    begin(ana, way="page")

    response = ana.post(
        "/measures/phq9/page/", page_of([1] * 9) | {"item-difficulty": 1}
    )

    finished = Answering.objects.get()
    assert finished.completed_at is not None
    assert response.url == f"/help/now/?next=%2Fmeasures%2Fresult%2F{finished.pk}%2F"


def test_the_next_choice_on_a_page_does_not_show_help_again(ana):
    begin(ana, way="page")
    ana.post("/measures/phq9/page/", {"item-9": 1}, **JSON)

    response = ana.post("/measures/phq9/page/", {"item-9": 1, "item-1": 2}, **JSON)

    assert response.json()["now"] is False
    assert Answering.objects.get().items == {"9": 1, "1": 2}


def test_pressing_twice_raises_one_alert_and_shows_help_both_times(ana):
    begin(ana)

    first, second = choose(ana, RISK, 2), choose(ana, RISK, 2)

    assert first.url == second.url
    assert AlertSource.objects.count() == 1


def test_taking_the_answer_back_does_not_take_the_alert_back(ana):
    begin(ana)
    choose(ana, RISK, 2)

    choose(ana, RISK, 0)

    alert = Alert.objects.get()
    assert (alert.level, alert.closed_at) == ("red", None)
    assert Answering.objects.get().items == {"9": 0}
    assert Answering.objects.get().risk == "red"


def test_a_graver_answer_raises_the_level(ana):
    begin(ana)
    choose(ana, RISK, 1)

    choose(ana, RISK, 2)

    assert Alert.objects.get().level == "red"
    assert AlertSource.objects.count() == 2


def test_a_lower_answer_neither_adds_nor_lowers(ana):
    begin(ana)
    choose(ana, RISK, 3)

    choose(ana, RISK, 1)

    assert Alert.objects.get().level == "red"
    assert AlertSource.objects.count() == 1


def test_answer_and_alert_are_one_transaction(ana, monkeypatch):
    begin(ana)
    kept = Answering.objects.get()

    def broken(*_args, **_named):
        raise RuntimeError

    monkeypatch.setattr("openipt.safety.operations.raise_alert", broken)
    with pytest.raises(RuntimeError):
        choose(ana, RISK, 2)

    kept.refresh_from_db()
    assert kept.items == {}


@pytest.mark.parametrize(("total", "raised"), [(19, False), (20, True), (24, True)])
def test_a_total_of_twenty_is_told_when_the_form_is_finished(ana, total, raised):
    fill(ana, codes_to(total), **{"item-difficulty": 1})

    assert AlertSource.objects.filter(kind="total").exists() is raised
    assert Alert.objects.exists() is raised


@pytest.mark.parametrize(("second", "raised"), [(9, False), (10, True)])
def test_a_rise_of_five_since_the_last_time_is_told(cast, ana, clock, second, raised):
    fill(ana, codes_to(5))

    fill(next_session(cast, clock), codes_to(second))

    assert AlertSource.objects.filter(kind="total_rise").exists() is raised


def test_a_fall_of_the_total_does_not_hide_a_rise_of_the_risk_item(cast, ana, clock):
    fill(ana, codes_to(18))

    fill(next_session(cast, clock), [0] * 8 + [2])

    kinds = set(AlertSource.objects.values_list("kind", flat=True))
    assert kinds == {"answer", "item_rise"}
    assert Alert.objects.get().level == "red"


def test_a_total_alone_does_not_interrupt_the_person(ana):
    begin(ana, way="page")

    response = ana.post(
        "/measures/phq9/page/", page_of(codes_to(24)) | {"item-difficulty": 0}
    )

    assert response.url.startswith("/measures/result/")
    assert Alert.objects.get().level == "amber"


def without_deputy(cast):
    tomas = cast.member("tomas")
    tomas.deputy = None
    tomas.save(update_fields=["deputy"])


def test_without_a_deputy_the_risk_item_is_not_asked_and_staff_see_why(cast, ana):
    without_deputy(cast)

    asked = [due.measure for due in queries.due_for(cast.ana, people.NOW)]
    closed = queries.closed_measures(cast.extra["ana"], people.NOW)
    response = ana.get("/measures/phq9/")

    assert asked == ["gad7"]
    assert [name for name, _reason in closed] == ["PHQ-9"]
    assert "no deputy" in closed[0][1]
    assert response.status_code == 403
    assert "closed right now" in text_of(response)
    assert begin(ana).status_code == 403
    assert not Answering.objects.exists()


def test_with_the_deputy_away_the_question_closes_in_the_middle_of_a_form(cast, ana):
    begin(ana)
    people_operations.record_absence(
        member=cast.ines,
        deputy=cast.sofia,
        from_on=people.NOW.date(),
        until_on=people.NOW.date() + timedelta(days=3),
        by=cast.ada,
        at=people.NOW,
    )

    assert ana.get("/measures/phq9/8/").status_code == 200
    assert ana.get("/measures/phq9/9/").status_code == 403
    assert ana.get("/measures/phq9/page/").status_code == 403


def test_an_answer_given_to_a_page_that_was_open_is_kept_and_told(cast, ana):
    begin(ana)
    without_deputy(cast)

    choose(ana, RISK, 2)

    assert Answering.objects.get().items == {"9": 2}
    assert Alert.objects.get().level == "red"


def test_an_answer_is_kept_even_if_nobody_is_left_to_tell(cast, ana):
    begin(ana)
    for member in cast.service.members.exclude(pk=cast.ana.member_id):
        member.state = "suspended"
        member.save(update_fields=["state"])

    operations.choose(
        answering=Answering.objects.get(),
        item="9",
        code=3,
        by=cast.member("ana"),
        at=people.NOW,
    )

    assert Answering.objects.get().items == {"9": 3}
    assert not Alert.objects.exists()
