"""A row is written with the statement that Django would send, and refused as Django refuses.

Every model of ours is saved twice with the same values: as it is, and with the step taken
out that is ours. What reaches the database must be the same.
"""

from contextlib import suppress
from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.db.models.signals import post_save, pre_save
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openipt.audit.models import AuditEvent
from openipt.people.models import ChangeCount, Person
from openipt.safety.models import HelpLine
from openipt.sql import rows
from openipt.sql.rows import Row
from openipt.vault.fields import Sealed, SealedField
from tests import people

pytestmark = pytest.mark.django_db

OURS = [m for m in apps.get_models() if m.__module__.startswith("openipt.")]
ROWS = [model for model in OURS if issubclass(model, Row)]
_VALUES = {
    models.UUIDField: UUID(int=7),
    models.DateTimeField: datetime(2026, 11, 22, 9, 0, 1, 5, tzinfo=UTC),
    models.DateField: date(2026, 11, 22),
    models.TimeField: time(9, 30),
    models.JSONField: {"a": ["ü", 1, None, True]},
    models.BooleanField: True,
    models.DecimalField: Decimal("1.5"),
    models.FloatField: 1.5,
    models.IntegerField: 3,
    models.BinaryField: b"\x00\xff%s",
    models.CharField: "%s ü",
    models.TextField: "%s ü",
}


@pytest.fixture
def cast():
    return people.gather()


@pytest.fixture
def line(cast):
    return HelpLine.objects.filter(service=cast.service).earliest("pk")


def test_every_model_of_ours_is_a_row():
    left = {model._meta.label for model in OURS if model not in ROWS}

    # The database says when a key was made, so its insert has something to return.
    assert left == {"vault.DataKey"}
    assert len(ROWS) > 60


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model._meta.label)
@pytest.mark.parametrize("full", [True, False])
def test_what_is_sent_is_what_django_sends(model, full, monkeypatch):
    monkeypatch.setattr(SealedField, "pre_save", _sealed_alike)
    monkeypatch.setattr(timezone, "now", lambda: people.NOW)
    row = _made(model, full=full)
    names = [f.name for f in model._meta.concrete_fields if not f.primary_key]
    saves = [
        {"force_insert": True},
        {"force_update": True},
        {"update_fields": names[::2]},
        {"update_fields": names[-1:]},
    ]

    ours = [_sent(row, **how) for how in saves]

    assert rows.table_of(model, connection.vendor) is not None
    monkeypatch.setattr(rows, "table_of", lambda _model, _vendor: None)
    assert ours == [_sent(row, **how) for how in saves]
    assert all(len(statements) == 1 for statements in ours)


def test_a_row_comes_back_as_it_was_kept(cast):
    event = _made(AuditEvent, full=True)
    event.seq = event.hash = None
    event.save(force_insert=True)

    kept = AuditEvent.objects.get(pk=event.pk)

    for field in AuditEvent._meta.concrete_fields:
        assert getattr(kept, field.attname) == getattr(event, field.attname)


def test_sealed_words_are_sealed_on_the_way_and_open_again(cast):
    cast.ana.name = "Ana, otherwise"
    cast.ana.save(update_fields=["name"])

    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM people_person")
        assert all(b"Ana" not in bytes(name) for (name,) in cursor.fetchall())
    assert Person.objects.get(pk=cast.ana.pk).name == "Ana, otherwise"


def test_a_refusal_undoes_no_more_than_its_savepoint(line):
    with transaction.atomic():
        line.name = "Changed before"
        line.save(update_fields=["name"])
        with pytest.raises(IntegrityError), transaction.atomic():
            line.save(force_insert=True)
        line.hours = "Changed after"
        line.save(update_fields=["hours"])

    line.refresh_from_db()
    assert (line.name, line.hours) == ("Changed before", "Changed after")


def test_a_refusal_outside_of_a_savepoint_breaks_the_transaction(line):
    with transaction.atomic():
        with pytest.raises(IntegrityError):
            line.save(force_insert=True)
        with pytest.raises(TransactionManagementError):
            line.save(update_fields=["name"])
        transaction.set_rollback(False)
        transaction.set_rollback(True)


@pytest.mark.parametrize("how", [{"update_fields": ["name"]}, {"force_update": True}])
def test_a_row_that_is_gone_is_no_update(line, how):
    HelpLine.objects.filter(pk=line.pk).delete()

    with pytest.raises(DatabaseError, match="did not affect any rows"):
        line.save(**how)


def test_a_plain_save_of_a_row_that_is_gone_brings_it_back(line):
    HelpLine.objects.filter(pk=line.pk).delete()

    with CaptureQueriesContext(connection) as asked:
        line.save()

    assert [one["sql"].split()[0] for one in asked] == ["UPDATE", "INSERT"]
    assert HelpLine.objects.filter(pk=line.pk).exists()


def test_signals_are_sent_and_the_row_knows_that_it_is_kept(line):
    heard = []

    def hear(signal, sender, instance, **said):
        heard.append((sender, said.get("created"), instance._state.adding))

    fresh = _copy(line)
    for signal in (pre_save, post_save):
        signal.connect(hear, sender=HelpLine)
    try:
        fresh.save()
        fresh.save()
    finally:
        for signal in (pre_save, post_save):
            signal.disconnect(hear, sender=HelpLine)

    assert heard == [
        (HelpLine, None, True),
        (HelpLine, True, False),
        (HelpLine, None, False),
        (HelpLine, False, False),
    ]
    assert fresh._state.db == "default"


def test_the_database_works_out_what_stands_in_place_of_a_value(line, cast):
    line.name = Concat(F("name"), Value("!"))
    line.save(update_fields=["name"])
    fresh = _copy(line)
    fresh.name = Concat(Value("a"), Value("b"))
    fresh.save()

    names = HelpLine.objects.filter(pk__in=[line.pk, fresh.pk]).values_list("name")
    assert {name[-1] for (name,) in names} == {"!", "b"}
    assert "ab" in {name for (name,) in names}


def test_a_row_whose_key_is_another_row_is_found_by_it(cast):
    kept = ChangeCount.objects.filter(member=cast.tomas)
    kept.delete()
    count = ChangeCount.objects.create(member=cast.tomas, service=cast.service, n=1)
    count.n = 5
    count.save()

    assert kept.get().n == 5
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeCount.objects.create(member=cast.tomas, service=cast.service, n=2)


def _made(model, *, full):
    """Return a row with a value in every field, or only where there must be one."""
    values = {}
    for field in model._meta.concrete_fields:
        plain = field.target_field if field.is_relation else field
        kind = next(kind for kind in _VALUES if isinstance(plain, kind))
        values[field.attname] = (
            _VALUES[kind] if full or not field.null or field.primary_key else None
        )
    return model(**values)


def _copy(line):
    values = {f.attname: getattr(line, f.attname) for f in line._meta.concrete_fields}
    return HelpLine(**{**values, "id": uuid4(), "number": "9"})


def _sealed_alike(_field, _row, add):
    """Seal without chance: two saves would differ in nothing but their nonces."""
    return Sealed(b"sealed")


def _sent(row, **how):
    """Return the statements of a save, none of which is carried out."""
    sent = []

    def look(_execute, sql, params, _many, _context):
        sent.append((sql, [_plain(param) for param in params]))

    # Nothing was carried out, so nothing was found: Django says so after an update.
    with connection.execute_wrapper(look), suppress(DatabaseError):
        row.save(**how)
    return sent


def _plain(param):
    """Return a parameter as what can be compared; psycopg wraps JSON without equality."""
    return (type(param), getattr(param, "obj", param))
