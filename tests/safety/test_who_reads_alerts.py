"""Who may open an alert, who sees it in a list, and when risk questions are asked."""

from datetime import timedelta

import pytest

from openipt.core.errors import Missing
from openipt.core.ids import new_id
from openipt.people.models import Absence, Member, Supervision
from openipt.safety import operations, queries
from openipt.vault import keys
from tests.people import NOW
from tests.safety.conftest import MONDAY, finish

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def extent(member, alert, at=MONDAY):
    try:
        return queries.alert_for(member, alert.pk, at).extent
    except Missing:
        return ""


def test_before_it_escalates_only_the_team_and_its_supervisor_read_it(cast, raised):
    alert = raised()

    assert {
        name: extent(cast.member(name), alert)
        for name in ("tomas", "ines", "sofia", "max", "ada", "bea", "omar", "mia")
    } == {
        "tomas": "full",
        "sofia": "full",
        "ines": "",
        "max": "",
        "ada": "",
        "bea": "",
        "omar": "",
        "mia": "",
    }


def test_who_was_told_reads_it_and_the_manager_only_the_summary(cast, raised):
    alert = raised()
    operations.escalate(alert_id=alert.pk, at=MONDAY + 60 * MINUTE)

    assert extent(cast.ines, alert) == "full"
    assert extent(cast.max, alert) == "summary"


def test_the_summary_holds_no_word_of_the_answer_or_the_notes(cast, raised):
    alert = raised()
    operations.escalate(alert_id=alert.pk, at=MONDAY + 60 * MINUTE)
    operations.acknowledge(alert=alert, by=cast.tomas, at=MONDAY + 61 * MINUTE)
    operations.record_contact(
        alert=alert, reached=True, note="CANARY", by=cast.tomas, at=MONDAY + 62 * MINUTE
    )

    summary = queries.alert_for(cast.max, alert.pk, MONDAY)
    full = queries.alert_for(cast.tomas, alert.pk, MONDAY)

    assert queries.sources_of(summary) == []
    assert "CANARY" not in str(queries.events_of(summary))
    assert "CANARY" in str(queries.sources_of(full))
    assert "CANARY" in str(queries.events_of(full))


def test_who_was_told_reads_it_only_while_it_is_open(cast, raised):
    alert = raised()
    operations.escalate(alert_id=alert.pk, at=MONDAY + 60 * MINUTE)
    finish(alert, cast.tomas, MONDAY + 61 * MINUTE)

    assert extent(cast.tomas, alert) == "full"
    assert extent(cast.ines, alert) == ""
    assert extent(cast.max, alert) == ""


def test_whoever_took_it_reads_it_afterwards(cast, raised):
    alert = raised()
    operations.escalate(alert_id=alert.pk, at=MONDAY + 15 * MINUTE)
    finish(alert, cast.ines, MONDAY + 16 * MINUTE)

    assert extent(cast.ines, alert) == "full"


def test_reading_ends_with_the_care_and_with_the_supervision(cast, raised):
    alert = raised()
    finish(alert, cast.tomas, MONDAY + MINUTE)
    Supervision.objects.update(ends_at=MONDAY)
    assert extent(cast.sofia, alert, MONDAY + MINUTE) == ""


def test_an_alert_of_another_service_and_an_unknown_one_are_the_same(cast, raised):
    alert = raised(person=cast.eva)

    with pytest.raises(Missing):
        queries.alert_for(cast.tomas, alert.pk, MONDAY)
    with pytest.raises(Missing):
        queries.alert_for(cast.tomas, new_id(), MONDAY)


def test_the_list_holds_the_open_alerts_of_ones_own_persons(cast, raised):
    alert = raised()
    raised(person=cast.eva)
    (line,) = queries.open_alerts_for(cast.tomas, MONDAY)

    assert (line.id, line.name, line.level) == (alert.pk, "Ana Holm", "red")
    assert (line.owner, line.is_mine, line.is_waiting) == ("Dr Tomas Lind", True, True)
    assert line.told_as == "therapist"
    assert queries.open_alerts_for(cast.ines, MONDAY) == []
    assert queries.open_alerts_for(cast.sofia, MONDAY) == []


def test_the_list_of_who_was_told_says_as_what(cast, raised):
    raised()
    operations.escalate(
        alert_id=queries.overdue(MONDAY + 60 * MINUTE)[0], at=MONDAY + 60 * MINUTE
    )

    assert {
        name: [line.told_as for line in queries.open_alerts_for(cast.member(name), NOW)]
        for name in ("ines", "sofia", "max", "ada")
    } == {"ines": ["deputy"], "sofia": ["supervisor"], "max": ["manager"], "ada": []}


def test_the_list_puts_what_waits_first_and_red_before_amber(cast, raised):
    amber = raised(level="amber", person=cast.bea, at=MONDAY)
    red = raised(at=MONDAY + MINUTE)
    at = MONDAY + 5 * MINUTE
    assert [a.id for a in queries.open_alerts_for(cast.tomas, at)] == [red.pk, amber.pk]

    operations.acknowledge(alert=red, by=cast.tomas, at=at)
    assert [a.id for a in queries.open_alerts_for(cast.tomas, at)] == [amber.pk, red.pk]


def test_the_list_is_gone_once_it_is_closed(cast, raised):
    finish(raised(), cast.tomas, MONDAY + MINUTE)

    assert queries.open_alerts_for(cast.tomas, MONDAY + 2 * MINUTE) == []


@pytest.mark.parametrize("count", [1, 2])
def test_the_list_asks_the_database_a_fixed_number_of_times(
    cast, raised, django_assert_num_queries, count
):
    for person in (cast.ana, cast.bea)[:count]:
        raised(person=person)

    with keys.scope(), django_assert_num_queries(2):
        queries.open_alerts_for(cast.tomas, MONDAY)


def test_marks_for_other_lists_are_found_by_person(cast, raised):
    alert = raised()

    assert queries.open_alerts_of([cast.ana.pk, cast.bea.pk]) == {cast.ana.pk: alert}


def test_the_sources_show_the_question_as_it_was_asked(cast, raised):
    alert = raised()
    raised(kind="total", item=None, answer="", at=MONDAY + MINUTE)
    raised(kind="answer", measure="gone", answering_id=new_id(), at=MONDAY + MINUTE)
    lines = queries.sources_of(queries.alert_for(cast.tomas, alert.pk, MONDAY))

    by_kind = {(line.kind, line.measure): line for line in lines}
    assert by_kind["answer", "PHQ-9"].answer == "CANARY"
    assert "better off dead" in by_kind["answer", "PHQ-9"].question
    assert by_kind["total", "PHQ-9"].question == ""
    assert by_kind["answer", "gone"].question == ""


def test_risk_is_asked_only_where_a_named_owner_has_a_deputy(cast):
    def refusal():
        tomas = Member.objects.select_related("service", "deputy").get(pk=cast.tomas.pk)
        return queries.may_ask_risk(cast.ana.pk, tomas, MONDAY)

    assert refusal() == ""

    Member.objects.filter(pk=cast.ines.pk).update(state="suspended")
    assert "no deputy" in refusal()
    Member.objects.filter(pk=cast.ines.pk).update(state="active")

    Absence.objects.create(
        service=cast.service,
        member=cast.ines,
        deputy=cast.mia,
        from_on=MONDAY.date(),
        until_on=MONDAY.date() + timedelta(days=1),
        created_by=cast.ada,
        created_at=NOW,
    )
    assert "no deputy" in refusal()
    Absence.objects.all().delete()

    Member.objects.filter(pk=cast.tomas.pk).update(deputy=None)
    assert "no deputy" in refusal()
    Member.objects.filter(pk=cast.tomas.pk).update(deputy=cast.ines)

    Member.objects.filter(pk=cast.tomas.pk).update(state="suspended")
    assert "not active" in refusal()


def test_risk_is_not_asked_for_somebody_elses_person(cast):
    assert "not in charge" in queries.may_ask_risk(cast.ana.pk, cast.ines, MONDAY)


def test_a_role_that_was_taken_away_opens_the_words_no_more(cast, raised):
    alert = raised()
    operations.escalate(alert_id=alert.pk, at=MONDAY + 60 * MINUTE)
    assert extent(cast.ines, alert) == "full"

    Member.objects.filter(pk=cast.ines.pk).update(roles=["admin", "manager"])

    ines = Member.objects.get(pk=cast.ines.pk)
    assert extent(ines, alert) == "summary"
