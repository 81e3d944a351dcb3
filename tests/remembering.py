"""Makes something in the record once, and brings its rows back as often as it is asked for.

Most tests begin with the same people. To make them takes a hundred statements and as many
sealed texts; to bring back what was made the first time takes one statement a table.
"""

import functools
import pickle
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

INSERT = re.compile(r'^\s*INSERT(?:\s+OR\s+\w+)?\s+INTO\s+"?(\w+)"?', re.IGNORECASE)


@dataclass(frozen=True)
class Memory:
    """What a maker returned and the rows it left, table by table in their order."""

    returned: bytes
    rows: dict[str, Any]


def remembered(make: Callable[[], Any]) -> Callable[[], Any]:
    """Let a maker run once in this process; later calls bring back what it left.

    It must begin with empty tables and ask no clock: what comes back is the same, to
    the id and the sealed byte. Inside another maker call it by `__wrapped__`: rows that
    are brought back are not watched.
    """
    memory: Memory | None = None

    @functools.wraps(make)
    def again():
        nonlocal memory
        if memory is None:
            made, tables = _watched(make)
            memory = Memory(pickle.dumps(made), {t: _rows_of(t) for t in tables})
            return made
        with transaction.atomic():
            for table, rows in memory.rows.items():
                _bring_back(table, rows)
        return pickle.loads(memory.returned)

    return again


def _watched(make):
    """Call a maker; return what it returns and which tables it wrote, in their order."""
    tables: dict[str, None] = {}

    def look(execute, sql, params, many, context):
        if found := INSERT.match(sql):
            tables.setdefault(found.group(1))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        return make(), list(tables)


def _rows_of(table):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(_copy(table, "TO STDOUT")) as out:  # fmt: skip
            return b"".join(out)
    with connection.cursor() as cursor:
        columns = [
            column.name
            for column in connection.introspection.get_table_description(cursor, table)
        ]
        # A sum has no declared type, so the value comes as it is kept, not translated.
        wanted = ", ".join(f'+"{name}"' for name in columns)
        cursor.execute(f'SELECT {wanted} FROM "{table}"')
        return columns, cursor.fetchall()


def _bring_back(table, rows):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(_copy(table, "FROM STDIN")) as into:  # fmt: skip
            into.write(rows)
        return
    columns, values = rows
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)


def _copy(table, way):
    return f'COPY "{table}" {way} (FORMAT BINARY)'
