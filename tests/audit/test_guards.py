"""The database itself refuses to change or remove an event."""

import pytest
from django.db import DatabaseError, connection, transaction

from openipt.audit import guards
from openipt.audit.models import AuditEvent
from openipt.core.ids import new_id
from tests.audit.trail import AT, events, sealed

OTHERS = {
    "id": new_id(),
    "service_id": new_id(),
    "at": AT.replace(year=2027),
    "actor_id": new_id(),
    "account_id": new_id(),
    "role": "admin",
    "on_behalf_of": new_id(),
    "action": "x.y.z",
    "resource": "x",
    "object_id": new_id(),
    "subject_ids": ["x"],
    "decision": "deny",
    "reason_code": "x",
    "fields": ["x"],
    "count": 99,
    "request_id": "x",
    "ip_prefix": "x",
    "app_version": "x",
}


def refused(change):
    with pytest.raises(DatabaseError, match="never"), transaction.atomic():
        change()


def test_guards_stand_after_migration(db):
    assert guards.stand(connection)


@pytest.mark.parametrize(
    "column", [f.attname for f in AuditEvent._meta.concrete_fields]
)
def test_no_column_of_a_sealed_event_changes(db, column):
    sealed(1)
    value = {**OTHERS, "seq": 9, "hash": "9" * 64}[column]

    refused(lambda: AuditEvent.objects.update(**{column: value}))


@pytest.mark.parametrize("column", sorted(OTHERS))
def test_no_column_of_an_unsealed_event_changes_not_even_with_its_seal(db, column):
    events(1)
    value = OTHERS[column]

    refused(lambda: AuditEvent.objects.update(**{column: value}))
    refused(lambda: AuditEvent.objects.update(**{column: value}, seq=1, hash="1" * 64))


def test_an_event_is_not_unsealed(db):
    sealed(1)

    refused(lambda: AuditEvent.objects.update(seq=None, hash=None))


def test_no_event_is_removed(db):
    sealed(1)
    events(1)

    refused(lambda: AuditEvent.objects.all().delete())
    refused(lambda: AuditEvent.objects.filter(seq=None).delete())
    assert AuditEvent.objects.count() == 2


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_no_event_takes_a_place_before_it_is_sealed(db):
    sealed(1)
    event = AuditEvent.objects.values().get()

    refused(
        lambda: AuditEvent.objects.create(**event | {"id": new_id(), "seq": 2}),
    )


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite alone replaces")
@pytest.mark.parametrize(
    "statement",
    [
        "REPLACE INTO audit_auditevent SELECT * FROM audit_auditevent WHERE seq = 1",
        "REPLACE INTO audit_auditevent SELECT * FROM audit_auditevent WHERE seq IS NULL",
        "UPDATE OR REPLACE audit_auditevent SET seq = 1, hash = 'x' WHERE seq IS NULL",
    ],
)
def test_no_event_is_replaced(db, statement):
    sealed(1)
    events(1)
    before = list(AuditEvent.objects.order_by("pk").values())

    refused(lambda: run(statement))
    assert list(AuditEvent.objects.order_by("pk").values()) == before


@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE"
)
def test_the_table_is_not_emptied(db):
    def empty():
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE audit_auditevent")

    refused(empty)


def test_guards_can_stand_aside_and_come_back(db):
    events(1)

    guards.remove(connection)
    assert not guards.stand(connection)
    AuditEvent.objects.all().delete()

    guards.install(connection)
    guards.install(connection)
    assert guards.stand(connection)
    events(1)
    refused(lambda: AuditEvent.objects.all().delete())


def test_the_migration_can_be_taken_back(db):
    from importlib import import_module
    from types import SimpleNamespace

    migration = import_module("openipt.audit.migrations.0002_guards")
    editor = SimpleNamespace(connection=connection)

    migration.down(None, editor)
    assert not guards.stand(connection)
    migration.up(None, editor)
    assert guards.stand(connection)
