"""Builds readings from their data files."""

from collections.abc import Collection, Mapping
from functools import cache
from types import MappingProxyType
from typing import cast

from openipt.core.data_files import Table, tables_in
from openipt.core.protocols import Source, load_library, load_variants
from openipt.core.protocols.model import FAMILIES, STAGES

from .model import (
    GROUPS,
    KINDS_OF_PHASE,
    OWN_DATA,
    PAGES,
    OfferRule,
    OwnData,
    Page,
    Part,
    Reading,
    TryThis,
)

DATA = "openipt.core.readings.data"


@cache
def load_readings() -> Mapping[str, Reading]:
    """Return every reading by id, in their order.

    Raises `DataProblem` if a data file is wrong.
    """
    found: dict[str, Reading] = {}
    orders: dict[int, str] = {}
    for table in tables_in(DATA):
        reading = build_reading(table)
        if reading.id in found:
            raise table.problem("id", f"{reading.id} is there twice")
        if reading.order in orders:
            raise table.problem("order", f"is that of {orders[reading.order]} too")
        found[reading.id], orders[reading.order] = reading, reading.id
    ordered = sorted(found.values(), key=lambda one: one.order)
    return MappingProxyType({one.id: one for one in ordered})


def build_reading(table: Table) -> Reading:
    """Return the reading in a file; names of sources, areas and variants must be known."""
    values = {
        "id": table.text("id"),
        "version": table.text("version"),
        "order": table.number("order", least=1),
        "group": table.choice("group", GROUPS),
        "title": table.text("title"),
        "summary": table.text("summary"),
        "parts": tuple(_part(row) for row in table.tables("sections")),
        "sources": tuple(_source(table, key) for key in table.texts_or_none("sources")),
        "offered": tuple(_rule(row) for row in table.tables_or_none("offered")),
        "own_data": cast("OwnData", table.choice("own_data", OWN_DATA)),
        "try_this": _try_this(table.table_or_none("try_this")),
    }
    table.done()
    with table.checking():
        return Reading(**values)  # type: ignore[arg-type]  # read key by key above


def _part(row: Table) -> Part:
    part = Part(
        heading=row.text("heading"),
        paragraphs=row.texts("paragraphs"),
        points=row.texts_or_none("points"),
        example=row.text_or_empty("example"),
    )
    row.done()
    return part


def _try_this(row: Table | None) -> TryThis | None:
    if row is None:
        return None
    found = TryThis(
        text=row.text("text"),
        page=cast("Page", row.choice("page", PAGES)),
        label=row.text("label"),
    )
    row.done()
    return found


def _source(table: Table, key: str) -> Source:
    sources = load_library().sources
    if key not in sources:
        raise table.problem("sources", f"there is no source {key!r}")
    return sources[key]


def _rule(row: Table) -> OfferRule:
    variants = load_variants().values()
    phases = {phase.key for variant in variants for phase in variant.phases}
    values = {
        "because": row.text("because"),
        "phases": _known(row, "phases", phases | set(KINDS_OF_PHASE)),
        "areas": _known(row, "areas", load_library().areas.keys()),
        "variants": _known(row, "variants", {variant.id for variant in variants}),
        "families": _known(row, "families", FAMILIES),
        "stages": _known(row, "stages", STAGES),
    }
    row.done()
    with row.checking():
        return OfferRule(**values)  # type: ignore[arg-type]  # read key by key above


def _known(row: Table, key: str, known: Collection[str]) -> tuple[str, ...]:
    for value in row.texts_or_none(key):
        if value not in known:
            offered = ", ".join(sorted(known))
            raise row.problem(key, f"{value!r} is none of {offered}")
    return row.texts_or_none(key)
