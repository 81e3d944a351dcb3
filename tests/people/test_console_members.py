"""The console's pages about members."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from openipt.audit.models import AuditEvent
from openipt.core.errors import Refused
from openipt.people import operations
from openipt.people.models import Invitation, Member, MemberChange
from openipt.web.clock import now
from tests import people
from tests.sent_again import new_id_in

pytestmark = pytest.mark.django_db

CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


@pytest.fixture
def cast():
    return people.gather()


@pytest.fixture
def ada(cast):
    return cast.client("ada")


def without_token(answer):
    """The page without the token of its forms, which is another one each time."""
    return re.sub(rb'name="csrf[^>]*>', b"", answer.content)


def page_of(member):
    return reverse("people:member", args=[member.pk])


def act_on(name, member):
    return reverse(f"people:{name}", args=[member.pk])


def invitation(**changes):
    return {
        "submission_id": str(uuid4()),
        "name": "Dr Lena Frost",
        "email": "lena@test.example",
        "roles": ["therapist"],
        "deputy": "",
    } | changes


def details(member, **changes):
    return {
        "version": member.version,
        "name": member.name,
        "roles": member.roles,
        "deputy": str(member.deputy_id or ""),
    } | changes


def test_the_list_shows_who_may_do_what(cast, ada):
    page = ada.get(reverse("people:members")).content.decode()

    for text in ("Dr Tomas Lind", "tomas@test.example", "Dr Ines Roth", "Supervisor"):
        assert text in page
    assert "Ana Holm" not in page
    assert "Dr Omar Falk" not in page


def test_the_list_of_people_shows_addresses_and_nothing_of_records(cast, ada):
    page = ada.get(reverse("people:persons")).content.decode()

    assert "Ana Holm" in page
    assert "ana@test.example" in page
    assert "Eva Stern" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    cast, ada, count, django_assert_num_queries
):
    for n in range(count):
        people.make_member(cast.service, f"M {n}", f"m{n}@test.example", "therapist")

    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        ada.get(reverse("people:members"))


QUERIES_OF_THE_LIST = 16


def test_inviting_shows_the_code_once_on_a_page_to_print(cast, ada):
    answer = ada.post(reverse("people:invite-member"), invitation())

    page = answer.content.decode()
    code = CODE.search(page).group()
    member = Member.objects.get(pk=Invitation.objects.get().member_id)
    assert answer.status_code == 200
    assert (member.name, member.roles, member.state) == (
        "Dr Lena Frost",
        ["therapist"],
        "invited",
    )
    assert code not in ada.get(page_of(member)).content.decode()
    joined = Client().post(
        "/join/",
        {
            "code": code,
            "email": "lena@test.example",
            "password": "seven-slow-green-boats",
        },
    )
    assert joined.status_code == 302


def test_sending_an_invitation_twice_invites_once(cast, ada):
    sent = invitation()
    ada.post(reverse("people:invite-member"), sent)

    again = ada.post(reverse("people:invite-member"), sent)

    assert again.status_code == 403
    assert "was made already" in again.content.decode()
    assert Invitation.objects.count() == 1


def test_an_invitation_of_somebody_else_from_the_same_form_goes_through(cast, ada):
    address, sent = reverse("people:invite-member"), invitation()
    ada.post(address, sent)

    other = sent | {"name": "Dr Emil Stone", "email": "emil@test.example"}
    came_back = ada.post(address, other)

    page = came_back.content.decode()
    assert came_back.status_code == 409
    assert "Dr Emil Stone" in page
    anew = other | {"submission_id": new_id_in(page)}
    assert ada.post(address, anew).status_code == 200
    assert Invitation.objects.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"name": "   "},
        {"name": "\u202e\u202d"},
        {"name": "a\0b"},
        {"name": "<script>alert(1)</script>" * 50_000},
        {"roles": []},
        {"roles": ["person"]},
        {"roles": ["therapist", "root"]},
        {"email": "nowhere"},
        {"email": "a@b.example\nBcc: c@d.example"},
        {"deputy": str(uuid4())},
        {"deputy": "nobody"},
        {"submission_id": "1"},
    ],
)
def test_an_invitation_that_cannot_be_is_refused_and_kept(cast, ada, changes):
    sent = invitation(**changes)

    answer = ada.post(reverse("people:invite-member"), sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "lena@test.example" in page or "email" in changes
    assert "<script>alert" not in page
    assert not Invitation.objects.exists()


def test_markup_in_a_name_stays_text(cast, ada):
    ada.post(reverse("people:invite-member"), invitation(name="<b>Lena</b> 😀"))

    page = ada.get(reverse("people:members")).content.decode()

    assert "&lt;b&gt;Lena&lt;/b&gt; 😀" in page


def test_somebody_of_another_service_cannot_be_deputy(cast, ada):
    answer = ada.post(
        reverse("people:invite-member"), invitation(deputy=str(cast.omar.pk))
    )

    assert answer.status_code == 422


def test_a_lost_code_is_replaced(cast, ada):
    first = CODE.search(
        ada.post(reverse("people:invite-member"), invitation()).content.decode()
    ).group()
    member = Invitation.objects.get().member

    answer = ada.post(act_on("new-code", member), {"email": ""})

    assert CODE.search(answer.content.decode()).group() != first
    assert Invitation.objects.filter(revoked_at__isnull=True).count() == 1


def test_a_code_is_taken_back(cast, ada):
    ada.post(reverse("people:invite-member"), invitation())
    member = Invitation.objects.get().member

    answer = ada.post(act_on("revoke-code", member))

    assert answer.status_code == 302
    assert "code too old" in ada.get(page_of(member)).content.decode()


def test_who_has_joined_gets_no_new_code(cast, ada):
    answer = ada.post(act_on("new-code", cast.ines), {"email": ""})

    assert answer.status_code == 403
    assert not Invitation.objects.exists()


def test_the_console_makes_no_code_for_a_person(cast, ada):
    person = operations.create_person(
        service=cast.service,
        name="Noa",
        called="",
        born_on=None,
        phone="",
        country="DE",
        by=cast.tomas,
        at=now(),
    )
    operations.invite_person(person=person, by=cast.tomas, at=now())
    person.refresh_from_db()

    answer = ada.post(act_on("new-code", person.member), {"email": ""})

    assert answer.status_code == 403
    assert "their therapist" in answer.content.decode()


def test_name_roles_and_deputy_are_changed_together(cast, ada):
    answer = ada.post(
        page_of(cast.ines),
        details(
            cast.ines,
            name="Dr Ines Roth-Kern",
            roles=["therapist", "supervisor"],
            deputy=str(cast.tomas.pk),
        ),
    )

    assert answer.status_code == 302
    member = Member.objects.get(pk=cast.ines.pk)
    assert (member.name, member.role_set, member.deputy, member.version) == (
        "Dr Ines Roth-Kern",
        {"therapist", "supervisor"},
        cast.tomas,
        2,
    )
    event = AuditEvent.objects.get(action="people.member.changed")
    assert event.fields == ["deputy", "name", "roles"]
    assert MemberChange.objects.get(member=member).what == "roles"


def test_two_administrators_at_once_lose_nothing(cast, ada):
    stale = details(cast.ines, name="Mine")
    ada.post(page_of(cast.ines), details(cast.ines, name="Theirs"))

    answer = ada.post(page_of(cast.ines), stale)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<b>Theirs</b>" in page
    assert 'value="Mine"' in page
    assert Member.objects.get(pk=cast.ines.pk).name == "Theirs"
    again = ada.post(page_of(cast.ines), stale | {"version": 2})
    assert again.status_code == 302
    assert Member.objects.get(pk=cast.ines.pk).name == "Mine"


@pytest.mark.parametrize(
    ("who", "roles", "sentence"),
    [
        ("tomas", ["manager"], "still has people in care"),
        ("sofia", ["manager"], "still supervises somebody"),
        ("ada", ["manager"], "needs an administrator"),
    ],
)
def test_a_role_that_is_in_use_is_not_taken_away(cast, ada, who, roles, sentence):
    operations.open_care(person=cast.ana, member=cast.tomas, by=cast.tomas, at=now())
    member = cast.member(who)

    answer = ada.post(page_of(member), details(member, roles=roles))

    assert answer.status_code == 403
    assert sentence in answer.content.decode()
    assert Member.objects.get(pk=member.pk).roles == member.roles


def test_an_administrator_does_not_take_the_role_from_themselves(cast, ada):
    operations.set_roles(
        member=cast.max, roles=["manager", "admin"], by=cast.ada, at=now()
    )

    answer = ada.post(page_of(cast.ada), details(cast.ada, roles=["manager"]))

    assert answer.status_code == 403
    assert "Another administrator" in answer.content.decode()


def test_a_person_is_given_no_role_of_the_staff(cast, ada):
    answer = ada.post(
        page_of(cast.ana.member), details(cast.ana.member, roles=["admin"])
    )

    assert answer.status_code == 403
    assert Member.objects.get(pk=cast.ana.member_id).roles == ["person"]


def test_suspending_closes_everything_at_the_next_click(cast, ada):
    ines = cast.client("ines")
    assert ines.get("/caseload/").status_code == 200

    answer = ada.post(act_on("suspend", cast.ines), {"reason": "Left the practice."})

    assert answer.status_code == 302
    assert ines.get("/caseload/")["Location"] == "/services/"
    assert "in no service" in ines.get("/services/").content.decode()
    assert "Left the practice." in ada.get(page_of(cast.ines)).content.decode()


def test_reinstating_opens_it_again(cast, ada):
    ada.post(act_on("suspend", cast.ines), {"reason": "Left."})
    ada.post(act_on("reinstate", cast.ines), {"reason": "Came back."})

    assert cast.client("ines").get("/caseload/").status_code == 200
    steps = MemberChange.objects.filter(member=cast.ines).order_by("at")
    assert [step.what for step in steps] == ["suspended", "reinstated"]


def test_suspending_twice_is_once(cast, ada):
    for _n in range(2):
        ada.post(act_on("suspend", cast.ines), {"reason": "Left."})

    assert MemberChange.objects.filter(member=cast.ines).count() == 1


@pytest.mark.parametrize("reason", ["", "   ", "x" * 1001, "a\0b"])
def test_suspending_needs_a_reason(cast, ada, reason):
    answer = ada.post(act_on("suspend", cast.ines), {"reason": reason})

    assert answer.status_code == 422
    assert Member.objects.get(pk=cast.ines.pk).state == "active"


def test_nobody_suspends_themselves(cast, ada):
    answer = ada.post(act_on("suspend", cast.ada), {"reason": "Tired."})

    assert answer.status_code == 403
    assert "cannot suspend yourself" in answer.content.decode()


def test_an_administrator_who_was_suspended_meanwhile_changes_nothing(cast):
    operations.set_roles(
        member=cast.max, roles=["manager", "admin"], by=cast.ada, at=now()
    )
    Member.objects.filter(pk=cast.ada.pk).update(state="suspended")

    with pytest.raises(Refused, match="Only an administrator"):
        operations.suspend(member=cast.max, reason="Race.", by=cast.ada, at=now())

    assert Member.objects.get(pk=cast.max.pk).state == "active"


def test_the_last_administrator_stays(cast):
    operations.set_roles(
        member=cast.max, roles=["manager", "admin"], by=cast.ada, at=now()
    )
    last = Member.objects.get(pk=cast.max.pk)
    operations.suspend(member=cast.ada, reason="Left.", by=last, at=now())

    with pytest.raises(Refused, match="needs an administrator"):
        operations.set_roles(member=last, roles=["manager"], by=last, at=now())


def test_ending_sessions_signs_the_member_out_everywhere(cast, ada):
    ines = cast.client("ines")
    ines.get("/caseload/")

    ada.post(act_on("end-member-sessions", cast.ines))

    assert "/accounts/login/" in ines.get("/caseload/")["Location"]


@pytest.mark.parametrize(
    "name",
    [
        "new-code",
        "revoke-code",
        "suspend",
        "reinstate",
        "end-member-sessions",
        "record-absence",
    ],
)
def test_members_of_another_service_are_missing(cast, ada, name):
    unknown = ada.post(reverse(f"people:{name}", args=[uuid4()]), {"reason": "x"})
    foreign = ada.post(act_on(name, cast.omar), {"reason": "x"})

    assert (unknown.status_code, foreign.status_code) == (404, 404)
    assert without_token(foreign) == without_token(unknown)
    assert Member.objects.get(pk=cast.omar.pk).state == "active"


@pytest.mark.parametrize("who", ["tomas", "sofia", "max", "ana"])
@pytest.mark.parametrize(
    "name",
    ["members", "persons", "invite-member", "supervision", "care-list", "notice"],
)
def test_only_administrators_open_the_console(cast, who, name):
    assert cast.client(who).get(reverse(f"people:{name}")).status_code == 404
