"""Seals and opens values outside a model instance: hot lists and blind indexes."""

import hashlib
import hmac
import unicodedata
from functools import cache
from typing import Any
from uuid import UUID

from django.db import models

from . import files, keys
from .crypto import Place


def open_value(
    model: type[models.Model],
    field_name: str,
    pk: object,
    subject: UUID,
    service_id: UUID | None,
    blob: bytes | None,
) -> Any:
    """Return the text or object of a blob that `values_list` gave; None stays None.

    `keys.prefetch` the subjects first: then a list costs one query for all keys.

    :raises VaultBroken: if the blob does not belong to this place
    :raises VaultKeyMissing: if the subject's key is not there
    """
    if blob is None:
        return None
    field, label = _sealed(model, field_name)
    place = Place(service_id, subject, label, pk, field.attname)
    return field.from_plain(keys.open_for(place, bytes(blob)))


@cache
def _sealed(model: type[models.Model], field_name: str) -> tuple[Any, str]:
    """Return a sealed field and the name of its model in a place, for hundreds of rows."""
    from .fields import SealedField

    field = model._meta.get_field(field_name)
    if not isinstance(field, SealedField):
        raise TypeError(f"{model._meta.label}.{field_name} is not sealed.")
    return field, model._meta.label_lower


def blind_index(purpose: str, text: str) -> str:
    """Return 64 hex digits by which equal texts are found without storing them.

    Letter case, width and spaces at the ends do not matter. Only for exact matches of
    addresses, numbers and the like; `purpose` keeps two indexes from being compared.
    """
    same = unicodedata.normalize("NFKC", text).strip().casefold()
    said = f"{purpose}\x1f{same}".encode()
    return hmac.digest(files.blind_key(), said, hashlib.sha256).hex()
