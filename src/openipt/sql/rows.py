"""Rows that operations ask for again and again, by queries that are worked out once."""

from collections.abc import Callable
from functools import cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection, models
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError

from .prepared import Prepared, _Value

_Row = TypeVar("_Row", bound=models.Model)


class PreparedRows(Generic[_Row]):
    """A query of whole rows, with some values left open as `Prepared` has them.

    Each time it is asked it gives new instances of what stands in the database then.
    """

    def __init__(
        self,
        model: type[_Row],
        make: Callable[..., QuerySet[_Row]],
        **kinds: type[_Value],
    ) -> None:
        self._model = model
        self._query = Prepared(
            lambda **values: make(**values).values_list(*self._names()), **kinds
        )

    def rows(self, **values: _Value) -> list[_Row]:
        """Return the rows for these values.

        :raises TypeError: if a value is missing, too many or of another kind
        """
        names = self._names()
        return [
            self._model.from_db(connection.alias, names, row)
            for row in self._query.rows(**values)
        ]

    def first(self, **values: _Value) -> _Row | None:
        """Return the first of them; the query itself says in which order, and how many."""
        return next(iter(self.rows(**values)), None)

    def _names(self) -> list[str]:
        return [field.attname for field in self._model._meta.concrete_fields]


def lock_row(
    model: type[models.Model], pk: UUID, *names: str
) -> tuple[Any, ...] | None:
    """Hold a row until the transaction ends; return these columns as they are now.

    None says that there is no such row.

    :raises TransactionManagementError: outside of a transaction, where nothing is held
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("A row is held by a transaction only.")
    return next(iter(_lock(model, names).rows(pk=pk)), None)


@cache
def _lock(model: type[models.Model], names: tuple[str, ...]) -> Prepared:
    def make(pk: UUID) -> QuerySet[Any, Any]:
        rows = model._default_manager.select_for_update().filter(pk=pk)
        return rows.values_list(*(names or ("pk",)))

    return Prepared(make, pk=UUID)
