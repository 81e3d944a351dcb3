"""A query that is worked out once, then asked again and again with other values.

Django works out the SQL of a query anew each time, which takes far longer than the
database needs for a small one. What stands on every page is asked like this. It is written
as any query is; only what it is asked with is left open.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple, Self
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.transaction import TransactionManagementError

from .reading import Readers, read, readers_of

_MARKS = 8
_UUIDS = [UUID(int=0xFEDCBA9876543210 << 64 | place) for place in range(_MARKS)]
_INSTANTS = [
    datetime(1900, 1, 1, tzinfo=UTC) + timedelta(microseconds=place + 1)
    for place in range(_MARKS)
]
_MARK = re.compile("%%|%s")
"""A place in SQL, or a sign of per cent, whose second half is none."""
_TEXTS = [f"\N{REPLACEMENT CHARACTER}{place}" for place in range(_MARKS)]
_Value = UUID | datetime | str


class Many(tuple[UUID, ...]):
    """Some ids that a query leaves open, for `…__in=`: as many as it is asked with."""

    __slots__ = ()

    def __new__(cls, ids: Iterable[UUID] = ()) -> Self:
        """Take each id once."""
        return super().__new__(cls, dict.fromkeys(ids))


_Kind = type[_Value] | type[Many]


@dataclass(frozen=True, slots=True)
class _Open:
    """The place of a value that is given when the query is asked."""

    name: str


class _Ids(NamedTuple):
    """Where many ids stand: their name, place among the parameters, SQL on both sides."""

    name: str
    place: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Worked:
    """What a database makes of a query: its SQL, its parameters, how to read a row."""

    sql: str
    params: tuple[Any, ...]
    ids: _Ids | None
    readers: Readers
    model: type[Model]
    build: Callable[[tuple[Any, ...]], Model] | None
    """Makes an instance of a row; None for a query of plain values."""
    locks: bool

    def filled(
        self, values: dict[str, _Value | Many], connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        """Return SQL and parameters with these values in their places."""
        given: dict[str, Any] = {
            name: _as_parameter(value, connection)
            for name, value in values.items()
            if not isinstance(value, Many)
        }
        params = [given.get(p.name) if isinstance(p, _Open) else p for p in self.params]
        if self.ids is None:
            return self.sql, params
        wanted: Any = values[self.ids.name]
        params[self.ids.place : self.ids.place + 1] = [
            _as_parameter(one, connection) for one in wanted
        ]
        marks = ", ".join(["%s"] * len(wanted))
        return f"{self.ids.before}{marks}{self.ids.after}", params


class Prepared:
    """A query with some values left open.

    `make` gets a stand-in for each open value by its name and returns a query: one by
    `values_list` is asked for its `rows`, any other for its `instances`. An open value is a
    UUID, an instant or a text, and stands in the query as it was given: what is worked out
    from it in Python would be worked out only once. One of them may be `Many` ids, for an
    `__in` that all rows have to fit: asked with none of them, there are no rows.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Any]], **kinds: _Kind) -> None:
        self._make, self._kinds = make, kinds
        self._worked = lru_cache(maxsize=4)(self._work_out)

    def rows(self, **values: _Value | Many) -> list[tuple[Any, ...]]:
        """Return the rows for these values.

        :raises TypeError: if a value is missing, too many or of another kind
        """
        return self._ask(values)[0]

    def instances(self, **values: _Value | Many) -> list[Any]:
        """Return the instances for these values, as the query itself would give them.

        :raises TypeError: as `rows`, and if it is a query of plain values
        """
        found, worked = self._ask(values)
        if worked.build is None:
            raise TypeError("a query of plain values has no instances")
        return [worked.build(row) for row in found]

    def one(self, **values: _Value | Many) -> Any:
        """Return the one instance there is for these values, as `get` does.

        :raises: what `get` raises if there is none or more than one; and as `instances`
        """
        found = self.instances(**values)
        if len(found) == 1:
            return found[0]
        model: Any = self._worked(connections[DEFAULT_DB_ALIAS].vendor).model
        if found:
            raise model.MultipleObjectsReturned(f"{len(found)} of {model.__name__}")
        raise model.DoesNotExist(f"no such {model.__name__}")

    def first(self, **values: _Value | Many) -> Any:
        """Return the first instance for these values, None if there is none.

        The query itself says in which order they come, and that it wants no second one.

        :raises TypeError: as `instances`
        """
        return next(iter(self.instances(**values)), None)

    def _ask(
        self, values: dict[str, _Value | Many]
    ) -> tuple[list[tuple[Any, ...]], _Worked]:
        if values.keys() != self._kinds.keys():
            raise TypeError(f"asked with {sorted(values)}, not {sorted(self._kinds)}")
        for name, kind in self._kinds.items():
            if not isinstance(values[name], kind):
                raise TypeError(f"{name} is no {kind.__name__}")
        # Found once: each look through Django's stand-in costs as much as a small step.
        connection = connections[DEFAULT_DB_ALIAS]
        worked = self._worked(connection.vendor)
        if worked.locks and connection.get_autocommit():
            # What Django says while it works a query out, and so would say only once.
            raise TransactionManagementError("A lock outside of a transaction.")
        if worked.ids and not values[worked.ids.name]:
            return [], worked
        sql, params = worked.filled(values, connection)
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            found = cursor.fetchall()
        if worked.readers:
            found = read(found, worked.readers)
        return found, worked

    def _work_out(self, _vendor: str) -> _Worked:
        stand_ins = {
            name: _STAND_INS[kind][place]
            for place, (name, kind) in enumerate(self._kinds.items())
        }
        asked, connection = self._make(**stand_ins), connections[DEFAULT_DB_ALIAS]
        compiler = asked.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        opened = {
            _as_parameter(
                value[0] if isinstance(value, Many) else value, connection
            ): name
            for name, value in stand_ins.items()
        }
        marked = tuple(_Open(opened[p]) if p in opened else p for p in params)
        used = {p.name for p in marked if isinstance(p, _Open)}
        if used != self._kinds.keys():
            raise TypeError(f"the query leaves {sorted(self._kinds.keys() - used)} out")
        columns = [selected[0] for selected in compiler.select]
        return _Worked(
            sql,
            marked,
            self._ids_in(sql, marked),
            readers_of(compiler.get_converters(columns)),
            asked.model,
            _builder(asked, compiler),
            asked.query.select_for_update and connection.features.has_select_for_update,
        )

    def _ids_in(self, sql: str, params: tuple[Any, ...]) -> _Ids | None:
        """Return where the ids stand; there is one such place or none."""
        lists = [name for name, kind in self._kinds.items() if kind is Many]
        places = [place for place, p in enumerate(params) if p in map(_Open, lists)]
        if not places:
            return None
        marks = [found for found in _MARK.finditer(sql) if found[0] == "%s"]
        mark = marks[places[0]]
        before, after = sql[: mark.start()], sql[mark.end() :]
        if len(places) > 1 or not before.endswith(" IN (") or not after.startswith(")"):
            raise TypeError("many ids stand in one place, and that is an `__in`")
        return _Ids(lists[0], places[0], before, after)


_STAND_INS: dict[_Kind, list[Any]] = {
    UUID: list(_UUIDS),
    Many: [Many((one,)) for one in _UUIDS],
    datetime: list(_INSTANTS),
    str: list(_TEXTS),
}


def _builder(asked: Any, compiler: Any) -> Callable[[tuple[Any, ...]], Model] | None:
    """Return what makes an instance of a row, as Django's own iterable does."""
    if asked._fields is not None:
        return None
    if asked._prefetch_related_lookups or asked._known_related_objects:  # noqa: SLF001 -- Django says it nowhere else
        raise TypeError("what is read beside the query would be read only once")
    db, kind, select = asked.db, compiler.klass_info, compiler.select
    model, columns = kind["model"], kind["select_fields"]
    first, end = columns[0], columns[-1] + 1
    names = [selected[0].target.attname for selected in select[first:end]]
    related = get_related_populators(kind, select, db)  # type: ignore[call-arg] # the stubs know a later Django
    annotated = tuple(compiler.annotation_col_map.items())

    def build(row: tuple[Any, ...]) -> Model:
        made: Model = model.from_db(db, names, row[first:end])
        for other in related:
            other.populate(row, made)
        for name, place in annotated:
            setattr(made, name, row[place])
        return made

    return build


def _as_parameter(value: _Value, connection: BaseDatabaseWrapper) -> Any:
    """Return a value as the database takes it."""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value if connection.features.has_native_uuid_field else value.hex
