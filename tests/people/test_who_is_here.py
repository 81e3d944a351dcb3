"""What stands before every page says who is here as plain reads say it."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openipt.people import queries
from openipt.people.models import Account, Member
from openipt.people.session_store import SessionStore, digest_of
from openipt.web.clock import now
from tests import people


@pytest.fixture
def cast(db):
    return people.gather()


def begun(**holds):
    store = SessionStore()
    store.update(holds)
    store.save()
    return store.session_key


@pytest.mark.django_db
@pytest.mark.parametrize("left", [-1, 0, 1, 3600])
def test_a_session_is_found_as_long_as_it_lives(left):
    key = begun(name="Ana")
    other = begun(name="Bea")
    ends = now() + timedelta(seconds=left)
    Session.objects.filter(session_key=digest_of(key)).update(expire_date=ends)
    lives = Session.objects.filter(
        session_key=digest_of(key), expire_date__gt=now()
    ).exists()

    found = SessionStore(key)

    assert found.get("name") == ("Ana" if lives else None)
    assert lives == (left > 0)
    assert found.session_key == (key if lives else None)
    assert SessionStore(other)["name"] == "Bea"
    assert SessionStore("never-began").get("name") is None


def test_an_account_is_read_by_its_id_as_by_anything_else(cast):
    pk = cast.ana.member.account_id
    plain = Account.objects.filter(pk=pk).get()

    by_id = [Account.objects.get(pk=pk), Account.objects.get(pk=str(pk))]

    for found in by_id:
        for field in Account._meta.concrete_fields:
            assert getattr(found, field.attname) == getattr(plain, field.attname)
    assert Account.objects.get(email=plain.email) == plain
    assert Account.objects.get(pk=pk, email=plain.email) == plain
    with pytest.raises(Account.DoesNotExist):
        Account.objects.get(pk=cast.ana.pk)
    with pytest.raises(Account.DoesNotExist):
        Account.objects.get(pk=pk, email="other@test.example")


@pytest.mark.parametrize("name", people.MEMBERS)
def test_whoever_chose_is_who_was_chosen_as_long_as_they_are_active(cast, name):
    member = cast.member(name)
    stranger = cast.mia if name != "mia" else cast.ana.member

    with CaptureQueriesContext(connection) as asked:
        found = queries.member_in_session(member.account, str(member.pk))
        assert found.service.zone

    assert found == member
    assert len(asked) == 1
    assert queries.member_in_session(member.account, None) == member
    assert queries.member_in_session(member.account, str(stranger.pk)) is None
    Member.objects.filter(pk=member.pk).update(state=Member.State.SUSPENDED)
    assert queries.member_in_session(member.account, str(member.pk)) is None
    assert queries.member_in_session(member.account, None) is None


def test_whoever_is_two_members_has_to_choose(cast):
    both = cast.omar
    Member.objects.create(
        service=cast.service,
        account=both.account,
        state=Member.State.ACTIVE,
        roles=["therapist"],
        name="Omar Falk",
        created_at=people.NOW,
        joined_at=people.NOW,
    )

    assert queries.member_in_session(both.account, None) is None
    assert queries.member_in_session(both.account, str(both.pk)) == both
