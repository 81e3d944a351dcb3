"""Who may do what to whom: the reason, or nothing for yes."""

from datetime import timedelta

import pytest

from openipt.core.errors import Invalid, Refused
from openipt.people import access, operations, queries
from openipt.people.models import Member, Supervision
from openipt.web.clock import now
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return people.gather()


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("ada", True), ("tomas", False), ("max", False), ("ana", False), ("mia", False)],
)
def test_only_a_services_own_administrator_administers(cast, who, allowed):
    reason = access.refusal_to_administer(cast.member(who), cast.service.pk)

    assert (reason == "") is allowed


@pytest.mark.parametrize(
    ("deputy", "sentence"),
    [
        ("ines", ""),
        ("sofia", ""),
        ("tomas", "Nobody can be their own deputy."),
        ("omar", "A deputy belongs to the same service."),
        ("max", "A deputy is an active therapist or supervisor."),
        ("ana", "A deputy is an active therapist or supervisor."),
    ],
)
def test_who_can_stand_in_for_tomas(cast, deputy, sentence):
    assert access.refusal_to_stand_in(cast.tomas, cast.member(deputy)) == sentence


@pytest.mark.parametrize(
    ("roles", "sentence"),
    [
        (["therapist"], ""),
        (["manager", "admin"], ""),
        ([], "Choose at least one role."),
        (["person"], "Choose at least one role."),
        (["root"], "Choose at least one role."),
    ],
)
def test_which_roles_somebody_new_can_have(roles, sentence):
    assert access.refusal_of_roles(None, roles) == sentence


@pytest.mark.parametrize(
    ("supervisor", "therapist", "sentence"),
    [
        ("sofia", "tomas", ""),
        ("sofia", "sofia", "Nobody can supervise themselves."),
        ("sofia", "omar", "Supervision stays within one service."),
        ("ines", "tomas", "Choose somebody who has the role of a supervisor."),
        ("sofia", "max", "Choose a therapist who is supervised."),
    ],
)
def test_who_can_supervise_whom(cast, supervisor, therapist, sentence):
    asked = cast.member(supervisor), cast.member(therapist)

    assert access.refusal_to_supervise(*asked) == sentence


@pytest.mark.parametrize("by", ["max", "omar", "sofia"])
def test_who_is_no_therapist_here_invites_no_person(cast, by):
    person = operations.create_person(
        service=cast.service,
        name="Noa Lake",
        called="",
        born_on=None,
        phone="",
        country="DE",
        by=cast.tomas,
        at=now(),
    )

    assert access.refusal_to_invite_person(cast.member(by), person)
    assert access.refusal_to_invite_person(cast.tomas, person) == ""


@pytest.mark.parametrize("by", ["tomas", "max", "ana", "mia"])
def test_who_does_not_administer_changes_no_member(cast, by):
    by, ines = cast.member(by), cast.ines
    acts = (
        lambda: operations.suspend(member=ines, reason="x", by=by, at=now()),
        lambda: operations.reinstate(member=ines, reason="x", by=by, at=now()),
        lambda: operations.set_roles(member=ines, roles=["admin"], by=by, at=now()),
        lambda: operations.set_deputy(member=ines, deputy=None, by=by, at=now()),
        lambda: operations.invite_again(member=ines, by=by, at=now()),
        lambda: operations.revoke_invitation(member=ines, by=by, at=now()),
        lambda: operations.end_sessions(member=ines, by=by, at=now()),
    )
    for act in acts:
        with pytest.raises(Refused):
            act()

    assert Member.objects.get(pk=ines.pk).state == "active"


def invite(cast, **whom):
    facts = {
        "name": "Lena Frost",
        "roles": ["therapist"],
        "deputy": None,
        "email": "",
        "submission_id": None,
        "by": cast.ada,
        "at": now(),
    }
    return operations.invite_member(**(facts | whom))


@pytest.mark.parametrize(
    ("whom", "kind"),
    [
        ({"by": "tomas"}, Refused),
        ({"deputy": "omar"}, Refused),
        ({"deputy": "max"}, Refused),
        ({"name": "  "}, Invalid),
        ({"roles": []}, Invalid),
    ],
)
def test_an_invitation_the_form_would_not_send_is_refused_too(cast, whom, kind):
    named = {
        key: cast.member(value) if key in {"by", "deputy"} else value
        for key, value in whom.items()
    }

    with pytest.raises(kind):
        invite(cast, **named)

    assert not Member.objects.filter(state="invited").exists()


def test_who_was_only_invited_is_not_suspended(cast):
    member, _code = invite(cast)

    with pytest.raises(Refused, match="has not joined yet"):
        operations.suspend(member=member, reason="x", by=cast.ada, at=now())


def test_an_invited_member_has_no_sessions_to_end(cast):
    member, _code = invite(cast)

    operations.end_sessions(member=member, by=cast.ada, at=now())

    member.refresh_from_db()
    assert member.account is None


def test_a_suspended_administrator_administers_nothing(cast):
    Member.objects.filter(pk=cast.ada.pk).update(state="suspended")

    with pytest.raises(Refused):
        operations.suspend(member=cast.ines, reason="x", by=cast.ada, at=now())


def test_whoever_supervises_a_carer_may_read_and_nobody_else(cast):
    care = operations.open_care(
        person=cast.ana, member=cast.tomas, by=cast.tomas, at=now()
    )
    reading = {
        name: queries.may_read(cast.member(name), cast.ana.pk, None, now())
        for name in ("tomas", "sofia", "ines", "max", "ada", "omar", "mia")
    }

    assert reading == dict.fromkeys(reading, False) | {"tomas": True, "sofia": True}
    assert not queries.may_read(cast.sofia, cast.ana.pk, care.pk, now())


def test_a_reason_is_needed_by_every_step_also_below_the_form(cast):
    care = operations.open_care(
        person=cast.ana, member=cast.tomas, by=cast.tomas, at=now()
    )
    for act in (operations.end_care, operations.pause_care):
        with pytest.raises(Invalid, match="Write the reason"):
            act(care=care, reason=" ", by=cast.ada, at=now())
    with pytest.raises(Invalid, match="Write the reason"):
        operations.suspend(member=cast.ines, reason=" ", by=cast.ada, at=now())


def test_a_suspended_therapist_does_not_get_a_paused_record_back(cast):
    care = operations.open_care(
        person=cast.ana, member=cast.ines, by=cast.ada, at=now()
    )
    operations.pause_care(care=care, reason="Leave.", by=cast.ada, at=now())
    operations.suspend(member=cast.ines, reason="Left.", by=cast.ada, at=now())

    with pytest.raises(Refused, match="active therapist"):
        operations.resume_care(care=care, reason="Back.", by=cast.ada, at=now())


@pytest.mark.parametrize("act", ["end_supervision", "cancel_absence", "record_absence"])
def test_cover_is_changed_by_the_administrator_alone(cast, act):
    start = now().date() + timedelta(days=3)
    days = {"from_on": start, "until_on": start + timedelta(days=2)}
    away = operations.record_absence(
        member=cast.tomas, deputy=cast.ines, by=cast.ada, at=now(), **days
    )
    what = {
        "end_supervision": {
            "supervision": Supervision.objects.get(therapist=cast.tomas)
        },
        "cancel_absence": {"absence": away},
        "record_absence": {"member": cast.tomas, "deputy": cast.ines, **days},
    }[act]

    with pytest.raises(Refused):
        getattr(operations, act)(by=cast.tomas, at=now(), **what)


def test_this_installation_knows_whether_it_has_a_service(cast):
    assert queries.any_service()
