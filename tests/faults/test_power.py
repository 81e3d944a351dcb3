"""Power loss on SQLite: what was acknowledged had reached the disk."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.processes import wait_until
from tests.installation import ROOT, Installation

from .driving import FILL, REPORT, note

pytestmark = pytest.mark.once

WRITER = """
import sys
from django.conf import settings
from openipt.cli.ready import load_django
load_django()
from django.db import connection
connection.settings_dict["OPTIONS"]["init_command"] = (
    connection.settings_dict["OPTIONS"]["init_command"].replace(
        "synchronous=FULL", "synchronous=" + sys.argv[1]
    )
)
from tests import journal
from openipt.core.ids import new_id
from openipt.people.models import Person
from openipt.vault import keys
with keys.scope():
    ana = next(p for p in Person.objects.all() if p.name.startswith("Ana"))
    while True:
        submission = new_id()
        print("try", submission, flush=True)
        journal.write(ana, "Said.", submission_id=submission)
        print("kept", submission, flush=True)
"""


class Powered:
    """A folder on a file system whose power can fail."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self._shim = subprocess.Popen(
            [sys.executable, str(Path(__file__).parent / "shim.py"), str(folder)],
            stderr=subprocess.PIPE,
            text=True,
        )
        if not wait_until(folder.is_mount, 20):
            self._shim.kill()
            pytest.fail(
                "No file system could be mounted for the test of power loss. It needs "
                "FUSE: install fuse3, and run where /dev/fuse can be opened. "
                + self._shim.communicate()[1]
            )

    def weather(self, word: str) -> None:
        with (self.folder / ".control").open("w") as control:
            control.write(word)

    def unmount(self) -> None:
        subprocess.run(["fusermount3", "-u", "-z", str(self.folder)], check=False)
        self._shim.wait(timeout=20)
        self._shim.stderr.close()


@pytest.fixture
def powered(tmp_path):
    """An installation with Ana on such a file system."""
    plain = Installation(tmp_path / "plain")
    plain.run_code(FILL)
    disk = Powered(tmp_path / "disk")
    (disk.folder / ".control").touch()
    shutil.copytree(plain.folder, disk.folder / "data", copy_function=_copy_durably)
    plain.environment["OPENIPT_DATA_DIR"] = str(disk.folder / "data")
    yield disk, plain
    disk.unmount()


def _copy_durably(source, target):
    shutil.copy(source, target)
    with Path(target).open("rb+") as file:
        os.fsync(file.fileno())
    return target


def lose_power(disk, machine, synchronous, seconds):
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, synchronous],
        env=machine.environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    time.sleep(seconds)
    writer.send_signal(signal.SIGKILL)
    said = [line.split() for line in writer.communicate()[0].splitlines()]
    disk.weather("power")
    told = json.loads(machine.run_code(REPORT))
    tried = [line[1] for line in said if line[0] == "try" and len(line) == 2]
    kept = [line[1] for line in said if line[0] == "kept" and len(line) == 2]
    return tried, kept, told


@pytest.mark.parametrize(
    "rounds", [2, pytest.param(24, marks=pytest.mark.long)], ids=["2", "24"]
)
def test_what_was_acknowledged_survives_the_loss_of_power(powered, rounds):
    disk, machine = powered
    tried, acknowledged = [], []
    for number in range(rounds):
        more, kept, told = lose_power(disk, machine, "FULL", 3 + number % 3)
        tried += more
        acknowledged += kept
        assert told["sound"] == "ok"
    lost = set(acknowledged) - set(told["kept"])
    note(
        f"power loss, synchronous=FULL, {rounds} rounds",
        tried=len(tried),
        acknowledged=len(acknowledged),
        lost=len(lost),
    )
    assert len(acknowledged) > 20, "too little was written to say anything"
    assert lost == set()


def test_the_loss_would_be_seen(powered):
    """With a setting that does not sync, the same test does lose answers."""
    disk, machine = powered

    tried, acknowledged, told = lose_power(disk, machine, "NORMAL", 4)

    lost = set(acknowledged) - set(told["kept"])
    note(
        "power loss, synchronous=NORMAL (not ours)",
        tried=len(tried),
        acknowledged=len(acknowledged),
        lost=len(lost),
    )
    assert len(acknowledged) > 20
    assert lost
