"""Rows on their way to the database, gathered by table and written in few statements."""

from collections.abc import Iterator
from typing import TypeVar

from django.db.models import Model

Row = TypeVar("Row", bound=Model)


class Rows:
    """What one transaction writes; tables keep the order in which they were first met."""

    def __init__(self) -> None:
        self._by_table: dict[type[Model], list[Model]] = {}

    def add(self, row: Row) -> Row:
        """Take a row, and give it back for others to refer to."""
        self._by_table.setdefault(type(row), []).append(row)
        return row

    def __iter__(self) -> Iterator[Model]:
        return (row for rows in self._by_table.values() for row in rows)

    def write(self) -> None:
        """Write everything; what is to be sealed is sealed on the way."""
        for table, rows in self._by_table.items():
            table._default_manager.bulk_create(rows)
