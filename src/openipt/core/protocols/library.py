"""What variants share, written once: sources, tasks, problem areas and techniques.

A variant names tasks, areas and techniques by key. What its own file defines under the
same key wins, and may start from the library's (`based_on`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from openipt.core.data_files import Table, tables_in

from .areas import ProblemArea
from .parts import PhaseTask, Source, Technique
from .reading import (
    read_detail,
    read_point,
    read_question,
    read_source,
    read_task,
    read_technique,
)

DATA = "openipt.core.protocols.data_library"


class Keyed(Protocol):
    """Something that is named by a key."""

    @property
    def key(self) -> str:
        """The key."""


_K = TypeVar("_K", bound=Keyed)


@dataclass(frozen=True, kw_only=True, slots=True)
class Library:
    """Everything by key; `within` adds what one file defines for itself."""

    sources: Mapping[str, Source]
    tasks: Mapping[str, PhaseTask]
    areas: Mapping[str, ProblemArea]
    techniques: Mapping[str, Technique]

    def within(self, table: Table) -> "Library":
        """Return this library with what a file adds or redefines."""
        return Library(
            sources=_added(self.sources, table, "sources", read_source),
            tasks=_added(self.tasks, table, "tasks", read_task),
            areas=_added(self.areas, table, "areas", self._area),
            techniques=_added(self.techniques, table, "techniques_of_its_own", read_technique),
        )  # fmt: skip

    def _area(self, row: Table) -> ProblemArea:
        base = row.text_or_empty("based_on")
        if not base:
            return _whole_area(row)
        if base not in self.areas:
            raise row.problem("based_on", f"there is no area {base!r}")
        return _changed_area(row, self.areas[base])


@cache
def load_library() -> Library:
    """Return the built-in library; raises `DataProblem` if a file of it is wrong."""
    library = Library(
        sources=MappingProxyType({}),
        tasks=MappingProxyType({}),
        areas=MappingProxyType({}),
        techniques=MappingProxyType({}),
    )
    for table in tables_in(DATA):
        techniques = table.tables_or_none("techniques")
        library = library.within(table)
        if techniques:
            library = replace(
                library, techniques=_by_key(techniques, "techniques", read_technique)
            )
        table.done()
    return library


def _added(
    known: Mapping[str, _K], table: Table, key: str, read: Callable[[Table], _K]
) -> Mapping[str, _K]:
    return MappingProxyType({**known, **_by_key(table.tables_or_none(key), key, read)})


def _by_key(
    rows: tuple[Table, ...], name: str, read: Callable[[Table], _K]
) -> Mapping[str, _K]:
    found: dict[str, _K] = {}
    for row in rows:
        thing = read(row)
        if thing.key in found:
            raise row.problem("key", f"{name}: {thing.key!r} is there twice")
        found[thing.key] = thing
    return MappingProxyType(found)


def _whole_area(row: Table) -> ProblemArea:
    values: dict[str, Any] = {
        "key": row.text("key"),
        "name": row.text("name"),
        "plain": row.text("plain"),
        "choose_when": row.text("choose_when"),
        "source": row.text("source"),
        "verified": row.flag("verified"),
        "death": row.flag_or_false("death"),
        "last_resort": row.flag_or_false("last_resort"),
        "only_named": row.flag_or_false("only_named"),
        **_lists(row),
    }
    row.done()
    with row.checking():
        return ProblemArea(**values)


def _changed_area(row: Table, base: ProblemArea) -> ProblemArea:
    """Return an area that differs from another one in what the row says."""
    values: dict[str, Any] = {"key": row.text("key"), **_lists(row)}
    for name in ("name", "plain", "choose_when", "source"):
        if name in row:
            values[name] = row.text(name)
    for name in ("verified", "death", "last_resort", "only_named"):
        if name in row:
            values[name] = row.flag(name)
    row.done()
    with row.checking():
        return replace(base, **values)


def _lists(row: Table) -> dict[str, tuple[Any, ...]]:
    readers: dict[str, Callable[[Table], Any]] = {
        "questions": read_question,
        "goals": read_point,
        "strategies": read_point,
        "stages": read_point,
        "details": read_detail,
    }
    return {
        name: tuple(read(inner) for inner in row.tables(name))
        for name, read in readers.items()
        if name in row
    }
