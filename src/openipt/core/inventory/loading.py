"""Reads the words for people in a life."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TypeVar, cast

from openipt.core.data_files import Table, tables_in

from .model import FARTHEST, SHAPES, Choice, Choices, Ring, Shape, Standing

DATA = "openipt.core.inventory.data"
_C = TypeVar("_C", bound=Choice)


@cache
def load_choices() -> Choices:
    """Return the words; raises `DataProblem` if the file is wrong."""
    (table,) = tables_in(DATA)
    table.text("id")
    table.text("version")
    choices = Choices(
        kinds=_by_key([_choice(row) for row in table.tables("kinds")]),
        contacts=_by_key([_choice(row) for row in table.tables("contacts")]),
        standings=_by_key([_standing(row) for row in table.tables("standings")]),
        rings=tuple(_ring(row) for row in table.tables("rings")),
    )
    table.done()
    if choices.rings[-1].until != FARTHEST:
        raise table.problem("rings", f"the last one reaches to {FARTHEST}")
    return choices


def _choice(row: Table) -> Choice:
    choice = Choice(key=row.text("key"), label=row.text("label"))
    row.done()
    return choice


def _standing(row: Table) -> Standing:
    standing = Standing(
        key=row.text("key"),
        label=row.text("label"),
        shape=cast("Shape", row.choice("shape", SHAPES)),
    )
    row.done()
    return standing


def _ring(row: Table) -> Ring:
    ring = Ring(
        key=row.text("key"),
        label=row.text("label"),
        until=row.number("until", least=1, most=FARTHEST),
    )
    row.done()
    return ring


def _by_key(choices: list[_C]) -> Mapping[str, _C]:
    return MappingProxyType({choice.key: choice for choice in choices})
