"""Inviting a person: a code on paper, only with a number to call."""

import re
from datetime import timedelta

import pytest

from openipt.courses.models import Course
from openipt.people.models import Invitation, Member, Person
from openipt.safety.models import HelpLine

from .starting import START, filled, text_of

CODE = re.compile(r"\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b")


@pytest.fixture
def course(cast):
    """A course of Dr Roth with somebody who has no account."""
    cast.client("ines").post(START, filled())
    return Course.objects.get(therapist=cast.ines)


@pytest.fixture
def address(course):
    return f"/courses/{course.pk}/invite/"


def test_code_and_address_stand_on_a_page_to_print(cast, course, address):
    client = cast.client("ines")
    before = text_of(client.get(address))

    page = text_of(client.post(address))

    assert not CODE.search(before)
    assert len(CODE.findall(page)) == 1
    assert "http://testserver/join/" in page
    assert "6 December" in page
    person = Person.objects.get(pk=course.person_id)
    assert person.member.state == "invited"
    assert person.member.roles == ["person"]


def test_code_is_not_kept_in_clear(cast, address):
    page = text_of(cast.client("ines").post(address))

    code = CODE.search(page).group()
    assert code not in str(list(Invitation.objects.values()))


def test_new_code_ends_the_old_one(cast, address):
    client = cast.client("ines")
    client.post(address)
    assert "makes the old one stop working" in text_of(client.get(address))

    client.post(address)

    assert Invitation.objects.count() == 2
    assert Invitation.objects.filter(revoked_at=None).count() == 1
    assert Member.objects.filter(roles=["person"], state="invited").count() == 1


def test_course_page_says_how_far_the_invitation_is(cast, course, address, clock):
    client = cast.client("ines")
    overview = f"/courses/{course.pk}/"
    assert "Not invited yet." in text_of(client.get(overview))

    client.post(address)
    assert "The code holds until" in text_of(client.get(overview))

    clock.shift(timedelta(days=14, seconds=1))
    client = cast.client("ines")
    assert "The code was not used in time." in text_of(client.get(overview))


def test_nobody_is_invited_without_a_live_emergency_number(cast, address):
    HelpLine.objects.filter(kind="emergency").delete()
    client = cast.client("ines")

    page = client.get(address)
    response = client.post(address)

    assert "No emergency number" in text_of(page)
    assert "Make the code" not in text_of(page)
    assert response.status_code == 403
    assert "No emergency number" in text_of(response)
    assert not Invitation.objects.exists()


def test_number_of_another_country_does_not_count(cast, course, address):
    Person.objects.filter(pk=course.person_id).update(country="SE")

    assert cast.client("ines").post(address).status_code == 403


def test_somebody_who_has_joined_is_not_invited_again(cast):
    address = f"/courses/{cast.extra['ana'].pk}/invite/"
    client = cast.client("tomas")

    assert "already joined" in text_of(client.get(address))
    assert client.post(address).status_code == 403
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("who", ["tomas", "sofia", "max", "ada", "ana", "omar"])
def test_only_the_care_team_invites(cast, address, who):
    client = cast.client(who)

    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    assert not Invitation.objects.exists()
