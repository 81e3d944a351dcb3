"""Holding one row, as nearly every operation does first, by queries worked out once."""

from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError

from .prepared import Prepared


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
