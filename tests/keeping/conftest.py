"""Machines of a test's own, and one copied record that all tests of a run share."""

import json
import shutil

import pytest

from tests.installation import Installation
from tests.keeping.places import FILL, openipt, tools


@pytest.fixture
def machines(tmp_path):
    """Make machines on request; their databases go with the test."""
    made = []

    def new(name: str, **how) -> Installation:
        made.append(Installation(tmp_path / name, **how))
        made[-1].environment["OPENIPT_PG_BIN"] = tools()
        return made[-1]

    yield new
    for machine in made:
        machine.remove()


@pytest.fixture
def new_machine(machines):
    """A machine with nothing on it."""
    return machines("new", empty=True)


@pytest.fixture(scope="session")
def old_machine(tmp_path_factory):
    """A machine on which Ana has written a page that nobody else can read.

    Tests share it: whoever changes it makes one of their own.
    """
    machine = Installation(tmp_path_factory.mktemp("kept") / "old")
    machine.environment["OPENIPT_PG_BIN"] = tools()
    machine.run_code(FILL)
    yield machine
    machine.remove()


@pytest.fixture(scope="session")
def _copied(old_machine, tmp_path_factory):
    place = tmp_path_factory.mktemp("copied")
    ended = openipt(
        old_machine, "backup", str(place / "copies"),
        "--keys", str(place / "safe"), "--json",
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return place, json.loads(ended.stdout)


@pytest.fixture
def copied(_copied, tmp_path):
    """Copy, keyring and key files, for this test alone; what the command said of them."""
    shutil.copytree(_copied[0], tmp_path, dirs_exist_ok=True)
    return _copied[1]
