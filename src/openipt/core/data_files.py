"""Reads data files strictly: every mistake is named by file, key and reason.

A package that offers data names a package with `*.toml` files under an entry point
(`openipt.measures`, `openipt.protocols`). Its files are read, its code is not run where
the installation allows. The built-in files come through the same door, once.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from openipt.core.data_table import Table
from openipt.core.errors import DataProblem

__all__ = [
    "Table",
    "Versioned",
    "load_all",
    "newest",
    "packages",
    "parse",
    "read_file",
    "tables_in",
    "version_order",
]


LONGEST_VERSION = 20
"""What is kept of a version with everything that follows it."""

_PART = re.compile(r"0|[1-9][0-9]*")


class Versioned(Protocol):
    """What a data file describes: it has an id and a version."""

    @property
    def id(self) -> str:
        """The id, the same in every version."""

    @property
    def version(self) -> str:
        """Whole numbers with points between, such as `2026.1`."""


_V = TypeVar("_V", bound=Versioned)


def parse(file: str, content: bytes) -> Table:
    """Return the top table of a TOML file; `file` is its name in messages.

    The mark that some editors put before the first letter is no mistake.
    """
    try:
        return Table(file, tomllib.loads(content.decode("utf-8-sig")))
    except UnicodeDecodeError as reason:
        raise DataProblem(
            f"{file}: is not UTF-8: {reason.reason} at byte {reason.start}"
        ) from reason
    except tomllib.TOMLDecodeError as reason:
        raise DataProblem(f"{file}: is not TOML: {reason}") from reason
    except RecursionError:
        raise DataProblem(f"{file}: is not TOML: lists too deep in lists") from None


def read_file(path: Path) -> Table:
    """Return the top table of a TOML file somewhere on the disk."""
    try:
        return parse(path.name, path.read_bytes())
    except OSError as reason:
        raise DataProblem(f"{path.name}: cannot be read: {reason.strerror}") from reason


def packages(group: str, built_in: str) -> tuple[str, ...]:
    """Return the names of the packages that offer data, the built-in one first.

    `group` is the entry point group. The built-in package is named once, also where the
    project itself is not installed and has no entry points.
    """
    offered = {entry.value for entry in entry_points(group=group)}
    return (built_in, *sorted(offered - {built_in}))


def tables_in(package: str, group: str = "") -> tuple[Table, ...]:
    """Return the top tables of all `*.toml` files of a package, sorted by name."""
    folder = _folder(package, group)
    found = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".toml")),
        key=lambda entry: entry.name,
    )
    if not found:
        raise DataProblem(f"{package}: offers no *.toml file")
    return tuple(parse(f"{package}/{file.name}", file.read_bytes()) for file in found)


def _folder(package: str, group: str) -> Any:
    """Return the folder of a package; without running its code where it is unpacked."""
    for entry in entry_points(group=group) if group else ():
        folder = _unpacked(entry) if entry.value == package else None
        if folder is not None:
            return folder
    try:
        return files(package)
    except (ImportError, TypeError) as reason:
        raise DataProblem(f"{package}: no such package: {reason}") from reason


def _unpacked(entry: EntryPoint) -> Path | None:
    """Return where the installation put the package, if it lies there as a folder."""
    if entry.dist is None:
        return None
    folder = Path(str(entry.dist.locate_file(entry.value.replace(".", "/"))))
    return folder if folder.is_dir() else None


def version_order(version: str) -> tuple[int, ...]:
    """Return what to sort versions by: 2026.10 comes after 2026.9.

    Raises `ValueError` if it is not whole numbers with points between, each without
    zeros before it: two ways to write one version would be two versions.
    """
    parts = version.split(".")
    if len(version) > LONGEST_VERSION or not all(map(_PART.fullmatch, parts)):
        raise ValueError(
            "version must be numbers with points between, such as 2026.1, "
            f"not {version[:30]!r}"
        )
    return tuple(int(part) for part in parts)


def load_all(
    group: str, built_in: str, build: Callable[[Table], _V]
) -> Mapping[tuple[str, str], _V]:
    """Return everything that is offered under a group, by (id, version).

    Raises `DataProblem` if two files offer the same id and version.
    """
    loaded: dict[tuple[str, str], _V] = {}
    origin: dict[tuple[str, str], str] = {}
    for package in packages(group, built_in):
        for table in tables_in(package, group):
            thing = build(table)
            key = (thing.id, thing.version)
            if key in loaded:
                raise table.problem(
                    "id",
                    f"{thing.id} {thing.version} is already offered by {origin[key]}",
                )
            loaded[key] = thing
            origin[key] = table.file
    return MappingProxyType(loaded)


def newest(things: Mapping[tuple[str, str], _V]) -> Mapping[str, _V]:
    """Return the newest version of each id, sorted by id."""
    by_id: dict[str, _V] = {}
    for (key, version), thing in sorted(things.items()):
        best = by_id.get(key)
        if best is None or version_order(best.version) < version_order(version):
            by_id[key] = thing
    return MappingProxyType(by_id)
