"""Opens some of everything that is sealed, to see that record and keyring belong together."""

from uuid import UUID

from django.apps import apps
from django.db import models

from . import keys
from .fields import SealedField
from .models import DataKey


def open_some(of_each: int) -> int:
    """Open that many rows of every table with sealed fields; return how many there were.

    What was sealed for somebody whose key was destroyed is passed over: it cannot be
    opened, and should not.

    :raises VaultError: if one does not open
    """
    gone = set(
        DataKey.objects.exclude(destroyed_at=None).values_list("subject", flat=True)
    )
    opened = 0
    for model in apps.get_models():
        names = [f.name for f in model._meta.fields if isinstance(f, SealedField)]
        if names:
            with keys.scope():
                opened += _open(model, names, of_each, gone)
    return opened


def _open(
    model: type[models.Model], names: list[str], of_each: int, gone: set[UUID]
) -> int:
    owner: str = model.sealed_for  # type: ignore[attr-defined]  # checked by the field
    rows = model._default_manager.exclude(**{f"{owner}__in": gone}).order_by("pk")
    opened = 0
    for row in rows[:of_each]:
        for name in names:
            getattr(row, name)
        opened += 1
    return opened
