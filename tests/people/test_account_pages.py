"""One's own account: what it shows, its language, its sessions, its services."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from openipt.people import operations
from openipt.people.models import Account, Draft, Member
from openipt.web.clock import now
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return people.gather()


@pytest.fixture
def two_services(cast):
    """Ines is in both services, and has not said in which she is."""
    Member.objects.create(
        service=cast.other_service,
        account=cast.ines.account,
        state="active",
        roles=["supervisor"],
        name="Dr Ines Roth",
        created_at=now(),
        joined_at=now(),
    )
    client = Client()
    people.give_second_factor(cast.ines)
    client.force_login(cast.ines.account)
    return client


def test_the_account_page_shows_ones_own_and_how_to_reach_the_service(cast):
    page = cast.client("ana").get(reverse("people:account")).content.decode()

    assert "ana@test.example" in page
    assert "Call 000 at the front desk." in page
    assert "You agreed to version 1" in page
    assert "Dr Tomas Lind" not in page


def test_staff_have_an_account_page_without_an_agreement(cast):
    page = cast.client("tomas").get(reverse("people:account")).content.decode()

    assert "tomas@test.example" in page
    assert "My agreement" not in page


def test_signing_out_everywhere_ends_this_and_every_other_session(cast):
    here, elsewhere = cast.client("ana"), cast.client("ana")
    elsewhere.get("/today/")

    answer = here.post(reverse("people:end-sessions"))

    assert "/accounts/login/" in answer["Location"]
    assert "/accounts/login/" in elsewhere.get("/today/")["Location"]
    assert "/accounts/login/" in here.get("/today/")["Location"]
    cast.ana.refresh_from_db()  # signing in reads the account anew
    assert cast.client("ana").get("/today/").status_code == 200


@pytest.mark.parametrize("path", ["/drafts/", "/week/new/"])
def test_a_session_ended_from_elsewhere_keeps_no_words(cast, path):
    """Whoever was locked out must not put a draft over the person's own."""
    here, elsewhere = cast.client("ana"), cast.client("ana")
    here.post("/drafts/", {"draft_key": "week:new", "wish": "My own words"})
    elsewhere.get("/today/")
    here.post(reverse("people:end-sessions"))

    answer = elsewhere.post(path, {"draft_key": "week:new", "wish": "Somebody's words"})

    assert answer.status_code == 403
    assert "signed out on all devices" in answer.content.decode()
    assert "Somebody&#39;s words" in answer.content.decode()
    assert Draft.objects.get().content == {"wish": "My own words"}
    assert "/accounts/login/" in elsewhere.get("/today/")["Location"]


def test_one_member_does_not_end_the_sessions_of_another(cast):
    from openipt.core.errors import Refused

    with pytest.raises(Refused):
        operations.end_sessions(member=cast.ana.member, by=cast.tomas, at=now())
    assert Account.objects.get(pk=cast.ana.member.account_id).session_epoch == 1


def test_a_language_is_kept_in_the_browser(cast):
    client = cast.client("ana")

    answer = client.post(reverse("people:language"), {"language": "en"})

    assert answer.cookies["django_language"].value == "en"
    assert answer.cookies["django_language"]["httponly"]


@pytest.mark.parametrize(
    "language", ["", "tlh", "../../etc", "<b>", "en\0", "x" * 10_000]
)
def test_a_language_we_do_not_speak_changes_nothing(cast, language):
    answer = cast.client("ana").post(reverse("people:language"), {"language": language})

    assert answer.status_code == 302
    assert "django_language" not in answer.cookies


def test_somebody_in_two_services_chooses_one(cast, two_services):
    assert two_services.get("/caseload/")["Location"] == "/services/"
    page = two_services.get("/services/").content.decode()
    assert "Harbour Practice" in page
    assert "Hill Practice" in page

    answer = two_services.post("/services/", {"member": str(cast.ines.pk)})

    assert answer["Location"] == "/"
    assert two_services.get("/caseload/").status_code == 200


def test_a_choice_leads_back_to_the_page_that_was_asked_for(cast, two_services):
    answer = two_services.post(
        "/services/", {"member": str(cast.ines.pk), "next": "/my/account/"}
    )

    assert answer["Location"] == "/my/account/"


@pytest.mark.parametrize(
    "page", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\e"]
)
def test_a_choice_never_leads_to_another_site(cast, two_services, page):
    answer = two_services.post(
        "/services/", {"member": str(cast.ines.pk), "next": page}
    )

    assert answer["Location"] == "/"


@pytest.mark.parametrize("whose", ["tomas", "omar", "nobody", "text", "empty"])
def test_nobody_chooses_a_membership_that_is_not_theirs(cast, two_services, whose):
    key = {"nobody": str(uuid4()), "text": "x\0", "empty": ""}.get(whose)
    key = str(cast.member(whose).pk) if key is None else key

    answer = two_services.post("/services/", {"member": key})

    assert answer.status_code == 404
    assert "member_id" not in two_services.session


def test_who_is_suspended_in_one_service_can_go_on_in_the_other(cast, two_services):
    two_services.post("/services/", {"member": str(cast.ines.pk)})
    operations.suspend(member=cast.ines, reason="Left.", by=cast.ada, at=now())

    assert two_services.get("/my/account/")["Location"] == "/services/"
    page = two_services.get("/services/").content.decode()
    assert "Harbour Practice" not in page
    other = Member.objects.get(account=cast.ines.account, service=cast.other_service)
    two_services.post("/services/", {"member": str(other.pk)})
    assert two_services.get("/my/account/").status_code == 200


@pytest.mark.parametrize("path", ["/my/account/", "/services/", "/pulse", "/agree/"])
def test_nobody_sees_an_account_without_signing_in(cast, path):
    assert "/accounts/login/" in Client().get(path)["Location"]
