"""The words for how a course went and what comes next, and what trials say about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, get_args

from openipt.core.data_files import Table, tables_in
from openipt.core.protocols import Source, load_library

DATA = "openipt.core.afterwards.data"

Went = Literal["helped", "partly", "not"]
WENT: tuple[Went, ...] = get_args(Went)


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A next step; `why` is a sentence from `source` where one stands behind it."""

    key: str
    label: str
    why: str = ""
    source: Source | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """What a trial found about the time after, in one sentence."""

    key: str
    text: str
    source: Source


@cache
def load_next_steps() -> Mapping[str, Choice]:
    """Return the next steps by key; raises `DataProblem` if the file is wrong."""
    return _loaded()[1]


@cache
def load_facts() -> tuple[Fact, ...]:
    """Return what is known about maintenance; raises `DataProblem` if the file is wrong."""
    return _loaded()[0]


@cache
def _loaded() -> tuple[tuple[Fact, ...], Mapping[str, Choice]]:
    (table,) = tables_in(DATA)
    table.text("id")
    table.text("version")
    facts = tuple(_fact(row) for row in table.tables("facts"))
    steps = [_step(row) for row in table.tables("next_steps")]
    table.done()
    return facts, MappingProxyType({step.key: step for step in steps})


def _fact(row: Table) -> Fact:
    fact = Fact(
        key=row.text("key"),
        text=row.text("text"),
        source=_source(row, row.text("source")),
    )
    row.done()
    return fact


def _step(row: Table) -> Choice:
    named = row.text_or_empty("source")
    step = Choice(
        key=row.text("key"),
        label=row.text("label"),
        why=row.text_or_empty("why"),
        source=_source(row, named) if named else None,
    )
    if step.why and step.source is None:
        raise row.problem("why", "a statement has a source")
    row.done()
    return step


def _source(row: Table, key: str) -> Source:
    """Return a source that vouches for what it is named for."""
    found = load_library().sources.get(key)
    if found is None:
        raise row.problem("source", f"there is no source {key!r} in the library")
    if not found.vouches:
        raise row.problem("source", f"{key!r} vouches for nothing")
    return found
