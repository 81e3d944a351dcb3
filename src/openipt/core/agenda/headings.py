"""Headings for the note of a session, by phase; nothing makes anybody keep to them."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from openipt.core.data_files import Table, tables_in
from openipt.core.protocols import Phase, Variant

DATA = "openipt.core.agenda.data"
FIRST, BETWEEN, LAST, MAINTENANCE = "first", "between", "last", "maintenance"
WHENS = (FIRST, BETWEEN, LAST, MAINTENANCE)


@cache
def load_headings() -> Mapping[str, tuple[str, ...]]:
    """Return the headings by stretch of the course; raises `DataProblem` if they are wrong."""
    (table,) = tables_in(DATA)
    table.text("id")
    table.text("version")
    found: dict[str, tuple[str, ...]] = {}
    for row in table.tables("notes"):
        when = row.choice("when", WHENS)
        found[when] = tuple(_label(inner) for inner in row.tables("headings"))
        row.done()
    table.done()
    return MappingProxyType(found)


def headings_for(variant: Variant, phase: Phase) -> tuple[str, ...]:
    """Return the headings of a note in this phase, in English."""
    headings = load_headings()
    if variant.stage == "maintenance":
        return headings[MAINTENANCE]
    if phase == variant.phases[0]:
        return headings[FIRST]
    return headings[LAST if phase == variant.phases[-1] else BETWEEN]


def _label(row: Table) -> str:
    label = row.text("label")
    row.done()
    return label
