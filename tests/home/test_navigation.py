"""Where each role begins, and what stands around its pages."""

import re

import pytest

from openipt.home import navigation
from openipt.people.models import Member
from openipt.safety import operations as safety
from openipt.safety.operations import RiskSource
from tests import people
from tests.journal import text_of


def ways(page):
    nav = re.search(r"<nav class=\"(?:side-nav|nav-person)\".*?</nav>", page, re.DOTALL)
    return re.findall(r"<span>([^<]+)</span>", nav.group(0)) if nav else []


@pytest.mark.parametrize(
    ("who", "first"),
    [
        ("ana", "/today/"),
        ("tomas", "/caseload/"),
        ("sofia", "/supervision/"),
        ("max", "/service/"),
        ("ada", "/console/"),
        ("mia", "/caseload/"),
    ],
)
def test_the_one_address_leads_to_the_first_page_of_each_role(cast, who, first):
    client = cast.client(who)

    assert client.get("/").headers["Location"] == first
    assert client.get(first).status_code == 200


def test_a_stranger_is_led_to_the_sign_in(db, client):
    assert client.get("/").headers["Location"].startswith("/accounts/login/")


def test_whoever_is_of_two_services_chooses_one_first(cast):
    people.give_second_factor(cast.tomas)
    Member.objects.create(
        service=cast.other_service,
        account=cast.tomas.account,
        state="active",
        roles=["therapist"],
        name="Dr Tomas Lind",
        created_at=people.NOW,
    )
    client = people.Client()
    client.force_login(cast.tomas.account)

    assert client.get("/").headers["Location"] == "/services/"


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("ana", ["Today", "My week", "Check-in", "Therapy", "Progress", "Account"]),
        ("tomas", ["Caseload", "Calendar"]),
        ("sofia", ["Supervision"]),
        ("max", ["Service", "Erasure"]),
        ("ada", ["Erasure", "Console", "Help numbers"]),
        (
            "mia",
            ["Caseload", "Calendar", "Service", "Erasure", "Console", "Help numbers"],
        ),
    ],
)
def test_each_role_has_its_ways_about_and_every_one_works(cast, who, expected):
    client = cast.client(who)
    page = text_of(client.get("/", follow=True))

    assert ways(page) == expected
    nav = re.search(r"<nav class=\"(?:side-nav|nav-person)\".*?</nav>", page, re.DOTALL)
    for address in re.findall(r'<a href="([^"]+)"', nav.group(0)):
        assert client.get(address).status_code == 200


def test_help_and_the_way_out_stand_on_every_page_of_the_person(cast):
    client = cast.client("ana")
    first = text_of(client.get("/today/"))
    addresses = set(re.findall(r'href="(/[a-z/]*)"', first)) - {"/leave/"}

    assert len(addresses) >= 5
    for address in addresses | {"/week/new/", "/nowhere/"}:
        page = text_of(client.get(address, follow=True))
        assert "Need help now?" in page
        assert "Leave quickly" in page


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/caseload/", "Caseload"),
        ("/courses/start/", "Caseload"),
        ("/calendar/", "Calendar"),
        ("/console/", "Console"),
        ("/console/help-numbers/", "Help numbers"),
        ("/console/members/", "Console"),
        ("/service/", "Service"),
    ],
)
def test_one_way_is_marked_as_where_we_are(cast, path, current):
    page = text_of(cast.client("mia").get(path))
    nav = re.search(r'<nav class="side-nav".*?</nav>', page, re.DOTALL).group(0)

    marked = re.findall(r'aria-current="page">.*?<span>([^<]+)</span>', nav, re.DOTALL)
    assert marked == [current]


def test_nothing_around_a_page_is_asked_before_it_is_drawn(
    cast, rf, django_assert_num_queries
):
    request = rf.get("/caseload/")
    request.member = Member.objects.select_related("service").get(pk=cast.tomas.pk)

    with django_assert_num_queries(0):
        around = navigation.around(request)

    assert around["area"] == "staff"
    with django_assert_num_queries(1):
        assert str(around["pulse_number"]).isdigit()


def test_a_person_is_asked_nothing_all_the_time_but_where_they_wait(cast, rf):
    for path, asks in (("/today/", True), ("/help/", True), ("/week/", False)):
        request = rf.get(path)
        request.member = Member.objects.select_related("service").get(
            pk=cast.ana.member.pk
        )
        assert ("pulse_url" in navigation.around(request)) == asks


def test_staff_see_red_when_an_emergency_number_is_not_live(cast):
    from openipt.safety.models import HelpLine

    HelpLine.objects.filter(service=cast.service).update(retired_at=people.NOW)

    page = text_of(cast.client("tomas").get("/caseload/"))

    assert "nobody can be invited yet" in page


def test_an_alert_that_waits_is_told_on_every_page_of_those_who_may_take_it(cast):
    part = {"headers": {"HX-Request": "true", "HX-Target": "alerts-waiting"}}
    client = cast.client("tomas")
    course = f"/courses/{cast.extra['bea'].pk}/"
    assert "waits for somebody" not in text_of(client.get(course))
    assert "waits for somebody" not in text_of(client.get("/alerts/waiting/", **part))

    alert = safety.raise_alert(
        person=cast.ana,
        source=RiskSource(kind="not_safe"),
        level="red",
        by=cast.ana.member,
        at=people.NOW,
    )
    for path in (course, "/calendar/", "/courses/start/", "/alerts/waiting/"):
        assert "1 alert waits for somebody." in text_of(client.get(path))
    fresh = text_of(client.get("/alerts/waiting/", **part))
    assert "<html" not in fresh
    assert "Ana" not in fresh
    assert "waits for somebody" not in text_of(client.get("/caseload/"))

    safety.acknowledge(alert=alert, by=cast.tomas, at=people.NOW)
    assert "waits for somebody" not in text_of(client.get(course))


@pytest.mark.parametrize(("who", "status"), [("max", 404), ("ada", 404), ("ana", 404)])
def test_only_those_who_may_take_an_alert_are_told_of_waiting_ones(cast, who, status):
    assert cast.client(who).get("/alerts/waiting/").status_code == status
