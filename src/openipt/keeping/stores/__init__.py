"""The two databases as things that can be copied and brought back."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from django.db import connection

KEPT_APART = ("vault_datakey",)
"""Goes into the keyring, never into the copy of the record."""
LEFT_OUT = ("django_session", "cache")
"""Who was signed in, and counters of attempts: nobody wants these back."""


class Store(Protocol):
    """What a database has to be able to do."""

    FILE: str

    def copy_to(self, place: Path) -> dict[str, int]:
        """Write one consistent copy of the record; return the rows of each table."""

    def is_empty(self) -> bool:
        """Tell whether no record would be lost by bringing one back."""

    def bring_back(self, place: Path) -> None:
        """Put a copy where the record belongs."""

    def take_away(self) -> None:
        """Remove what was brought back, for it turned out to be no good."""

    def change_whole(self, change: Callable[[], None]) -> None:
        """Let a change of the whole record happen, or not at all."""

    def faults(self) -> list[str]:
        """Return what the database finds wrong with itself."""


def store() -> Store:
    """Return the store of this installation."""
    if connection.vendor == "postgresql":
        from .postgres import Postgres

        return Postgres()
    from .sqlite import Sqlite

    return Sqlite()


def count_rows() -> dict[str, int]:
    """Return how many rows each table of the connected database has."""
    tables = connection.introspection.table_names()
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT count(*) FROM {name}")  # noqa: S608 -- a quoted name of our own tables
            found[table] = cursor.fetchone()[0]
    return found
