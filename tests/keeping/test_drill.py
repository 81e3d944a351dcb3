"""The newest copy is tried once a week, and everybody can see when that was."""

import json
from datetime import timedelta

import pytest

from openipt.cli import doctor
from openipt.core.ids import new_id
from openipt.keeping import jobs, queries
from openipt.keeping.models import Happening, Recovery
from tests.keeping.places import openipt, tools
from tests.people import NOW

DRILL = """
from pathlib import Path
from openipt.cli.ready import load_django
load_django()
from openipt.core.errors import Refused
from openipt.keeping import copying, drill
from openipt.web.clock import now
place = Path(PLACE)
try:
    drill.run_drill(place, at=now())
    print("went well")
except Refused as refused:
    print("refused:", refused)
from openipt.keeping.models import Happening
print(*Happening.objects.filter(kind="drill").values_list("went_well", flat=True))
"""


def drilled(machine, place):
    return machine.run_code(DRILL.replace("PLACE", repr(str(place))))


def test_a_drill_brings_the_copy_back_elsewhere_and_dates_itself(
    old_machine, machines, tmp_path
):
    machine = machines("drilled", like=old_machine)
    made = openipt(machine, "backup", str(tmp_path / "mine"))
    assert made.returncode == 0, made.stderr

    assert drilled(machine, tmp_path / "mine") == "went well\nTrue\n"
    record = next((tmp_path / "mine").glob("openipt-*/record.*"))
    record.write_bytes(record.read_bytes()[:-7])
    assert drilled(machine, tmp_path / "mine").startswith("refused:")


@pytest.fixture
def happened(db):
    def note(kind, days, *, well=True):
        at = NOW - timedelta(days=days)
        Happening(kind=kind, at=at, went_well=well).save(force_insert=True)

    return note


def tone(name):
    """How doctor sees one thing."""
    found = {one.id: one.tone for one in doctor.keeping_of(NOW)}
    return found.get(name)


@pytest.mark.parametrize(("days", "expected"), [(13.9, "ok"), (14.1, "red")])
def test_a_drill_older_than_14_days_is_red(happened, days, expected):
    happened("drill", days)

    assert tone("drill") == expected


def test_a_drill_that_failed_does_not_count(happened):
    happened("drill", 20)
    happened("drill", 1, well=False)

    assert tone("drill") == "red"


@pytest.mark.parametrize(("days", "expected"), [(1.4, "ok"), (1.6, "red")])
def test_a_copy_older_than_36_hours_is_red(happened, days, expected):
    happened("copy", days)

    assert tone("backup") == expected


def test_what_never_happened_is_red(db):
    assert (tone("backup"), tone("drill")) == ("red", "red")


def test_recovery_mode_is_red_until_it_is_ended(db):
    assert tone("recovery") is None
    Recovery(service_id=new_id(), copied_at=NOW, began_at=NOW).save(force_insert=True)

    assert tone("recovery") == "red"


def test_the_night_makes_a_copy_where_a_place_is_named(
    transactional_db, settings, tmp_path, monkeypatch
):
    monkeypatch.setenv("OPENIPT_PG_BIN", tools())
    settings.OPENIPT_BACKUP_DIR = str(tmp_path / "copies")

    jobs.copy()

    manifest = next((tmp_path / "copies").glob("openipt-*/manifest.json"))
    assert json.loads(manifest.read_text())["rows"]
    assert queries.last("copy") is not None


def test_copies_and_keyrings_do_not_pile_up(tmp_path):
    from openipt.keeping import copying

    (tmp_path / "keyrings").mkdir()
    for day in range(1, 29):
        folder = tmp_path / f"openipt-202610{day:02}T010000Z"
        folder.mkdir()
        (folder / "manifest.json").write_text("{}")
        (tmp_path / "keyrings" / f"{folder.name}.jsonl").write_text("")

    copying.forget_old_copies(tmp_path)
    copying.forget_old_keyrings(tmp_path, at=NOW)

    assert len(copying.copies_in(tmp_path)) == 14
    left = sorted(p.stem for p in (tmp_path / "keyrings").iterdir())
    assert left[0] == "openipt-20261024T010000Z"  # 30 days before are the 23rd at 9
