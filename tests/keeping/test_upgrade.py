"""A record of an older version comes to this one whole, or stays as it was."""

import signal
import subprocess

import pytest

from tests.installation import Installation
from tests.keeping.places import openipt, rows, said

STEP_1 = (("people", "0001"), ("keeping", "zero"))
"""The schema of the first version: before recovery mode and the tables of keeping."""

DJANGO = "from openipt.cli.ready import load_django, migrate\nload_django()\n"
FAILING = f"""{DJANGO}
from pathlib import Path
from django.db import connection
from openipt.core.errors import Refused
from openipt.keeping import upgrading
from openipt.web.clock import now

def half():
    migrate()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE half_done (a INTEGER)")
        cursor.execute("DELETE FROM safety_helpline")
    FAULT

try:
    upgrading.upgrade(copy_to=Path(PLACE), migrate=half, at=now())
except Refused as refused:
    print(refused)
"""
PULSE = f"""{DJANGO}
from openipt.outbox.pulse import Pulse
Pulse("a worker").beat()
"""
TABLES = f"""{DJANGO}
from django.db import connection
print(*sorted(connection.introspection.table_names()))
"""


@pytest.fixture(scope="module")
def oldest(old_machine, tmp_path_factory):
    """A machine with the record of the first version, from which each test has its own."""
    machine = Installation(tmp_path_factory.mktemp("oldest") / "old", like=old_machine)
    for part, migration in STEP_1:
        machine.run("openipt", "migrate", part, migration, "--verbosity", "0")
    yield machine
    machine.remove()


@pytest.fixture
def older(machines, oldest):
    return machines("older", like=oldest)


def failing(machine, fault, place):
    code = FAILING.replace("FAULT", fault).replace("PLACE", repr(str(place)))
    return machine.run_code(code)


def test_an_older_record_is_not_served_or_copied_but_upgraded(older, tmp_path):
    before = rows(older)
    assert "openipt upgrade" in said(openipt(older, "backup", str(tmp_path / "no")))
    assert "openipt upgrade" in said(openipt(older, "serve"))

    ended = openipt(older, "upgrade", "--copy", str(tmp_path / "copies"))

    assert ended.returncode == 0, ended.stderr
    after = rows(older)
    was = dict(before)
    kept = {table: after[table] for table in was}
    # What the upgrade itself writes: its migrations, permissions and a word in the trail.
    for table in ("django_migrations", "django_content_type", "auth_permission"):
        assert kept.pop(table) >= was.pop(table)
    assert kept.pop("audit_auditevent") == was.pop("audit_auditevent") + 1
    assert kept == was
    assert list((tmp_path / "copies").glob("openipt-*/manifest.json"))
    assert "of this version" in openipt(older, "upgrade").stdout


@pytest.mark.parametrize(
    "fault",
    ["raise ValueError('a sentence of Ana')", "pass"],
    ids=["breaks half-way", "loses rows"],
)
def test_an_upgrade_that_fails_leaves_the_old_record(older, tmp_path, fault):
    before, tables = rows(older), older.run_code(TABLES)

    told = failing(older, fault, tmp_path / "copies")

    assert "changed" in told
    assert "a sentence of Ana" not in told
    assert rows(older) == before
    assert older.run_code(TABLES) == tables
    assert not list(older.folder.glob("*.changing*"))
    assert openipt(older, "upgrade").returncode == 0


def test_an_upgrade_that_is_killed_leaves_the_old_record(older, tmp_path):
    before, tables = rows(older), older.run_code(TABLES)
    code = FAILING.replace(
        "FAULT", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    )
    with pytest.raises(subprocess.CalledProcessError) as killed:
        older.run_code(code.replace("PLACE", repr(str(tmp_path / "copies"))))

    assert killed.value.returncode == -signal.SIGKILL
    assert rows(older) == before
    assert older.run_code(TABLES) == tables
    assert openipt(older, "upgrade").returncode == 0


def test_nobody_upgrades_under_a_running_worker(older):
    older.run_code(PULSE)

    assert "worker is running" in said(openipt(older, "upgrade"))
