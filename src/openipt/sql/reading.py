"""How rows become values where a list has many: what Django does, in fewer steps.

Django reads an id and an instant of SQLite by a function that thinks anew for each of
them what the database and the settings are. A list of two hundred courses holds three
thousand. PostgreSQL gives them ready.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from json import JSONDecodeError, JSONDecoder, loads
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import JSONField, QuerySet

Readers = Mapping[int, tuple[Sequence[Callable[..., Any]], Any]]
"""For a place in the row: what is done with its value in turn, and for which column."""

_Quick = Mapping[str, Callable[[Any], Any]]
_MANY = 8
"""From so many rows on, a column is read as one: below, that costs more than it spares."""


def rows_of(query: QuerySet[Any, Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a query by `values_list`, for one that names its rows each time.

    A query that is asked again with other values is better `Prepared`.
    """
    compiler = query.query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchall()
    columns = [selected[0] for selected in compiler.select]
    return read(found, compiler.get_converters(columns))


def readers_of(steps: Readers) -> Readers:
    """Return the same readers with a quicker one for plain JSON."""
    return {
        place: ([_from_json if _is_plain_json(step) else step for step in each], column)
        for place, (each, column) in steps.items()
    }


def _is_plain_json(step: Callable[..., Any]) -> bool:
    field = getattr(step, "__self__", None)
    return type(field) is JSONField and field.decoder is None


_decode = JSONDecoder().decode


def _from_json(value: Any, _column: Any, _connection: Any) -> Any:
    """Return what JSON says, as the field would; most of the lists are empty."""
    if value == "[]":
        return []
    if value is None:
        return None
    try:
        return _decode(value) if isinstance(value, str) else loads(value)
    except JSONDecodeError:
        return value


def read(rows: Sequence[Sequence[Any]], readers: Readers) -> list[tuple[Any, ...]]:
    """Return the rows with each column read as its field wants it."""
    if not rows or not readers:
        return [tuple(row) for row in rows]
    quick = _quick_steps()
    if len(rows) < _MANY:
        return [_row(row, readers, quick) for row in rows]
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
    for place, (steps, expression) in readers.items():
        for step in steps:
            columns[place] = _column(columns[place], step, expression, quick)
    return list(zip(*columns, strict=True))


def _row(row: Sequence[Any], readers: Readers, quick: _Quick) -> tuple[Any, ...]:
    values = list(row)
    for place, (steps, expression) in readers.items():
        for step in steps:
            ours, value = quick.get(getattr(step, "__name__", "")), values[place]
            if ours is None:
                values[place] = step(value, expression, connection)
            elif value is not None:
                values[place] = ours(value)
    return tuple(values)


def _column(
    values: Sequence[Any], step: Callable[..., Any], expression: Any, quick: _Quick
) -> Sequence[Any]:
    ours = quick.get(getattr(step, "__name__", ""))
    if ours is not None:
        return [None if one is None else ours(one) for one in values]
    return [step(one, expression, connection) for one in values]


def _quick_steps() -> _Quick:
    """Return what does the same as a step of Django's, to a value that is there.

    By name: to import SQLite's own for comparison would load it beside PostgreSQL's.
    """
    quick: dict[str, Callable[[Any], Any]] = {"convert_uuidfield_value": _id}
    if _is_in_utc():
        quick["convert_datetimefield_value"] = _instant
    return quick


@lru_cache(maxsize=8192)
def _id(value: str) -> UUID:
    """Return an id; remembered, for a list is opened again and again, and only says who."""
    return UUID(int=int(value, 16))


def _is_in_utc() -> bool:
    return bool(settings.USE_TZ) and connection.timezone is UTC


def _instant(value: datetime | str) -> datetime:
    """Return an instant in UTC, in which SQLite keeps all of them without saying so.

    Not by `replace`, which takes five times as long.
    """
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return at if at.tzinfo else datetime.combine(at.date(), at.time(), UTC)
