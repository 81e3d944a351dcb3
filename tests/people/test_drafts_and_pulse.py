"""Drafts that survive, and the number that tells a page to look again."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from openipt.audit.models import AuditEvent
from openipt.people import jobs, operations, queries
from openipt.people.models import Draft
from openipt.web.clock import now
from tests import people

pytestmark = pytest.mark.django_db

NOTE = f"note:{uuid4()}"


@pytest.fixture
def cast():
    return people.gather()


def send(client, body, kind="application/json"):
    sent = json.dumps(body) if kind == "application/json" else body
    return client.post("/drafts/", sent, content_type=kind)


def test_what_is_typed_is_kept_for_its_author(cast):
    answer = send(cast.client("ana"), {"key": NOTE, "fields": {"text": "I felt 😀\n"}})

    assert (answer.status_code, answer.content) == (204, b"")
    assert queries.draft_of(cast.ana.member, NOTE) == {"text": "I felt 😀\n"}
    assert queries.draft_of(cast.bea.member, NOTE) is None
    assert queries.draft_of(cast.tomas, NOTE) is None


def test_a_form_can_be_sent_as_it_is(cast):
    client = cast.client("tomas")

    answer = client.post(
        "/drafts/",
        {"draft_key": NOTE, "text": "Half a sentence", "who": ["a", "b"]},
    )

    assert answer.status_code == 204
    assert queries.draft_of(cast.tomas, NOTE) == {
        "text": "Half a sentence",
        "who": ["a", "b"],
    }


def test_fields_can_come_as_json_in_a_form(cast):
    cast.client("tomas").post("/drafts/", {"key": NOTE, "fields": '{"text": "x"}'})

    assert queries.draft_of(cast.tomas, NOTE) == {"text": "x"}


def test_a_later_draft_replaces_an_earlier_one(cast):
    client = cast.client("ana")
    for text in ("one", "two"):
        send(client, {"key": NOTE, "fields": {"text": text}})

    assert queries.draft_of(cast.ana.member, NOTE) == {"text": "two"}
    assert Draft.objects.count() == 1


def test_a_draft_is_sealed_and_leaves_no_trace_of_words(cast):
    send(cast.client("ana"), {"key": NOTE, "fields": {"text": "unspeakable"}})

    assert b"unspeakable" not in bytes(Draft.objects.values_list("content")[0][0])
    assert "unspeakable" not in str(AuditEvent.objects.values())


def test_a_saved_form_drops_its_draft(cast):
    send(cast.client("ana"), {"key": NOTE, "fields": {"text": "x"}})

    for _n in range(2):
        operations.drop_draft(member=cast.ana.member, key=NOTE)

    assert queries.draft_of(cast.ana.member, NOTE) is None


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        "x",
        {"key": NOTE},
        {"key": NOTE, "fields": []},
        {"key": NOTE, "fields": {"a": 1}},
        {"key": NOTE, "fields": {"a": None}},
        {"key": NOTE, "fields": {"a": {"b": "c"}}},
        {"key": NOTE, "fields": {"a": ["b", 1]}},
        {"key": NOTE, "fields": {"a": "\ud800"}},
        {"key": NOTE, "fields": {"a": "x" * 100_001}},
        {"key": "", "fields": {}},
        {"key": 5, "fields": {}},
        {"key": "Note", "fields": {}},
        {"key": "note:" + "x" * 200, "fields": {}},
        {"key": "note:<script>", "fields": {}},
        {"key": "note\0", "fields": {}},
    ],
)
def test_what_is_no_draft_is_refused(cast, body):
    assert send(cast.client("ana"), body).status_code == 422
    assert not Draft.objects.exists()


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_json_is_refused(cast, raw):
    answer = cast.client("ana").post("/drafts/", raw, content_type="application/json")

    assert answer.status_code == 422


def test_somebody_keeps_a_hundred_drafts_the_newest(cast):
    for n in range(102):
        operations.save_draft(
            member=cast.ana.member,
            key=f"note:{n}",
            fields={"text": str(n)},
            at=now() + timedelta(seconds=n),
        )

    assert Draft.objects.filter(member=cast.ana.member).count() == 100
    assert queries.draft_of(cast.ana.member, "note:1") is None
    assert queries.draft_of(cast.ana.member, "note:101") == {"text": "101"}


def test_drafts_nobody_came_back_to_are_forgotten_after_thirty_days(cast):
    for key, days in (("old:1", 31), ("young:1", 29)):
        operations.save_draft(
            member=cast.ana.member,
            key=key,
            fields={},
            at=now() - timedelta(days=days),
        )
    assert queries.old_drafts_wait(now())

    jobs.purge_drafts()

    assert list(Draft.objects.values_list("key", flat=True)) == ["young:1"]
    assert not queries.old_drafts_wait(now())


def test_a_session_that_is_over_still_keeps_what_was_typed(cast):
    client = cast.client("ana")
    client.get("/today/")

    with time_machine.travel(now() + timedelta(hours=2)):
        saved = send(client, {"key": NOTE, "fields": {"text": "late"}})
        assert "/accounts/login/" in client.get("/today/")["Location"]

    assert saved.status_code == 204
    assert queries.draft_of(cast.ana.member, NOTE) == {"text": "late"}


def test_a_form_sent_after_the_end_of_a_session_is_there_after_signing_in(cast):
    client = cast.client("ana")
    client.get("/today/")

    with time_machine.travel(now() + timedelta(hours=2)):
        answer = client.post(
            "/my/account/language/", {"draft_key": NOTE, "text": "every word"}
        )

    assert "/accounts/login/" in answer["Location"]
    assert queries.draft_of(cast.ana.member, NOTE) == {"text": "every word"}


def test_a_hostile_key_at_the_end_of_a_session_breaks_nothing(cast):
    client = cast.client("ana")
    client.get("/today/")

    with time_machine.travel(now() + timedelta(hours=2)):
        answer = client.post("/my/account/language/", {"draft_key": "<b>" * 999})

    assert "/accounts/login/" in answer["Location"]
    assert not Draft.objects.exists()


def test_nobody_keeps_drafts_without_signing_in(cast):
    answer = send(Client(), {"key": NOTE, "fields": {}})

    assert "/accounts/login/" in answer["Location"]


def test_drafts_need_the_token_of_a_page(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ana.member.account)

    assert send(client, {"key": NOTE, "fields": {}}).status_code == 403


def test_the_pulse_tells_a_new_number_only_when_something_changed(cast):
    client = cast.client("tomas")
    before = client.get("/pulse?since=none").json()["n"]
    assert client.get(f"/pulse?since={before}").status_code == 204

    operations.touch([cast.tomas.pk])

    assert client.get(f"/pulse?since={before}").json() == {"n": before + 1}


@pytest.mark.parametrize("who", ["ana", "tomas", "sofia", "max", "ada"])
def test_every_role_has_a_pulse(cast, who):
    assert cast.client(who).get("/pulse?since=x").status_code == 200


def test_the_pulse_costs_little_and_leaves_no_trace(cast, django_assert_num_queries):
    client = cast.client("tomas")
    client.get("/pulse?since=0")
    count = AuditEvent.objects.count()

    with django_assert_num_queries(4):  # session, account, member, number
        client.get("/pulse?since=0")

    assert AuditEvent.objects.count() == count


def test_the_pulse_does_not_keep_a_session_alive(cast):
    client = cast.client("tomas")
    client.get("/my/account/")
    start = now()

    for minutes in (5, 10, 14):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            assert client.get("/pulse?since=x").status_code == 200
    with time_machine.travel(start + timedelta(minutes=17)):
        assert "/accounts/login/" in client.get("/my/account/")["Location"]


def test_a_change_that_is_rolled_back_raises_no_number(cast):
    before = queries.change_count(cast.tomas)

    with transaction.atomic():
        operations.touch([cast.tomas.pk])
        transaction.set_rollback(True)

    assert queries.change_count(cast.tomas) == before


def test_nothing_new_is_kept_of_somebody_who_took_the_agreement_back(cast):
    client = cast.client("ana")
    send(client, {"key": NOTE, "fields": {"text": "Before"}})
    operations.withdraw_agreement(member=cast.ana.member, at=now())

    answer = send(client, {"key": NOTE, "fields": {"text": "After"}})

    assert answer.status_code == 403
    assert queries.draft_of(cast.ana.member, NOTE) == {"text": "Before"}


def test_a_newer_notice_costs_nobody_what_they_were_writing(cast):
    client = cast.client("ana")
    operations.publish_notice(
        service=cast.service, text="New words.", base_version=1, by=cast.ada, at=now()
    )

    answer = send(client, {"key": NOTE, "fields": {"text": "Half a sentence"}})

    assert answer.status_code == 204


def test_what_belongs_to_one_form_on_one_screen_is_not_given_back(cast):
    fields = {"submission_id": str(uuid4()), "version": "3", "text": "x"}
    send(cast.client("tomas"), {"key": NOTE, "fields": fields})

    assert queries.draft_of(cast.tomas, NOTE) == {"version": "3", "text": "x"}
    assert queries.submission_of_draft(cast.tomas, NOTE) == fields["submission_id"]
    assert queries.submission_of_draft(cast.ana.member, NOTE) == ""
