"""What an event says, and that nothing happens without one."""

from datetime import datetime

import pytest
from django.db import transaction

import openipt
from openipt import audit
from openipt.audit import context
from openipt.audit.models import AuditEvent
from openipt.core.ids import new_id
from tests.audit.trail import AT


def test_an_event_says_who_did_what_to_whom(db, actor):
    object_id, first, second = new_id(), new_id(), new_id()

    audit.record(
        action="courses.focus.agreed",
        resource="course",
        object_id=object_id,
        subjects=iter([second, first, second]),
        by=actor,
        at=AT,
        fields=["reason", "area", "area"],
        count=2,
    )

    event = AuditEvent.objects.get()
    assert (event.action, event.resource) == ("courses.focus.agreed", "course")
    assert (event.actor_id, event.account_id) == (actor.id, actor.account_id)
    assert (event.service_id, event.role) == (actor.service_id, "supervisor+therapist")
    assert (event.object_id, event.at, event.count) == (object_id, AT, 2)
    assert event.subject_ids == sorted([str(first), str(second)])
    assert event.fields == ["area", "reason"]
    assert (event.decision, event.reason_code) == ("allow", "")
    assert event.app_version == openipt.__version__
    assert (event.seq, event.hash) == (None, None)
    assert str(event) == f"audit event {event.pk}"


def test_the_program_itself_acts_without_a_member(db):
    service = new_id()

    audit.record(
        action="vault.key.rotated", resource="key", by=None, at=AT, service_id=service
    )

    event = AuditEvent.objects.get()
    assert (event.actor_id, event.account_id, event.role) == (None, None, "")
    assert event.service_id == service


def test_a_denial_is_recorded_with_its_reason(db, actor):
    audit.record_read(
        action="people.person.read",
        resource="person",
        by=actor,
        at=AT,
        decision="deny",
        reason="no_relationship",
    )

    event = AuditEvent.objects.get()
    assert (event.decision, event.reason_code) == ("deny", "no_relationship")


def test_an_event_carries_what_is_around_it(db, actor):
    proxy_for = new_id()
    with context.surrounded(request_id="abc", ip_prefix="192.0.2.0/24"):
        context.acts_as("proxy", on_behalf_of=proxy_for)
        audit.record(action="a.b.done", resource="a", by=actor, at=AT)
    audit.record(action="a.b.done", resource="a", by=actor, at=AT)

    inside = AuditEvent.objects.get(request_id="abc")
    after = AuditEvent.objects.exclude(pk=inside.pk).get()
    assert (inside.request_id, inside.ip_prefix) == ("abc", "192.0.2.0/24")
    assert (inside.role, inside.on_behalf_of) == ("proxy", proxy_for)
    assert (after.request_id, after.ip_prefix, after.on_behalf_of) == ("", "", None)


@pytest.mark.django_db(transaction=True)
def test_a_change_is_not_recorded_outside_its_transaction(actor):
    with pytest.raises(RuntimeError, match="outside a transaction"):
        audit.record(action="a.b.done", resource="a", by=actor, at=AT)

    assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_rolled_back_leaves_no_event(actor):
    with transaction.atomic():
        audit.record(action="a.b.done", resource="a", by=actor, at=AT)
        transaction.set_rollback(True)

    assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_read_commits_by_itself_and_refuses_to_hang_on_a_change(actor):
    audit.record_read(action="a.b.read", resource="a", by=actor, at=AT)
    with pytest.raises(RuntimeError), transaction.atomic():
        audit.record_read(action="a.b.read", resource="a", by=actor, at=AT)

    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize(
    "said",
    [
        {"action": "Ana said she is afraid"},
        {"action": ""},
        {"resource": "a person"},
        {"reason": "She is not yours."},
        {"fields": ["her name"]},
        {"fields": ["name\n"]},
    ],
)
def test_sentences_are_refused_and_not_repeated(db, actor, said):
    with pytest.raises(ValueError, match="codes and names of fields") as fault:
        audit.record(
            **{"action": "a.b.done", "resource": "a", "by": actor, "at": AT} | said
        )

    assert "Ana" not in str(fault.value)
    assert not AuditEvent.objects.exists()


def test_a_subject_is_an_id(db, actor):
    with pytest.raises(ValueError, match="UUID"):
        audit.record(
            action="a.b.done", resource="a", by=actor, at=AT, subjects=["Ana Ruiz"]
        )


def test_an_event_needs_an_instant(db, actor):
    with pytest.raises(ValueError, match="not a wall time"):
        audit.record(
            action="a.b.done", resource="a", by=actor, at=datetime(2026, 11, 22, 9)
        )
