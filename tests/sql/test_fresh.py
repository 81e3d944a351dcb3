"""Tables that are made at once are the tables to which the migrations lead."""

import json

import pytest
from django.db import connection, migrations
from django.db.migrations.executor import MigrationExecutor

from openipt.sql import fresh
from tests.installation import Installation
from tests.sql.shapes import shape

DJANGO = """
import json
from openipt.cli.ready import load_django, migrate
load_django()
from django.db import connection
from openipt.sql import fresh
from openipt.vault import keys
"""
LAY = f"""{DJANGO}
from tests.sql.shapes import shape
keys.create_kek()
laid = fresh.lay_tables()
before = shape()
print(json.dumps([laid, fresh.lay_tables(), before == shape(), before]))
"""
KILLED = f"""{DJANGO}
class Killed(BaseException): pass
def killed(*_): raise Killed
whole, fresh._create = fresh._create, killed
keys.create_kek()
try:
    fresh.lay_tables()
except Killed:
    pass
left = connection.introspection.table_names()
fresh._create = whole
print(json.dumps([left, fresh.lay_tables()]))
"""
STRANGE = f"""{DJANGO}
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE another (a INTEGER)")
print(json.dumps([fresh.lay_tables(), connection.introspection.table_names()]))
"""


@pytest.fixture
def new(tmp_path):
    machine = Installation(tmp_path / "new", empty=True)
    yield machine
    machine.remove()


@pytest.mark.django_db
def test_they_are_those_of_the_migrations_and_made_once(new):
    laid, again, unchanged, there = json.loads(new.run_code(LAY))

    assert (laid, again, unchanged) == (True, False, True)
    stepwise = json.loads(json.dumps(shape()))
    stepwise = {  # what `createcachetable` made beside the migrations is left out
        kind: [row for row in rows if "cache" not in row]
        for kind, rows in stepwise.items()
    }
    assert there == stepwise
    assert len(there["migrations"]) > 50


def test_whoever_was_killed_meanwhile_begins_again(new):
    left, laid = json.loads(new.run_code(KILLED))

    assert left == ["django_migrations"]
    assert laid


def test_a_database_in_which_something_stands_is_left_alone(new):
    assert json.loads(new.run_code(STRANGE)) == [False, ["another"]]


@pytest.mark.django_db
def test_an_operation_of_another_kind_is_left_to_the_migrations(monkeypatch):
    class Another(migrations.operations.base.Operation):
        """Does what nobody here can know."""

    def plan(self, _targets):
        return [(type("M", (), {"operations": [Another()], "app_label": "a"}), False)]

    monkeypatch.setattr(connection.introspection, "table_names", list)
    monkeypatch.setattr(MigrationExecutor, "migration_plan", plan)
    monkeypatch.setattr(
        "django.db.migrations.loader.MigrationRecorder.applied_migrations",
        lambda _self: {},
    )

    assert not fresh.lay_tables()
