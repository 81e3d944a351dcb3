"""Grounds on which an erasure may be refused, from their data file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from openipt.core.data_files import tables_in

DATA = "openipt.core.exchange.data"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """One ground, in words, and the article of the law that it comes from."""

    key: str
    label: str
    article: str


@cache
def load_grounds() -> Mapping[str, Ground]:
    """Return the grounds by key, in the order in which they are offered.

    Raises `DataProblem` if the data file is not as it should be.
    """
    (table,) = tables_in(DATA)
    table.text("id")
    table.text("version")
    found: dict[str, Ground] = {}
    for row in table.tables("grounds"):
        ground = Ground(
            key=row.text("key"), label=row.text("label"), article=row.text("article")
        )
        row.done()
        found[ground.key] = ground
    table.done()
    return MappingProxyType(found)
