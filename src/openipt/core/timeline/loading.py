"""Reads the kinds of events."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import cast

from openipt.core.data_files import Table, tables_in

from .model import SHAPES, Kind, KindShape

DATA = "openipt.core.timeline.data"


@cache
def load_kinds() -> Mapping[str, Kind]:
    """Return the kinds by key, in the order of the page; raises `DataProblem`."""
    (table,) = tables_in(DATA)
    table.text("id")
    table.text("version")
    return kinds_in(table)


def kinds_in(table: Table) -> Mapping[str, Kind]:
    """Return the kinds of a file, each with a shape of its own."""
    kinds: dict[str, Kind] = {}
    for row in table.tables("kinds"):
        kind = Kind(
            key=row.text("key"),
            label=row.text("label"),
            shape=cast("KindShape", row.choice("shape", SHAPES)),
        )
        row.done()
        if kind.key in kinds:
            raise row.problem("key", f"{kind.key} is there already")
        if kind.shape in {other.shape for other in kinds.values()}:
            raise row.problem("shape", f"{kind.shape} already tells another kind")
        kinds[kind.key] = kind
    table.done()
    return MappingProxyType(kinds)
