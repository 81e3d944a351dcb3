"""A query that is worked out once, then asked again and again with other values.

Django works out the SQL of a query anew each time, which takes far longer than the
database needs for a small one. What stands on every page is asked like this. It is written
as any query is; only what it is asked with is left open.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from .reading import Readers, read

_MARKS = 8
_UUIDS = [UUID(int=0xFEDCBA9876543210 << 64 | place) for place in range(_MARKS)]
_INSTANTS = [
    datetime(1900, 1, 1, tzinfo=UTC) + timedelta(microseconds=place + 1)
    for place in range(_MARKS)
]
_TEXTS = [f"\N{REPLACEMENT CHARACTER}{place}" for place in range(_MARKS)]
_Value = UUID | datetime | str


@dataclass(frozen=True, slots=True)
class _Open:
    """The place of a value that is given when the query is asked."""

    name: str


@dataclass(frozen=True, slots=True)
class _Worked:
    """What a database makes of a query: its SQL, its parameters, how to read a row."""

    sql: str
    params: tuple[Any, ...]
    readers: Readers


class Prepared:
    """A query of plain values, with some left open.

    `make` gets a stand-in for each open value by its name and returns a query by
    `values_list`. An open value is a UUID, an instant or a text, and stands in the query as it
    was given: what is worked out from it in Python would be worked out only once.
    """

    def __init__(
        self, make: Callable[..., QuerySet[Any, Any]], **kinds: type[_Value]
    ) -> None:
        self._make, self._kinds = make, kinds
        self._worked = lru_cache(maxsize=4)(self._work_out)

    def rows(self, **values: _Value) -> list[tuple[Any, ...]]:
        """Return the rows for these values.

        :raises TypeError: if a value is missing, too many or of another kind
        """
        if values.keys() != self._kinds.keys():
            raise TypeError(f"asked with {sorted(values)}, not {sorted(self._kinds)}")
        for name, kind in self._kinds.items():
            if not isinstance(values[name], kind):
                raise TypeError(f"{name} is no {kind.__name__}")
        worked = self._worked(connection.vendor)
        given = {name: _as_parameter(value) for name, value in values.items()}
        params = [given[p.name] if isinstance(p, _Open) else p for p in worked.params]
        with connection.cursor() as cursor:
            cursor.execute(worked.sql, params)
            found = cursor.fetchall()
        return read(found, worked.readers) if worked.readers else found

    def _work_out(self, _vendor: str) -> _Worked:
        stand_ins = {
            name: _STAND_INS[kind][place]
            for place, (name, kind) in enumerate(self._kinds.items())
        }
        compiler = self._make(**stand_ins).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        opened = {_as_parameter(value): name for name, value in stand_ins.items()}
        marked = tuple(_Open(opened[p]) if p in opened else p for p in params)
        used = {p.name for p in marked if isinstance(p, _Open)}
        if used != self._kinds.keys():
            raise TypeError(f"the query leaves {sorted(self._kinds.keys() - used)} out")
        columns = [selected[0] for selected in compiler.select]
        return _Worked(sql, marked, compiler.get_converters(columns))


_STAND_INS: dict[type[_Value], list[Any]] = {
    UUID: list(_UUIDS),
    datetime: list(_INSTANTS),
    str: list(_TEXTS),
}


def _as_parameter(value: _Value) -> Any:
    """Return a value as the database takes it."""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value if connection.features.has_native_uuid_field else value.hex
