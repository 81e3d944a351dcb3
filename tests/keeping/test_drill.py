"""The newest copy is tried once a week, and everybody can see when that was."""

from datetime import timedelta

import pytest

from openipt.cli import doctor
from openipt.core.errors import Stale
from openipt.keeping.models import Happening
from openipt.people import operations
from tests import people
from tests.cli.processes import wait_until
from tests.keeping.places import openipt, said
from tests.people import NOW

DJANGO = "from openipt.cli.ready import load_django\nload_django()\n"
HAPPENED = f"""{DJANGO}
from openipt.keeping.models import Happening
print(*Happening.objects.order_by("at").values_list("kind", "went_well"))
"""


def test_a_drill_brings_the_copy_back_elsewhere_and_dates_itself(
    old_machine, machines, tmp_path
):
    machine, place = machines("drilled", like=old_machine), str(tmp_path / "mine")
    assert openipt(machine, "backup", place).returncode == 0
    left_by_a_killed_one = machine.folder / "drill" / "data"
    left_by_a_killed_one.mkdir(parents=True)
    (left_by_a_killed_one / "openipt.sqlite3").write_text("half")

    drilled = openipt(machine, "drill", place)

    assert drilled.returncode == 0, drilled.stderr
    assert not (machine.folder / "drill").exists()
    record = next((tmp_path / "mine").glob("openipt-*/record.*"))
    record.write_bytes(record.read_bytes()[:-7])
    assert "damaged" in said(openipt(machine, "drill", place))
    assert not (machine.folder / "drill").exists()
    assert machine.run_code(HAPPENED).endswith(
        "('copy', True) ('drill', True) ('drill', False)\n"
    )


def test_the_worker_copies_and_tries_where_a_place_is_named(
    old_machine, machines, tmp_path
):
    machine = machines("nightly", like=old_machine)
    machine.environment["OPENIPT_BACKUP_DIR"] = str(tmp_path / "nightly-copies")

    worker = machine.start("openipt", "worker")
    try:
        both = "('copy', True) ('drill', True)"
        assert wait_until(lambda: both in machine.run_code(HAPPENED), 90)
        assert list((tmp_path / "nightly-copies").glob("openipt-*/manifest.json"))
    finally:
        worker.terminate()
        worker.communicate(timeout=30)


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
    cast = people.gather()
    assert tone("recovery") is None
    operations.begin_recovery(copied_at=NOW, lost_events=None, lost_until=None)
    assert tone("recovery") == "red"

    operations.end_recovery(by=cast.ada, at=NOW)
    assert tone("recovery") == "red"  # the other service has not looked yet
    operations.end_recovery(by=cast.mia, at=NOW)

    assert tone("recovery") is None
    with pytest.raises(Stale):
        operations.end_recovery(by=cast.ada, at=NOW)


def test_copies_and_keyrings_do_not_pile_up(tmp_path):
    from openipt.keeping import copying

    (tmp_path / "keyrings").mkdir()
    for day in range(1, 29):
        folder = tmp_path / f"openipt-202610{day:02}T010000Z"
        folder.mkdir()
        (folder / "manifest.json").write_text("{}")
        (tmp_path / "keyrings" / f"{folder.name}.jsonl").write_text("")

    left_over = tmp_path / ".openipt-20261028T010000Z.part"
    left_over.mkdir()
    underway = tmp_path / ".openipt-20261122T085900Z.part"
    underway.mkdir()

    assert copying.forget_old_copies(tmp_path, keep=14, at=NOW) == 15
    assert underway.exists()
    assert not left_over.exists()
    copying.forget_old_keyrings(tmp_path, at=NOW)

    assert len(copying.copies_in(tmp_path)) == 14
    left = sorted(p.stem for p in (tmp_path / "keyrings").iterdir())
    assert left[0] == "openipt-20261024T010000Z"  # 30 days before are the 23rd at 9
