"""Reads the sentences that a formulation is drafted from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from openipt.core.data_files import Table, tables_in

DATA = "openipt.core.formulation.data"
OTHER = "other"
"""The sentence of an area that has none of its own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DetailSentence:
    """What is said of a detail; where `value` is given, only of that one answer."""

    key: str
    text: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaSentence:
    """What is said of a problem area; `plain` where nobody named whom it is about."""

    text: str
    plain: str
    details: tuple[DetailSentence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentences:
    """The sentences by key, in the order of the paragraph."""

    parts: Mapping[str, str]
    areas: Mapping[str, AreaSentence]

    def area(self, key: str) -> AreaSentence:
        """Return the sentence of an area, or the one that fits every other."""
        return self.areas.get(key, self.areas[OTHER])


@cache
def load_sentences() -> Sentences:
    """Return the sentences; raises `DataProblem` if the file is wrong."""
    (table,) = tables_in(DATA)
    table.text("id")
    table.text("version")
    parts = dict(_part(row) for row in table.tables("parts"))
    areas = dict(_area(row) for row in table.tables("areas"))
    table.done()
    if OTHER not in areas:
        raise table.problem("areas", f"there is no {OTHER!r}")
    return Sentences(parts=MappingProxyType(parts), areas=MappingProxyType(areas))


def _part(row: Table) -> tuple[str, str]:
    part = row.text("key"), row.text("text")
    row.done()
    return part


def _area(row: Table) -> tuple[str, AreaSentence]:
    key = row.text("key")
    area = AreaSentence(
        text=row.text("text"),
        plain=row.text_or_empty("plain"),
        details=tuple(map(_detail, row.tables_or_none("details"))),
    )
    row.done()
    return key, area


def _detail(row: Table) -> DetailSentence:
    detail = DetailSentence(
        key=row.text("key"), text=row.text("text"), value=row.text_or_empty("value")
    )
    row.done()
    return detail
