"""Reads the scales."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import cast

from openipt.core.data_files import Table, tables_in

from .model import ABOUTS, About, Part, Scale

DATA = "openipt.core.scales.data"


@cache
def load_scales() -> Mapping[str, Scale]:
    """Return the scales by id; raises `DataProblem` if a file is wrong."""
    scales = [_scale(table) for table in tables_in(DATA)]
    return MappingProxyType({scale.id: scale for scale in scales})


def _scale(table: Table) -> Scale:
    with table.checking():
        scale = Scale(
            id=table.text("id"),
            version=table.text("version"),
            name=table.text("name"),
            summary=table.text("summary"),
            items=table.number("items", least=1, most=100),
            lowest=table.number("lowest"),
            highest=table.number("highest"),
            about=cast("About", table.choice("about", ABOUTS)),
            source=table.text("source"),
            parts=tuple(_part(row) for row in table.tables("parts")),
        )
    table.done()
    return scale


def _part(row: Table) -> Part:
    part = Part(
        key=row.text("key"),
        label=row.text("label"),
        items=row.numbers("items"),
        reversed=row.numbers("reversed") if "reversed" in row else (),
    )
    row.done()
    return part
