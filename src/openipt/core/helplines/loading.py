"""Reads the suggestions and the retired numbers, strictly and once."""

from functools import cache

from openipt.core.data_files import Table, tables_in

from .model import Retired, Suggestion
from .numbers import digits_of

_DATA = "openipt.core.helplines.data"


def suggestions(country: str) -> tuple[Suggestion, ...]:
    """Return what may be suggested for a country, in the order of the file."""
    return tuple(line for line in _all()[0] if line.country == country)


def retired_numbers() -> tuple[Retired, ...]:
    """Return every number that may be written nowhere else."""
    return _all()[1]


def retired_number(number: str, country: str) -> Retired | None:
    """Return the entry of a number that no longer is the right one in a country."""
    written = digits_of(number)
    for old in retired_numbers():
        if old.country == country and digits_of(old.number) == written:
            return old
    return None


@cache
def _all() -> tuple[tuple[Suggestion, ...], tuple[Retired, ...]]:
    (table,) = tables_in(_DATA)
    return read(table)


def read(table: Table) -> tuple[tuple[Suggestion, ...], tuple[Retired, ...]]:
    """Return what a file holds; raises `DataProblem` that names file, key and reason."""
    table.text("version")
    old = tuple(_retired(row) for row in table.tables("retired"))
    lines = tuple(_suggestion(row, old) for row in table.tables("lines"))
    table.done()
    return lines, old


def _suggestion(row: Table, old: tuple[Retired, ...]) -> Suggestion:
    with row.checking():
        line = Suggestion(
            country=row.text("country"),
            name=row.text("name"),
            number=row.text("number"),
            hours=row.text_or_empty("hours"),
            note=row.text_or_empty("note"),
            source=row.text("source"),
        )
    if digits_of(line.number) in {digits_of(entry.number) for entry in old}:
        raise row.problem("number", f"{line.number} is listed as retired")
    row.done()
    return line


def _retired(row: Table) -> Retired:
    with row.checking():
        entry = Retired(
            country=row.text("country"),
            number=row.text("number"),
            instead=row.text("instead"),
            source=row.text("source"),
        )
    row.done()
    return entry
