"""How long somebody is signed in, and what ends it at once."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from openipt.people import operations
from openipt.people.models import Draft, Member
from tests import people

from . import passkeys
from .signing_in import TOKEN, Visitor

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
FIRST_PAGE = {"ana": "/today/", "tomas": "/caseload/", "ada": "/console/members/"}


@pytest.fixture
def cast(db):
    made = people.gather_with_courses()
    for name in ("tomas", "ines", "sofia", "max", "ada"):
        people.give_second_factor(made.member(name))
    return made


@pytest.fixture
def visitor(cast):
    """Return a function that gives somebody who has just signed in."""

    def come(name):
        came = Visitor(cast.member(name).account.email)
        came.sign_in()
        assert came.is_in(FIRST_PAGE.get(name, "/my/account/"))
        return came

    return come


LIMITS = [
    ("ana", 30 * MINUTE, 24 * HOUR),
    ("tomas", 15 * MINUTE, 10 * HOUR),
    ("ada", 15 * MINUTE, 10 * HOUR),
]


@pytest.mark.parametrize(("name", "idle", "_longest"), LIMITS)
def test_a_session_ends_when_nothing_happens_for_long(
    visitor, clock, name, idle, _longest
):
    came = visitor(name)

    clock.shift(idle - MINUTE)
    assert came.is_in(FIRST_PAGE[name])
    clock.shift(idle + MINUTE)
    assert not came.is_in(FIRST_PAGE[name])
    assert not came.is_in(FIRST_PAGE[name])


@pytest.mark.parametrize(("name", "idle", "longest"), LIMITS)
def test_a_session_ends_however_much_it_is_used(visitor, clock, name, idle, longest):
    came, step = visitor(name), idle - 2 * MINUTE

    for _n in range(longest // step):
        clock.shift(step)
        assert came.is_in(FIRST_PAGE[name])
    clock.shift(step)
    assert not came.is_in(FIRST_PAGE[name])


def test_looking_whether_there_is_news_is_no_use_of_a_session(visitor, clock):
    came = visitor("tomas")

    for _n in range(14):
        clock.shift(MINUTE)
        assert came.open("/pulse").status_code == 200
    clock.shift(2 * MINUTE)

    assert came.open("/pulse").status_code == 403
    assert not came.is_in("/caseload/")


def test_a_page_of_htmx_is_sent_to_the_sign_in_page(visitor, clock):
    came = visitor("tomas")
    clock.shift(HOUR)

    answer = came.open("/caseload/", headers={"HX-Request": "true"})

    assert answer.status_code == 204
    assert answer["HX-Redirect"].startswith("/accounts/login/?next=")


def test_signing_out_everywhere_ends_every_browser_at_its_next_step(visitor):
    phone, desk, other = visitor("ana"), visitor("ana"), visitor("tomas")

    answer = desk.send("/my/account/", {}, to="/my/account/sessions/")

    assert answer.status_code == 302
    assert not desk.is_in("/today/")
    assert not phone.is_in("/today/")
    assert other.is_in("/caseload/")


def test_an_administrator_ends_the_sessions_of_a_member(cast, visitor):
    admin, tomas = visitor("ada"), visitor("tomas")
    page = f"/console/members/{cast.tomas.pk}/"

    admin.send(page, {}, to=f"{page}sessions/")

    assert not tomas.is_in("/caseload/")
    assert admin.is_in(page)


def test_another_password_ends_every_other_browser(visitor):
    phone, desk = visitor("ana"), visitor("ana")
    typed = {
        "oldpassword": people.PASSWORD,
        "password1": "loud-river-stone-43",
        "password2": "loud-river-stone-43",
    }

    answer = desk.send("/accounts/password/change/", typed)

    assert answer.status_code == 302
    assert not phone.is_in("/today/")


def test_a_password_that_was_reset_ends_every_browser(cast, visitor, mailoutbox):
    phone = visitor("ana")
    lost = Visitor(phone.email)
    lost.send("/accounts/password/reset/", {"email": phone.email})
    link = next(w for w in mailoutbox[-1].body.split() if "/password/reset/key/" in w)
    page = lost.open(link.partition("testserver")[2])["Location"]
    typed = dict.fromkeys(("password1", "password2"), "loud-river-stone-43")

    assert lost.send(page, typed).status_code == 302

    assert not phone.is_in("/today/")


def test_whoever_is_suspended_is_out_at_the_next_step(cast, visitor):
    came = visitor("tomas")
    page = f"/courses/{cast.extra['ana'].pk}/"
    assert came.open(page).status_code == 200

    operations.suspend(member=cast.tomas, reason="Left", by=cast.ada, at=people.NOW)

    for path in (page, "/caseload/", "/pulse", "/calendar/"):
        answer = came.open(path)
        assert "Ana" not in answer.content.decode()
        assert (answer.status_code, answer["Location"][:10]) in {
            (302, "/services/"),
            (302, "/accounts/"),
        }
    assert Visitor(came.email).sign_in().status_code in {200, 302, 422}
    assert came.open(page).status_code == 302


def test_a_role_that_is_taken_away_is_gone_at_the_next_step(cast, visitor):
    came = visitor("max")
    assert came.open("/service/").status_code == 200

    operations.set_roles(
        member=Member.objects.get(pk=cast.max.pk),
        roles=["admin"],
        by=cast.ada,
        at=people.NOW,
    )

    assert came.open("/service/").status_code == 404
    assert came.open("/console/members/").status_code == 200


def test_care_that_ends_is_gone_at_the_next_step(cast, visitor):
    came, course = visitor("tomas"), cast.extra["ana"]
    assert came.open(f"/courses/{course.pk}/").status_code == 200

    care = cast.ana.care.get(course_id=course.pk)
    operations.pause_care(care=care, reason="On leave", by=cast.ada, at=people.NOW)

    assert came.open(f"/courses/{course.pk}/").status_code == 404
    assert "Ana Holm" not in came.open("/caseload/").content.decode()


def test_supervision_that_ends_is_gone_at_the_next_step(cast, visitor):
    came, course = visitor("sofia"), cast.extra["ana"]
    assert came.open(f"/courses/{course.pk}/").status_code == 200

    operations.end_supervision(
        supervision=cast.sofia.supervises.get(), by=cast.ada, at=people.NOW
    )

    assert came.open(f"/courses/{course.pk}/").status_code == 404
    assert "Ana Holm" not in came.open("/supervision/").content.decode()


def test_an_agreement_that_is_taken_back_closes_the_pages_at_once(cast, visitor):
    came = visitor("ana")

    operations.withdraw_agreement(member=cast.ana.member, at=people.NOW)

    for path in ("/today/", "/week/", "/measures/"):
        assert came.open(path)["Location"] == "/agree/"
    for path in ("/help/", "/my/account/", "/agree/"):
        assert came.open(path).status_code == 200


def test_a_session_has_another_key_after_signing_in(cast):
    came = Visitor(cast.ana.member.account.email)
    came.open("/accounts/login/")
    before = came.client.cookies["openipt-session"].value

    came.sign_in()

    assert came.client.cookies["openipt-session"].value != before


def test_who_reads_the_table_of_sessions_is_not_signed_in_as_anybody(visitor):
    came, thief = visitor("tomas"), Client()
    (row,) = Session.objects.all()

    thief.cookies["openipt-session"] = row.session_key

    assert came.is_in("/caseload/")
    assert row.session_key != came.client.cookies["openipt-session"].value
    assert thief.get("/caseload/")["Location"].startswith("/accounts/login/")


def test_a_session_that_was_left_cannot_be_taken_up_again(visitor):
    came = visitor("ana")
    kept = came.client.cookies["openipt-session"].value

    came.send("/my/account/", {}, to="/accounts/logout/")
    came.client.cookies["openipt-session"] = kept

    assert not came.is_in("/today/")


@pytest.mark.parametrize(
    "page",
    [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example/",
        "javascript:go()",
        "http:evil.example",
        "\t//evil.example",
        "https:///evil.example",
    ],
)
def test_signing_in_never_leads_to_another_site(cast, page):
    came = Visitor(cast.ana.member.account.email)

    answer = came.send(
        "/accounts/login/",
        {"login": came.email, "password": people.PASSWORD, "next": page},
    )

    assert answer.status_code == 302
    assert answer["Location"] == "/"


def test_signing_in_leads_back_to_the_page_that_was_asked_for(cast):
    came = Visitor(cast.ana.member.account.email)
    asked = came.open("/week/?since=1")

    assert came.sign_in(asked["Location"])["Location"].startswith("/week/")


def test_signing_out_everywhere_reaches_who_has_just_signed_in(cast, visitor):
    """Somebody signed in as Ana and lies in wait: no page was opened since."""
    lurker = Visitor(cast.ana.member.account.email)
    lurker.sign_in()

    visitor("ana").send("/my/account/", {}, to="/my/account/sessions/")

    assert not lurker.is_in("/today/")


def test_the_clock_of_a_session_runs_from_signing_in(cast, clock):
    came = Visitor(cast.tomas.account.email)
    came.sign_in()

    clock.shift(HOUR)

    assert not came.is_in("/caseload/")


def in_two_services(cast, account):
    return Member.objects.create(
        service=cast.other_service,
        account=account,
        state=Member.State.ACTIVE,
        roles=["therapist"],
        name="Somebody",
        created_at=people.NOW,
        joined_at=people.NOW,
    )


def test_a_person_who_works_elsewhere_has_the_shorter_limit_there(cast, visitor, clock):
    account = cast.ana.member.account
    works = in_two_services(cast, account)
    people.give_second_factor(works)
    came = Visitor(account.email)
    came.sign_in()
    came.send("/services/", {"member": cast.ana.member.pk})
    assert came.is_in("/today/")
    for _n in range(22):
        clock.shift(28 * MINUTE)
        assert came.is_in("/today/")

    came.send("/services/", {"member": works.pk})

    assert not came.is_in("/caseload/")


def test_a_page_of_one_service_is_not_sent_to_another(cast, visitor):
    account = cast.tomas.account
    elsewhere = in_two_services(cast, account)
    came = Visitor(account.email)
    came.sign_in()
    came.send("/services/", {"member": cast.tomas.pk})
    page = came.open("/courses/start/").content.decode()
    old = {"csrfmiddlewaretoken": TOKEN.search(page).group(1)}
    came.send("/services/", {"member": elsewhere.pk})

    answer = came.client.post("/drafts/", {"key": "start-course", "name": "Ana", **old})

    assert answer.status_code == 403
    assert not Draft.objects.filter(member=elsewhere).exists()


@pytest.mark.django_db
def test_attempts_at_many_accounts_do_not_wipe_out_the_count_of_one():
    cache.set("attempts-at-one", [1, 2, 3, 4, 5])

    for n in range(400):
        cache.set(f"attempts-at-number-{n}", [1])

    assert cache.get("attempts-at-one") == [1, 2, 3, 4, 5]


def test_nobody_of_the_staff_takes_their_last_passkey_away(cast, visitor):
    came = visitor("tomas")
    number = passkeys.register(cast.tomas, "Key at the desk")
    Authenticator.objects.filter(user=cast.tomas.account).exclude(pk=number).delete()

    page = f"/accounts/2fa/webauthn/keys/{number}/remove/"
    came.send(f"/accounts/reauthenticate/?next={page}", {"password": people.PASSWORD})

    assert came.open(page).status_code == 403
    assert came.send("/my/account/", {}, to=page).status_code == 403
    assert Authenticator.objects.filter(pk=number).exists()
    passkeys.register(cast.tomas, "Key at home")
    assert came.send(page, {}).status_code == 302
    assert not Authenticator.objects.filter(pk=number).exists()


@pytest.mark.parametrize("name", ["ana", "tomas"])
def test_a_session_from_a_clock_that_ran_ahead_is_over(visitor, clock, name):
    clock.shift(timedelta(days=30))
    came = visitor(name)

    clock.shift(timedelta(days=-30))
    assert not came.is_in(FIRST_PAGE[name])


def test_a_clock_that_is_a_moment_behind_signs_nobody_out(visitor, clock):
    came = visitor("tomas")

    clock.shift(-MINUTE)
    assert came.is_in(FIRST_PAGE["tomas"])
