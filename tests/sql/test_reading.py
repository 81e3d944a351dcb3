"""Rows are read as Django reads them, in fewer steps."""

import json
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.models import F, JSONField, Max

from openipt.people.models import CareRelationship
from openipt.sql.reading import read, readers_of, rows_of
from tests import people

IDS = DatabaseWrapper.ops_class(connection).convert_uuidfield_value
INSTANTS = DatabaseWrapper.ops_class(connection).convert_datetimefield_value
NAIVE = datetime(2026, 11, 26, 6, 30, 15, 250)
ROWS = [
    ("019b2753c50379a5b91b00e062113f6b", NAIVE, "1"),
    ("00000000000000000000000000000001", "2026-11-26 06:30:15.000250", "2"),
    (None, None, "3"),
    ("00000000000000000000000000000002", "2026-11-26 06:30:15", "2"),
    ("00000000000000000000000000000003", "2026-11-26 07:30:15.25+01:00", "2"),
    ("00000000000000000000000000000005", "2026-11-26 07:30:15.250-01", "2"),
    ("00000000000000000000000000000006", "2026-11-26T06:30:15Z", "2"),
    ("00000000000000000000000000000008", "2026-11-26 06:30+01", "2"),
    ("00000000000000000000000000000007", "2026-11-26 06:30", "2"),
    ("00000000000000000000000000000004", "2026-11-26 01:30:15-05:30", "2"),
    ("019b2753c50379a5b91b00e062113f6b", NAIVE.replace(tzinfo=UTC), "4"),
]


def _number(value, _expression, _connection):
    return int(value)


def _twice(value, _expression, _connection):
    return value * 2


READERS = {
    0: ([IDS], F("pk")),
    1: ([INSTANTS], F("at")),
    2: ([_number, _twice], F("n")),
}


@pytest.mark.parametrize("zone", [None, "Asia/Tokyo"])
def test_columns_are_what_django_makes_of_them(monkeypatch, zone):
    if zone:
        monkeypatch.setattr(type(connection), "timezone", ZoneInfo(zone), raising=False)
    plain = [
        (
            IDS(pk, None, connection),
            INSTANTS(at, None, connection),
            int(number) * 2,
        )
        for pk, at, number in ROWS
    ]
    found = read(ROWS, READERS)
    assert found == plain
    assert read(ROWS * 9, READERS) == plain * 9  # many are read column by column
    assert [row[1].tzinfo if row[1] else None for row in found] == [
        row[1].tzinfo if row[1] else None for row in plain
    ]


def test_what_has_no_reader_stays_as_it_is():
    assert read(ROWS, {}) == ROWS
    assert read([], READERS) == []
    assert read(ROWS, {0: ([IDS], None)})[1] == (UUID(int=1), *ROWS[1][1:])


@pytest.mark.django_db
def test_a_query_that_names_its_rows_gives_what_django_gives():
    cast = people.gather_with_courses()
    found = CareRelationship.objects.filter(person_id__in=[cast.ana.pk, cast.bea.pk])
    query = found.order_by("pk").values_list("pk", "starts_at", "ends_at", "role")
    counted = found.values_list("person_id").annotate(last=Max("starts_at"))
    nobody = CareRelationship.objects.filter(person_id__in=[]).values_list("pk")

    assert rows_of(query) == list(query)
    assert sorted(rows_of(counted)) == sorted(counted)
    assert rows_of(nobody) == []


class Shouting(json.JSONDecoder):
    def decode(self, text):
        return super().decode(text.upper())


@pytest.mark.parametrize("decoder", [None, Shouting])
@pytest.mark.parametrize(
    "value",
    ["[]", "[12, 9]", '{"a": [null, 1.5]}', '""', "null", "not json", b"[1]", None],
)
def test_json_is_what_its_field_makes_of_it(value, decoder):
    field = JSONField(decoder=decoder)
    column = F("recent")
    readers = readers_of({0: ([field.from_db_value], column)})

    plain = field.from_db_value(value, column, connection)
    assert read([(value,)], readers) == [(plain,)]


def test_two_rows_share_no_list():
    readers = readers_of({0: ([JSONField().from_db_value], None)})
    [one], [other] = read([("[]",), ("[]",)], readers)
    one.append(1)
    assert other == []
