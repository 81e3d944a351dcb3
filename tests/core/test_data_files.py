"""Finding and reading data files of this and of other packages."""

import sys
from dataclasses import dataclass
from importlib.metadata import EntryPoint, EntryPoints
from types import SimpleNamespace

import pytest

from openipt.core import data_files
from openipt.core.data_files import (
    load_all,
    newest,
    packages,
    parse,
    read_file,
    tables_in,
    version_order,
)
from openipt.core.errors import DataProblem


@dataclass(frozen=True)
class Thing:
    id: str
    version: str


def build(table):
    thing = Thing(table.text("id"), table.text("version"))
    table.done()
    return thing


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a function that makes an importable package with data files."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def make(name, *, code="", **contents):
        place = tmp_path / name
        place.mkdir()
        (place / "__init__.py").write_text(code)
        for file, content in contents.items():
            (place / f"{file}.toml").write_text(content)
        return name

    yield make
    for name in [n for n in sys.modules if n.startswith("planted_")]:
        del sys.modules[name]


@pytest.fixture
def offering(monkeypatch):
    """Return a function that stands in for installed packages with entry points."""

    def offer(*values, dist=None):
        entries = [EntryPoint(name=v, value=v, group="things") for v in values]
        if dist is not None:
            entries = [SimpleNamespace(value=v, dist=dist) for v in values]
        monkeypatch.setattr(
            data_files, "entry_points", lambda group: EntryPoints(entries)
        )

    return offer


def test_a_file_that_is_not_toml_is_named():
    with pytest.raises(DataProblem, match=r"x\.toml: is not TOML: Invalid value"):
        parse("x.toml", b"id = ")


def test_a_file_that_is_not_utf8_is_named():
    with pytest.raises(DataProblem, match=r"x\.toml: is not UTF-8: .* at byte 6"):
        parse("x.toml", b'id = "\xff"')


def test_a_file_too_deep_to_read_is_named():
    with pytest.raises(DataProblem, match=r"^x\.toml: is not TOML: lists too deep"):
        parse("x.toml", b"x = " + b"[" * 5000 + b"]" * 5000)


def test_the_mark_of_some_editors_is_no_mistake():
    assert parse("x.toml", b'\xef\xbb\xbfid = "a"').text("id") == "a"


def test_a_file_on_the_disk_is_read_or_named(tmp_path):
    (tmp_path / "good.toml").write_text('id = "a"')

    assert read_file(tmp_path / "good.toml").text("id") == "a"
    with pytest.raises(DataProblem, match=r"^none\.toml: cannot be read: No such file"):
        read_file(tmp_path / "none.toml")


def test_the_built_in_package_is_offered_once(offering):
    offering("other", "mine", "mine")

    assert packages("things", "mine") == ("mine", "other")


def test_files_come_sorted_and_carry_their_package(folder):
    folder("planted_a", b='id = "b"', a='id = "a"')

    tables = tables_in("planted_a")

    assert [table.file for table in tables] == ["planted_a/a.toml", "planted_a/b.toml"]


def test_a_package_without_files_is_named(folder):
    folder("planted_empty")

    with pytest.raises(DataProblem, match=r"planted_empty: offers no \*\.toml file"):
        tables_in("planted_empty")


def test_a_package_that_is_not_there_is_named():
    with pytest.raises(DataProblem, match="planted_nowhere: no such package"):
        tables_in("planted_nowhere")


def test_other_packages_are_read_beside_the_built_in_one(folder, offering):
    folder("planted_a", a='id = "a"\nversion = "1"')
    folder("planted_b", b='id = "b"\nversion = "1"')
    offering("planted_b")

    assert set(load_all("things", "planted_a", build)) == {("a", "1"), ("b", "1")}


def test_the_same_id_and_version_from_two_packages_is_an_error(folder, offering):
    folder("planted_a", a='id = "a"\nversion = "1"')
    folder("planted_b", b='id = "a"\nversion = "1"')
    offering("planted_b")

    with pytest.raises(
        DataProblem,
        match=r"planted_b/b\.toml: id: a 1 is already offered by planted_a/a\.toml",
    ):
        load_all("things", "planted_a", build)


def test_the_code_of_an_unpacked_package_does_not_run(folder, offering, tmp_path):
    folder(
        "planted_loud", code="raise RuntimeError('ran')", a='id = "a"\nversion = "1"'
    )
    folder("planted_a", b='id = "b"\nversion = "1"')
    offering("planted_loud", dist=SimpleNamespace(locate_file=tmp_path.joinpath))

    assert ("a", "1") in load_all("things", "planted_a", build)
    assert "planted_loud" not in sys.modules


def test_a_package_that_lies_elsewhere_is_imported(folder, offering, tmp_path):
    folder("planted_a", a='id = "a"\nversion = "1"')
    elsewhere = SimpleNamespace(locate_file=(tmp_path / "elsewhere").joinpath)
    offering("planted_a", dist=elsewhere)

    assert len(load_all("things", "planted_a", build)) == 1


def test_the_newest_version_is_by_number_not_by_letter():
    things = [Thing("a", "2026.9"), Thing("a", "2026.10"), Thing("b", "1")]

    found = newest({(thing.id, thing.version): thing for thing in things})

    assert {key: thing.version for key, thing in found.items()} == {
        "a": "2026.10",
        "b": "1",
    }


@pytest.mark.parametrize(
    "version", ["", "1.", "a", "1.a", "-1", "1.٣", "2026.01", "9" * 21]
)
def test_a_version_is_numbers_with_points(version):
    with pytest.raises(ValueError, match="version must be numbers"):
        version_order(version)
