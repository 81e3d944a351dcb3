"""The page of an alert over HTTP: who may open it, what it shows, what one can do there."""

from datetime import timedelta

import pytest
import time_machine

from openipt.audit.models import AuditEvent
from openipt.core.ids import new_id
from openipt.people.models import Draft
from openipt.safety import operations
from openipt.safety.models import Alert, AlertEvent
from tests.safety.conftest import MONDAY, finish, without_token

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY + MINUTE, tick=False) as clock:
        yield clock


def at(alert, act=""):
    return f"/alerts/{alert.pk}/{act}/" if act else f"/alerts/{alert.pk}/"


def take(cast, alert, who="tomas"):
    return cast.client(who).post(at(alert, "take"))


def reached(cast, alert, who="tomas"):
    fields = {"contact-reached": "yes", "contact-note": "Rang her at once."}
    return cast.client(who).post(at(alert, "contact"), fields)


def test_the_therapist_sees_what_was_said_and_takes_it_in_one_tap(cast, raised):
    alert = raised()
    client = cast.client("tomas")
    page = client.get(at(alert)).content.decode()

    assert "Ana Holm" in page
    assert "17 May 1990" in page
    assert "CANARY" in page
    assert "better off dead" in page
    assert "Nobody has taken this yet" in page
    assert "by 11:15, the deputy is told" in page
    assert "also not a zero" in page

    response = client.post(at(alert, "take"), follow=True)
    assert response.redirect_chain == [(at(alert), 302)]
    assert "You have taken this" in response.content.decode()


def test_the_whole_way_to_an_outcome_works_by_plain_forms(cast, raised):
    alert = raised()
    client = cast.client("tomas")
    for act, fields in (
        ("take", {}),
        ("contact", {"contact-reached": "no", "contact-note": "Engaged."}),
        ("contact", {"contact-reached": "yes", "contact-note": "Rang again."}),
        ("assess", {"assess-note": "She is with her sister."}),
        ("close", {"close-outcome": "We meet tomorrow."}),
    ):
        assert client.post(at(alert, act), fields).status_code == 302, act
    page = client.get(at(alert)).content.decode()

    for words in ("Engaged.", "Rang again.", "with her sister", "We meet tomorrow."):
        assert words in page
    assert Alert.objects.get().closed_at == MONDAY + MINUTE

    again = client.post(
        at(alert, "reopen"), {"reopen-reason": "She rang."}, follow=True
    )
    assert "opened it again" in again.content.decode()
    assert Alert.objects.get().closed_at is None


def test_only_what_can_be_done_now_is_offered(cast, raised):
    alert = raised()
    client = cast.client("tomas")
    offered = {
        act: at(alert, act) for act in ("take", "contact", "assess", "close", "reopen")
    }

    def shown():
        page = client.get(at(alert)).content.decode()
        return {act for act, url in offered.items() if f'action="{url}"' in page}

    assert shown() == {"take"}
    take(cast, alert)
    assert shown() == {"contact"}
    client.post(at(alert, "contact"), {"contact-reached": "no"})
    assert shown() == {"contact", "assess"}
    reached(cast, alert)
    assert shown() == {"assess"}
    client.post(at(alert, "assess"), {"assess-note": "Fine for now."})
    assert shown() == {"close"}
    client.post(at(alert, "close"), {"close-outcome": "We meet."})
    assert shown() == {"reopen"}


@pytest.mark.parametrize("who", ["ines", "max", "ada", "ana", "bea", "omar", "mia"])
def test_everybody_else_gets_the_same_page_as_for_no_alert(cast, raised, who):
    alert = raised()
    client = cast.client(who)
    none = client.get(f"/alerts/{new_id()}/")
    mine = client.get(at(alert))

    assert (none.status_code, mine.status_code) == (404, 404)
    assert without_token(none) == without_token(mine)
    for act in ("take", "contact", "assess", "close", "reopen"):
        assert client.post(at(alert, act)).status_code == 404
    assert Alert.objects.get().state == "raised"


def test_signed_out_one_is_asked_to_sign_in(client, raised):
    response = client.get(at(raised()))

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_the_deputy_opens_it_once_told_and_sees_no_course(cast, raised):
    alert = raised()
    operations.escalate(alert_id=alert.pk, at=MONDAY + 15 * MINUTE)
    page = cast.client("ines").get(at(alert)).content.decode()

    assert "CANARY" in page
    assert "/courses/" not in page.split("<main")[1]


def test_the_manager_sees_who_has_it_and_no_word_of_it(cast, raised):
    alert = raised()
    operations.escalate(alert_id=alert.pk, at=MONDAY + 60 * MINUTE)
    client = cast.client("max")
    page = client.get(at(alert)).content.decode()

    assert "Ana Holm" in page
    assert "Dr Tomas Lind" in page
    assert "not what was said" in page
    for hidden in ("CANARY", "better off dead", "PHQ-9", "1990", 'action="/alerts/'):
        assert hidden not in page
    assert client.post(at(alert, "take")).status_code == 403
    assert Alert.objects.get().state == "raised"


def test_who_was_quicker_is_said_and_nothing_typed_is_lost(cast, raised):
    alert = raised()
    operations.escalate(alert_id=alert.pk, at=MONDAY + MINUTE + 15 * MINUTE)
    assert take(cast, alert, "ines").status_code == 302
    late = take(cast, alert, "tomas")
    assert late.status_code == 409
    assert "Dr Ines Roth has taken this" in late.content.decode()

    assert reached(cast, alert, "ines").status_code == 302
    fields = {"contact-reached": "no", "contact-note": "I TYPED THIS"}
    clash = cast.client("tomas").post(at(alert, "contact"), fields)
    assert clash.status_code == 409
    assert "I TYPED THIS" in clash.content.decode()
    assert not any(event.note == "I TYPED THIS" for event in AlertEvent.objects.all())


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("contact", {}),
        ("contact", {"contact-reached": "perhaps", "contact-note": "KEPT"}),
        ("contact", {"contact-reached": "yes", "contact-note": "K\x00EPT"}),
        ("contact", {"contact-reached": "yes", "contact-note": "x" * 4001}),
    ],
)
def test_bad_input_is_said_and_kept(cast, raised, act, fields):
    alert = raised()
    take(cast, alert)
    response = cast.client("tomas").post(at(alert, act), fields)

    assert response.status_code == 422
    page = response.content.decode()
    assert "needs another look" in page or "need another look" in page
    if "KEPT" in str(fields):
        assert "KEPT" in page
    assert Alert.objects.get().state == "acknowledged"


@pytest.mark.parametrize("outcome", ["", "   ", "\n"])
def test_nothing_is_closed_without_an_outcome(cast, raised, outcome):
    alert = raised()
    take(cast, alert)
    reached(cast, alert)
    client = cast.client("tomas")
    client.post(at(alert, "assess"), {"assess-note": "Fine for now."})
    response = client.post(at(alert, "close"), {"close-outcome": outcome})

    assert response.status_code == 422
    assert Alert.objects.get().closed_at is None


def test_hostile_text_is_shown_as_text(cast, raised):
    words = "<script>alert(1)</script> \u202eמה {{ 7*7 }} 🙂"
    alert = raised(answer=words)
    take(cast, alert)
    client = cast.client("tomas")
    fields = {"contact-reached": "yes", "contact-note": words}
    assert client.post(at(alert, "contact"), fields).status_code == 302
    page = client.get(at(alert)).content.decode()

    assert "<script>alert(1)" not in page
    assert page.count("&lt;script&gt;alert(1)") == 2
    assert "{{ 7*7 }}" in page


def test_what_was_being_typed_is_there_again_and_gone_once_written(cast, raised):
    from openipt.people.operations import save_draft

    alert = raised()
    take(cast, alert)
    key = f"alert-contact:{alert.pk}"
    save_draft(
        member=cast.tomas,
        key=key,
        fields={"contact-note": "HALF A SENT"},
        at=MONDAY,
    )
    client = cast.client("tomas")
    assert "HALF A SENT" in client.get(at(alert)).content.decode()

    reached(cast, alert)
    assert not Draft.objects.filter(key=key).exists()


def test_every_reading_of_an_alert_is_on_the_trail(cast, raised):
    alert = raised()
    operations.escalate(alert_id=alert.pk, at=MONDAY + 60 * MINUTE)
    for who in ("tomas", "sofia", "max"):
        cast.client(who).get(at(alert))

    reads = AuditEvent.objects.filter(action="safety.alert.read", object_id=alert.pk)
    assert {(event.actor_id, event.reason_code) for event in reads} == {
        (cast.tomas.pk, "full"),
        (cast.sofia.pk, "full"),
        (cast.max.pk, "summary"),
    }
    assert all(event.subject_ids == [str(cast.ana.pk)] for event in reads)


def test_a_closed_alert_stays_readable_for_who_dealt_with_it(cast, raised):
    alert = raised()
    operations.escalate(alert_id=alert.pk, at=MONDAY + 15 * MINUTE)
    finish(alert, cast.ines, MONDAY)

    assert cast.client("ines").get(at(alert)).status_code == 200


@pytest.mark.parametrize(
    ("kind", "answer", "shown"),
    [
        ("answer", "Nearly every day", "“Nearly every day”"),
        ("item_rise", "Rose by two.", "<strong>Rose by two.</strong>"),
        ("item_rise", "", "has risen clearly"),
        ("total", "From 9 to 21.", "<strong>From 9 to 21.</strong>"),
        ("total", "", "The total is high."),
        ("total_rise", "", "has risen clearly"),
        ("not_safe", "", "Pressed “I am not safe”."),
    ],
)
def test_each_kind_of_answer_is_said_in_words(cast, raised, kind, answer, shown):
    alert = raised(kind=kind, answer=answer)

    assert shown in cast.client("tomas").get(at(alert)).content.decode()


@pytest.mark.parametrize("act", ["take", "contact", "assess", "close", "reopen"])
def test_acts_are_posts_only(cast, raised, act):
    assert cast.client("tomas").get(at(raised(), act)).status_code == 405


def test_the_manager_reaches_it_from_the_first_page_without_a_name_there(cast, raised):
    alert = raised()
    client = cast.client("max")
    assert at(alert) not in client.get("/service/").content.decode()

    operations.escalate(alert_id=alert.pk, at=MONDAY + 60 * MINUTE)
    page = client.get("/service/").content.decode()
    assert at(alert) in page
    assert "A red alert was passed on to you" in page
    assert "Nobody has taken it yet" in page
    for hidden in ("Ana", "CANARY", "PHQ-9"):
        assert hidden not in page.split("<main")[1].split("counts")[0]

    operations.acknowledge(alert=alert, by=cast.ines, at=MONDAY)
    assert "Dr Ines Roth has taken it" in client.get("/service/").content.decode()


@pytest.mark.parametrize(
    ("who", "first_page"), [("tomas", "/caseload/"), ("sofia", "/supervision/")]
)
def test_it_stands_on_the_first_page_of_who_was_told(cast, raised, who, first_page):
    alert = raised()
    operations.escalate(alert_id=alert.pk, at=MONDAY + 30 * MINUTE)

    assert at(alert) in cast.client(who).get(first_page).content.decode()


def test_the_deputy_finds_it_on_their_caseload_once_told(cast, raised):
    alert = raised()
    client = cast.client("ines")
    assert at(alert) not in client.get("/caseload/").content.decode()

    operations.escalate(alert_id=alert.pk, at=MONDAY + 15 * MINUTE)
    assert at(alert) in client.get("/caseload/").content.decode()


def test_a_step_that_was_made_is_not_announced_again(cast, raised):
    alert = raised()
    operations.escalate(alert_id=alert.pk, at=MONDAY + 30 * MINUTE)
    page = cast.client("tomas").get(at(alert)).content.decode()

    assert "the deputy is told" not in page
    assert "by 12:00, the service manager is told" in page


def test_an_open_page_hears_of_it_by_the_pulse(cast, raised):
    raised(person=cast.bea)
    client = cast.client("tomas")
    number = client.get("/pulse?since=0").json()["n"]
    assert client.get(f"/pulse?since={number}").status_code == 204

    raised()
    heard = client.get(f"/pulse?since={number}")
    assert heard.status_code == 200
    assert heard.json()["n"] > number
    assert b"Ana" not in heard.content
