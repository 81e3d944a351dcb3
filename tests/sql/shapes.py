"""What a database consists of, told so that two databases can be compared.

Left out is what bears no meaning: the order of columns, for SQLite moves one that is
changed to the end, and names that PostgreSQL made of a column's name, for they stay when
the column is renamed.
"""

from collections.abc import Iterator

from django.db import connection

_POSTGRES = {
    "columns": "SELECT table_name, column_name, data_type, udt_name, is_nullable,"
    " character_maximum_length, column_default, is_identity, identity_generation"
    " FROM information_schema.columns WHERE table_schema = 'public'",
    "constraints": "SELECT conrelid::regclass::text, pg_get_constraintdef(oid),"
    " CASE WHEN contype = 'c' AND conname LIKE '%_check' THEN '' ELSE conname END"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
    " AND contype <> 'n'",  # which column may be empty is told with the columns
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes"
    " WHERE schemaname = 'public'",
    "triggers": "SELECT tgrelid::regclass::text, pg_get_triggerdef(oid)"
    " FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT proname, prosrc FROM pg_proc"
    " WHERE pronamespace = 'public'::regnamespace",
    "sequences": "SELECT sequencename, data_type::text, increment_by::int"
    " FROM pg_sequences WHERE schemaname = 'public'",
}
_SQLITE = (
    "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%'"
)


def shape() -> dict[str, list[list]]:
    """Return every table, column, key, check, index, trigger and function there is."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            found = {}
            for kind, statement in _POSTGRES.items():
                cursor.execute(statement)
                found[kind] = cursor.fetchall()
        else:
            cursor.execute(_SQLITE)
            found = _of_sqlite(cursor.fetchall())
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
        done = [list(row) for row in cursor.fetchall()]
    return {"migrations": done} | {
        kind: sorted(([*row] for row in rows), key=str) for kind, rows in found.items()
    }


def _of_sqlite(entries) -> dict[str, list]:
    found: dict[str, list] = {"tables": [], "others": []}
    for kind, name, table, statement in entries:
        if kind == "table":
            body = statement[statement.index("(") + 1 : statement.rindex(")")]
            found["tables"] += [[name, part] for part in _parts(body)]
        else:
            found["others"].append([kind, name, table, statement])
    return found


def _parts(body: str) -> Iterator[str]:
    """Give the columns and constraints of a table one by one."""
    depth, quoted, begin = 0, "", 0
    for place, letter in enumerate(body):
        if quoted:
            quoted = "" if letter == quoted else quoted
        elif letter in "'\"":
            quoted = letter
        elif letter == "," and depth == 0:
            yield body[begin:place].strip()
            begin = place + 1
        else:
            depth += {"(": 1, ")": -1}.get(letter, 0)
    yield body[begin:].strip()
