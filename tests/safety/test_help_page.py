"""Help for anybody: signed out, in every role, in a demonstration, without the record."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client

from openipt.people.models import Person, Service
from openipt.safety import operations, queries
from openipt.safety.models import Alert, HelpLine
from tests.safety.conftest import MONDAY, NIGHT, finish, without_token

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def read(client, address="/help/"):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def break_database(execute, sql, params, many, context):
    raise OperationalError("the database is away")


@pytest.mark.parametrize(
    "who", ["ana", "tomas", "ines", "sofia", "max", "ada", "omar", "mia"]
)
def test_everybody_can_open_it(cast, clock, who):
    page = read(cast.client(who))

    assert "You do not have to get through this alone" in page
    assert 'href="tel:112"' in page
    assert "Night line" in page
    assert ("I am not safe</button>" in page) is (who == "ana")


def test_signed_out_it_shows_numbers_only_if_it_is_clear_whose(cast, clock, client):
    page = read(client)

    assert "Call the emergency number of the country you are in" in page
    assert "Night line" not in page
    assert "I am not safe" not in page


@pytest.mark.django_db
def test_signed_out_at_a_single_service_it_shows_that_ones_numbers(db, client, clock):
    from tests.people import make_help_lines, make_member, make_service

    service = make_service("Only One")
    ada = make_member(service, "Ada Kern", "ada@test.example", "admin")
    make_help_lines(service, ada)
    page = read(client)

    assert 'href="tel:112"' in page
    assert "Night line" in page
    assert "front desk" in page


def test_an_installation_without_any_service_still_helps(db, client):
    assert "Call the emergency number" in read(client)


def test_a_person_sees_the_numbers_of_the_country_they_chose(cast, clock):
    Person.objects.filter(pk=cast.ana.pk).update(country="NZ")
    page = read(cast.client("ana"))
    assert "Night line" not in page
    assert "Call the emergency number of the country you are in" in page

    HelpLine.objects.filter(service=cast.service).update(country="NZ")
    assert "Night line" in read(cast.client("ana"))


def test_a_person_who_has_not_agreed_to_anything_can_open_it(cast, clock):
    from openipt.people.models import Agreement

    Agreement.objects.all().delete()
    client = cast.client("ana")

    assert "Night line" in read(client)
    assert client.post("/help/not-safe/").status_code == 302
    assert Alert.objects.get().level == "red"
    assert "Who sees what you said" in read(client, "/help/now/")


@pytest.mark.parametrize("address", ["/help/", "/leave/"])
def test_it_works_signed_out_with_the_database_down(client, address):
    with connection.execute_wrapper(break_database):
        response = client.get(address)

    assert response.status_code == 200


def test_it_works_signed_in_with_the_database_down(cast, clock):
    client = cast.client("ana")
    client.raise_request_exception = False
    with connection.execute_wrapper(break_database):
        page = read(client)
        leave = client.post("/leave/")
        unheard = client.post("/help/not-safe/")

    assert "Call the emergency number" in page
    assert "nobody there has been told" in page
    assert leave.status_code == 200
    assert "Shopping list" in leave.content.decode()
    # Nothing pretends that somebody was told.
    assert "nobody there has been told" in unheard.content.decode()
    assert not Alert.objects.exists()


def test_other_pages_still_say_that_they_are_broken(cast, clock):
    client = cast.client("ana")
    client.raise_request_exception = False
    with connection.execute_wrapper(break_database):
        assert client.get("/today/").status_code >= 500


def test_a_page_that_was_open_too_long_still_helps(cast, clock):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/help/not-safe/")

    assert response.status_code == 403
    page = response.content.decode()
    assert "Call the emergency number" in page
    assert "nobody there has been told" in page


def test_a_demonstration_writes_numbers_in_words_and_links_none(cast, clock):
    Service.objects.filter(pk=cast.service.pk).update(is_demo=True)
    line = HelpLine.objects.get(service=cast.service, kind="emergency")
    line.number = "seven lanterns"
    line.save(update_fields=["number"])
    page = read(cast.client("ana"))

    assert "seven lanterns" in page
    assert "This is a demonstration" in page
    assert "tel:" not in page


def test_a_demonstration_never_links_a_number_that_slipped_in(cast, clock, monkeypatch):
    monkeypatch.setattr(settings, "OPENIPT_DEMO", True)

    assert "tel:" not in read(cast.client("ana"))


def test_an_expired_line_disappears_and_the_emergency_number_says_its_age(cast, clock):
    HelpLine.objects.update(
        checked_on=MONDAY.date() - timedelta(days=400),
        expires_on=MONDAY.date() - timedelta(days=35),
    )
    page = read(cast.client("ana"))

    assert "Night line" not in page
    assert 'href="tel:112"' in page
    assert "last checked on 19 Oct 2025" in page


def test_a_line_nobody_checked_or_that_was_retired_is_not_shown(cast, clock):
    HelpLine.objects.filter(kind="crisis").update(
        checked_by=None, checked_on=None, expires_on=None
    )
    HelpLine.objects.filter(kind="emergency").update(retired_at=MONDAY)
    page = read(cast.client("ana"))

    assert "Night line" not in page
    assert "tel:" not in page


def test_not_safe_shows_help_first_and_raises_a_red_alert(cast, clock):
    client = cast.client("ana")
    for _tap in range(2):
        response = client.post("/help/not-safe/", follow=True)
    page = response.content.decode()

    assert response.redirect_chain == [("/help/now/", 302)]
    assert page.index("Night line") < page.index("Who sees what you said")
    alert = Alert.objects.get()
    assert (alert.level, alert.person) == ("red", cast.ana)
    assert alert.sources.count() == 1
    assert alert.events.filter(state="shown").count() == 1


@pytest.mark.parametrize("who", ["tomas", "sofia", "max", "ada"])
def test_staff_raise_no_alert_by_it_and_are_told_so(cast, clock, who):
    response = cast.client(who).post("/help/not-safe/")

    assert response.status_code == 200
    assert "Nobody has been told" in response.content.decode()
    assert not Alert.objects.exists()


def test_signed_out_one_is_told_that_nobody_heard(cast, clock, client):
    page = client.post("/help/not-safe/").content.decode()

    assert "Nobody has been told" in page
    assert not Alert.objects.exists()


def test_where_nobody_could_answer_there_is_no_button_and_no_pretence(cast, clock):
    from openipt.people.models import Member

    client = cast.client("ana")
    Member.objects.filter(service=cast.service).exclude(pk=cast.ana.member_id).update(
        state="suspended"
    )
    Member.objects.filter(pk=cast.tomas.pk).update(deputy=None)

    for page in (read(client), client.post("/help/not-safe/").content.decode()):
        assert "I am not safe</button>" not in page
        assert "Nobody at your service can be told from here" in page


def test_reading_the_button_s_address_goes_back_to_help(cast, clock):
    response = cast.client("ana").get("/help/not-safe/")

    assert response["Location"] == "/help/"


def test_in_hours_it_says_who_is_told_and_by_when(cast, clock, raised):
    raised()
    page = read(cast.client("ana"), "/help/now/")

    assert "A message has gone to Dr Tomas Lind." in page
    assert "Your service is open now" in page
    assert "If nobody has read it by 11:15, Dr Ines Roth is told too." in page
    assert "If nobody has read it by 11:30, a supervisor is told." in page
    assert "head of the service" in page
    assert "set by your service" in page


def test_outside_hours_it_says_that_nobody_reads_now(cast, clock, raised):
    clock.move_to(NIGHT)
    raised(at=NIGHT)
    page = read(cast.client("ana"), "/help/now/")

    assert "Nobody at your service reads now." in page
    assert "from Tuesday 24 November, 09:00" in page
    assert "If nobody has read it by" not in page


def test_a_service_that_named_no_hours_promises_nothing(cast, clock, raised):
    Service.objects.filter(pk=cast.service.pk).update(hours={})
    raised()

    assert "We cannot tell you when" in read(cast.client("ana"), "/help/now/")


def test_without_a_deputy_none_is_promised(cast, clock, raised):
    from openipt.people.models import Member

    Member.objects.filter(pk=cast.tomas.pk).update(deputy=None)
    raised()
    page = read(cast.client("ana"), "/help/now/")

    assert "is told too" not in page
    assert "a supervisor is told" in page


def test_the_person_sees_that_it_was_seen(cast, clock, raised):
    alert = raised()
    operations.acknowledge(alert=alert, by=cast.tomas, at=MONDAY + 4 * MINUTE)
    clock.move_to(MONDAY + 5 * MINUTE)
    page = read(cast.client("ana"), "/help/now/")
    assert "Dr Tomas Lind has read this at 11:04." in page
    assert "If nobody has read it" not in page

    seen = queries.seen_of(cast.ana.member)
    assert (seen.by, seen.at) == ("Dr Tomas Lind", MONDAY + 4 * MINUTE)
    assert queries.seen_of(cast.bea.member) is None

    clock.move_to(MONDAY + timedelta(days=1))
    later = read(cast.client("ana"), "/help/now/")
    assert "has read this on Monday 23 November, 11:04" in later


def test_an_alert_that_waits_was_seen_by_nobody(cast, raised):
    raised()

    assert queries.seen_of(cast.ana.member) is None


def test_without_an_open_alert_it_is_the_ordinary_help_page(cast, clock, raised):
    finish(raised(), cast.tomas, MONDAY)

    assert cast.client("ana").get("/help/now/")["Location"] == "/help/"


def test_nobody_else_has_a_page_after_an_answer(cast, clock, raised):
    raised()

    for who in ("tomas", "sofia", "max", "ada"):
        assert cast.client(who).get("/help/now/").status_code == 404
    assert cast.client("bea").get("/help/now/")["Location"] == "/help/"


def test_the_person_is_never_shown_a_level(cast, clock, raised):
    raised()
    page = read(cast.client("ana"), "/help/now/").split("<main")[1].lower()

    for word in (" red ", "amber", "risk", "low ", "alert"):
        assert word not in page.replace('role="alert"', "")


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ("/measures/", '"/measures/"'),
        ("https://evil.example/", '"/"'),
        ("//evil.example/", '"/"'),
        ("javascript:alert(1)", '"/"'),
        ("measures", '"/"'),
        ("", '"/"'),
    ],
)
def test_one_goes_on_only_to_a_page_of_ours(cast, clock, raised, asked, offered):
    raised()
    client = cast.client("ana")
    page = client.get("/help/now/", {"next": asked}).content.decode()

    assert f"href={offered}" in page.split("<summary>")[1]
    assert "evil" not in page.split("<main")[1]


def test_help_comes_before_the_way_on(cast, clock, raised):
    raised()
    page = read(cast.client("ana"), "/help/now/")

    # The way on is folded: one stray tap does not dismiss the page.
    assert "<details" in page
    assert page.index("tel:112") < page.index("<details")


def test_leaving_locks_the_session(cast, clock):
    client = cast.client("ana")
    response = client.post("/leave/")
    assert "Shopping list" in response.content.decode()
    assert client.get("/today/").status_code == 302


def test_a_plain_link_of_ours_locks_it_too_and_no_other_site_can(cast, clock):
    client = cast.client("ana")
    client.get("/leave/", headers={"Sec-Fetch-Site": "cross-site"})
    client.get("/leave/")
    assert client.get("/help/now/")["Location"] == "/help/"

    client.get("/leave/", headers={"Sec-Fetch-Site": "same-origin"})
    assert client.get("/help/now/")["Location"].startswith("/accounts/login/")


def test_the_neutral_page_is_the_same_for_everybody(cast, clock, client):
    pages = [without_token(cast.client(who).get("/leave/")) for who in ("ana", "tomas")]
    pages.append(without_token(client.get("/leave/")))

    assert len(set(pages)) == 1
    assert b"IPT" not in pages[0]
    assert b"Harbour" not in pages[0]


def test_what_is_past_is_not_promised(cast, clock, raised):
    raised()
    clock.move_to(MONDAY + 20 * MINUTE)
    page = read(cast.client("ana"), "/help/now/")

    assert "by 11:15" not in page
    assert "by 11:30" in page
