"""The administrator's first page: what the service still needs."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from openipt.home.queries import console
from openipt.people import operations
from openipt.people.models import Member
from openipt.safety.models import HelpLine
from openipt.web.clock import now
from tests import people

pytestmark = pytest.mark.django_db


def today():
    """The day it is where the services of the cast are: not always that of UTC."""
    return now().astimezone(ZoneInfo("Europe/Berlin")).date()


@pytest.fixture
def cast():
    return people.gather()


def checks(member, *, later=timedelta(0)):
    member = Member.objects.get(pk=member.pk)
    at = now() + later
    overview = console.overview_of(member, at, today() + later)
    return {check.title: check.is_done for check in overview.checks}, overview


def test_a_service_just_founded_needs_nearly_everything():
    _service, code = operations.found_service(
        name="Lake Practice",
        zone="Europe/London",
        country="GB",
        admin_email="boss@lake.example",
        at=now(),
    )
    account = operations.redeem(
        code=code,
        email="boss@lake.example",
        password="seven-slow-green-boats",
        at=now(),
    )

    done, overview = checks(account.members.get())

    assert done == {
        "Help numbers": False,
        "Hours and contact": False,
        "Notice": True,
        "A therapist with a deputy": False,
        "A supervisor and a manager": False,
    }
    assert overview.missing == 4


def test_what_is_there_is_ticked_off(cast):
    operations.set_deputy(member=cast.ines, deputy=cast.tomas, by=cast.ada, at=now())

    done, overview = checks(cast.ada)

    assert all(done.values())
    assert overview.missing == 0
    page = cast.client("ada").get("/console/").content.decode()
    assert "The service can work" in page


def test_a_therapist_without_a_deputy_is_named(cast):
    done, _overview = checks(cast.ada)
    page = cast.client("ada").get("/console/").content.decode()

    assert done["A therapist with a deputy"] is False
    assert "Dr Ines Roth has no deputy" in page


def test_a_suspended_deputy_counts_as_none(cast):
    operations.set_deputy(member=cast.ines, deputy=cast.tomas, by=cast.ada, at=now())
    operations.suspend(member=cast.ines, reason="Left.", by=cast.ada, at=now())

    assert checks(cast.ada)[0]["A therapist with a deputy"] is False


def test_an_expired_emergency_number_is_missing_again(cast):
    assert checks(cast.ada)[0]["Help numbers"]
    expiry = HelpLine.objects.filter(service=cast.service, kind="emergency").get()

    expired = checks(cast.ada, later=timedelta(days=400))[0]

    assert expiry.expires_on < (now() + timedelta(days=400)).date()
    assert expired["Help numbers"] is False


def test_who_is_away_and_who_waits_is_shown(cast):
    operations.record_absence(
        member=cast.tomas,
        deputy=cast.sofia,
        from_on=today() - timedelta(days=1),
        until_on=today() + timedelta(days=3),
        by=cast.ada,
        at=now(),
    )
    operations.invite_member(
        name="Dr Lena Frost",
        roles=["therapist"],
        deputy=None,
        email="",
        submission_id=None,
        by=cast.ada,
        at=now(),
    )

    _done, overview = checks(cast.ada)

    assert [line.member.name for line in overview.away] == ["Dr Tomas Lind"]
    assert [line.member.name for line in overview.waiting] == ["Dr Lena Frost"]


def test_the_first_page_names_nobody_in_therapy(cast):
    page = cast.client("ada").get("/console/").content.decode()

    assert "Ana Holm" not in page
    assert "Eva Stern" not in page


@pytest.mark.parametrize("who", ["tomas", "sofia", "max", "ana"])
def test_only_administrators_see_it(cast, who):
    assert cast.client(who).get("/console/").status_code == 404
    assert "/accounts/login/" in Client().get("/console/")["Location"]
