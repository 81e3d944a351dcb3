"""Rows whose INSERT and UPDATE are not worked out anew with every save.

Django works out the SQL of a save each time, which takes several times as long as the
database needs for it, and comes to the same text again. Only that step is ours. Signals,
defaults, what a field makes of its value, what a missing row means: all the rest of
`save()` stays Django's, and so does whatever is not as plain as our rows are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:
    Field = models.Field


class Row(models.Model):
    """What every model of ours is: one table, whose rows are written one at a time."""

    class Meta:
        abstract = True

    def _do_insert(
        self, manager: Any, using: str, fields: Any, returning_fields: Any, raw: Any
    ) -> Any:
        if using == DEFAULT_DB_ALIAS and not raw and not returning_fields:
            table = table_of(manager.model, connections[using].vendor)
            if table is not None and _insert(table, self, fields):
                return []
        return super()._do_insert(manager, using, fields, returning_fields, raw)  # type: ignore[misc]

    def _do_update(  # type: ignore[override] # the stubs know a later Django
        self,
        base_qs: Any,
        using: str,
        pk_val: Any,
        values: Any,
        update_fields: Any,
        forced_update: Any,
    ) -> Any:
        if using == DEFAULT_DB_ALIAS and values:
            table = table_of(base_qs.model, connections[using].vendor)
            found = None if table is None else _update(table, pk_val, values)
            if found is not None:
                return found > 0
        return super()._do_update(  # type: ignore[call-arg]
            base_qs, using, pk_val, values, update_fields, forced_update
        )


@dataclass(frozen=True, slots=True)
class Table:
    """The parts of the statements that write one row of a model."""

    fields: tuple[Field, ...]
    insert: str
    update: str
    where: str
    columns: dict[str, str]
    """The quoted column of each field, by the field's attribute."""
    key: Field


@cache
def table_of(model: type[models.Model], _vendor: str) -> Table | None:
    """Return how rows of a model are written, None if that is better left to Django."""
    meta: Any = model._meta
    connection = connections[DEFAULT_DB_ALIAS]
    plain = not (
        meta.parents
        or meta.proxy
        or meta.auto_field
        or meta.select_on_save
        or meta.base_manager_name
        or meta.db_returning_fields
    )
    fields = tuple(meta.local_concrete_fields)
    if not plain or not all(_is_plain(field) for field in fields):
        return None
    quote = connection.ops.quote_name
    table, columns = quote(meta.db_table), {f.attname: quote(f.column) for f in fields}
    named, marks = ", ".join(columns.values()), ", ".join("%s" for _field in fields)
    key = meta.pk.target_field if meta.pk.is_relation else meta.pk
    return Table(
        fields=fields,
        insert=f"INSERT INTO {table} ({named}) VALUES ({marks})",  # noqa: S608 -- names of ours
        update=f"UPDATE {table} SET ",  # noqa: S608 -- names of ours
        where=f" WHERE {table}.{columns[meta.pk.attname]} = %s",
        columns=columns,
        key=key,
    )


def _is_plain(field: Field) -> bool:
    """Tell whether a value of this field stands in SQL as nothing but its mark."""
    binary: Any = models.BinaryField
    marked = getattr(type(field), "get_placeholder", None)
    return not field.generated and marked in {None, binary.get_placeholder}


def _insert(table: Table, row: models.Model, fields: Sequence[Field]) -> bool:
    """Insert a row; False, and nothing is done, if Django has to look closer."""
    if len(fields) != len(table.fields):
        return False
    connection = connections[DEFAULT_DB_ALIAS]
    given = [(field, field.pre_save(row, add=True)) for field in table.fields]
    params = _parameters(given, connection)
    if params is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute(table.insert, params)
    return True


def _update(
    table: Table, pk: Any, values: Iterable[tuple[Field, Any, Any]]
) -> int | None:
    """Update a row and return how many there were; None if Django has to look closer."""
    connection = connections[DEFAULT_DB_ALIAS]
    given = [(field, value) for field, _model, value in values]
    params = _parameters(given, connection)
    if params is None or hasattr(pk, "resolve_expression"):
        return None
    sets = ", ".join(
        f"{table.columns[field.attname]} = {'NULL' if param is None else '%s'}"
        for (field, _value), param in zip(given, params, strict=True)
    )
    asked = [param for param in params if param is not None]
    named = table.key.get_prep_value(pk)
    asked.append(table.key.get_db_prep_value(named, connection, prepared=True))
    with connection.cursor() as cursor:
        cursor.execute(f"{table.update}{sets}{table.where}", asked)
        return int(cursor.rowcount)


def _parameters(
    given: Iterable[tuple[Field, Any]],
    connection: BaseDatabaseWrapper,
) -> list[Any] | None:
    """Return the values as the database takes them; None if Django has to look closer."""
    params = []
    for field, value in given:
        if hasattr(value, "resolve_expression") or isinstance(value, models.Model):
            return None
        param = field.get_db_prep_save(value, connection)
        if hasattr(param, "as_sql"):
            return None
        params.append(param)
    return params
