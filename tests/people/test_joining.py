"""Coming in by a one-time code, through the page everybody uses."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from openipt.audit.models import AuditEvent
from openipt.core.errors import Refused
from openipt.people import operations
from openipt.people.models import Account, Invitation, Member, MemberChange
from openipt.web.clock import now
from tests import people

pytestmark = pytest.mark.django_db

PASSWORD = "seven-slow-green-boats"
CODE = re.compile(r"^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$")


@pytest.fixture
def cast():
    return people.gather()


def new_person(cast, name="Noa Lake"):
    return operations.create_person(
        service=cast.service,
        name=name,
        called="Noa",
        born_on=None,
        phone="",
        country="DE",
        by=cast.tomas,
        at=now(),
    )


def invited(cast, *, at=None):
    """A person who has a code, and the code."""
    person = new_person(cast)
    code = operations.invite_person(person=person, by=cast.tomas, at=at or now())
    person.refresh_from_db()
    return person, code


def new_staff(cast, *, email="", roles=("therapist",)):
    return operations.invite_member(
        name="Lena Frost",
        roles=roles,
        deputy=None,
        email=email,
        submission_id=None,
        by=cast.ada,
        at=now(),
    )


def join(client, code, email="noa@test.example", password=PASSWORD):
    return client.post("/join/", {"code": code, "email": email, "password": password})


def test_a_code_has_eighty_bits_in_letters_nobody_confuses(cast):
    codes = {new_staff(cast)[1] for _n in range(20)}

    assert len(codes) == 20
    assert all(CODE.fullmatch(code) for code in codes)


def test_a_person_joins_and_is_asked_to_agree_first(cast):
    person, code = invited(cast)
    client = Client()

    answer = join(client, code)

    assert answer.status_code == 302
    member = Member.objects.get(pk=person.member_id)
    assert (member.state, member.account.email) == ("active", "noa@test.example")
    assert client.session["member_id"] == str(member.pk)
    assert client.get("/today/")["Location"] == "/agree/"


def test_staff_join_and_are_sent_to_their_second_factor(cast):
    _member, code = new_staff(cast)
    client = Client()

    join(client, code, "lena@test.example")

    assert client.get("/caseload/")["Location"].endswith("/2fa/totp/activate/")


def test_a_second_factor_can_be_set_up_without_typing_the_password_again(cast):
    _member, code = new_staff(cast)
    client = Client()
    join(client, code, "lena@test.example")

    assert client.get("/accounts/2fa/totp/activate/").status_code == 200


def test_small_letters_and_lookalikes_are_read_as_meant(cast):
    _person, code = invited(cast)
    written = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")

    assert join(Client(), written).status_code == 302


def test_a_code_works_once(cast):
    _person, code = invited(cast)
    join(Client(), code)

    again = join(Client(), code, "somebody@test.example")

    assert again.status_code == 403
    assert "This code has been used" in again.content.decode()
    assert not Account.objects.filter(email="somebody@test.example").exists()


def test_sending_the_form_twice_makes_one_account(cast):
    _person, code = invited(cast)
    client = Client()
    join(client, code)

    again = join(client, code)

    assert again.status_code == 403
    assert Account.objects.filter(email="noa@test.example").count() == 1


def test_a_code_nobody_was_given_opens_nothing_and_keeps_what_was_typed(cast):
    answer = join(Client(), "AAAA-BBBB-CCCC-DDDD")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This code is not known here" in page
    assert "noa@test.example" in page
    assert PASSWORD not in page
    assert not Account.objects.filter(email="noa@test.example").exists()


@pytest.mark.parametrize(
    ("days", "status"), [(13, 302), (14, 403)], ids=["day 13", "day 14"]
)
def test_a_persons_code_lasts_fourteen_days(cast, days, status):
    _person, code = invited(cast, at=now() - timedelta(days=days))

    assert join(Client(), code).status_code == status


def test_a_code_for_staff_lasts_three_days(cast):
    member, _code = new_staff(cast)

    invitation = Invitation.objects.get(member=member)

    assert invitation.expires_at - invitation.created_at == timedelta(days=3)


def test_a_new_code_ends_the_old_one(cast):
    person, old = invited(cast)
    new = operations.invite_person(person=person, by=cast.tomas, at=now())

    refused = join(Client(), old)

    assert refused.status_code == 403
    assert "A newer code replaces this one" in refused.content.decode()
    assert join(Client(), new).status_code == 302


def test_a_code_that_was_taken_back_opens_nothing(cast):
    person, code = invited(cast)
    operations.revoke_invitation(member=person.member, by=cast.ada, at=now())

    assert join(Client(), code).status_code == 403


def test_a_code_for_one_address_opens_no_other(cast):
    _member, code = new_staff(cast, email="Lena@Test.example")

    refused = join(Client(), code, "thief@test.example")

    assert refused.status_code == 403
    assert "another address" in refused.content.decode()
    assert join(Client(), code, "lena@test.example").status_code == 302


def test_a_person_with_an_account_is_never_invited_again(cast):
    with pytest.raises(Refused, match="has an account already"):
        operations.invite_person(person=cast.ana, by=cast.tomas, at=now())

    assert not Invitation.objects.filter(member=cast.ana.member).exists()


def test_an_address_that_has_an_account_cannot_be_taken_over(cast):
    _person, code = invited(cast)
    before = Account.objects.get(email="ana@test.example").password

    refused = join(Client(), code, "ANA@test.example")

    assert refused.status_code == 403
    assert "sign in first" in refused.content.decode()
    assert Account.objects.get(email="ana@test.example").password == before


@pytest.mark.parametrize(
    "password",
    ["short", "password1234", "openipt-therapy", "x" * 129, "", "noa@test.example"],
)
def test_a_weak_password_is_refused_and_the_code_still_works(cast, password):
    _person, code = invited(cast)

    assert join(Client(), code, password=password).status_code == 422
    assert join(Client(), code).status_code == 302


def test_somebody_signed_in_adds_a_service_with_the_code_alone(cast):
    _member, code = operations.invite_member(
        name="Ines Roth",
        roles=["therapist"],
        deputy=None,
        email="",
        submission_id=None,
        by=cast.mia,
        at=now(),
    )
    client = cast.client("ines")

    answer = client.post("/join/", {"code": code})

    assert answer.status_code == 302
    assert cast.ines.account.members.count() == 2
    chosen = Member.objects.get(pk=client.session["member_id"])
    assert chosen.service == cast.other_service


def test_nobody_is_in_one_service_twice(cast):
    _member, code = new_staff(cast, roles=("supervisor",))

    refused = cast.client("ines").post("/join/", {"code": code})

    assert refused.status_code == 403
    assert "belongs to this service already" in refused.content.decode()
    assert cast.ines.account.members.count() == 1


def test_a_person_cannot_be_invited_by_a_therapist_of_another_service(cast):
    with pytest.raises(Refused):
        operations.invite_person(person=new_person(cast), by=cast.omar, at=now())


def test_too_many_tries_wait_a_minute(cast):
    client = Client()
    tries = [join(client, "AAAA-BBBB-CCCC-DDDD").status_code for _n in range(11)]

    assert tries == [422] * 10 + [429]


def test_the_code_is_kept_nowhere_in_clear(cast):
    _person, code = invited(cast)

    kept = str(Invitation.objects.values()) + str(AuditEvent.objects.values())

    assert code not in kept
    assert code.replace("-", "") not in kept


def test_joining_leaves_a_trace_and_a_step(cast):
    person, code = invited(cast)
    join(Client(), code)

    event = AuditEvent.objects.get(action="people.member.joined")
    assert event.actor_id == person.member_id
    assert event.subject_ids == [str(person.pk)]
    steps = MemberChange.objects.filter(member=person.member).order_by("at")
    assert [step.what for step in steps] == ["invited", "joined"]


HOSTILE = [
    "<script>alert(1)</script>",
    "\u202egnp.exe",
    "😀" * 3,
    "a\0b",
    "x" * 100_000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_codes_and_addresses_are_answered_with_a_sentence(cast, text):
    answer = join(Client(), text, text)

    assert answer.status_code == 422
    assert "<script>alert" not in answer.content.decode()
