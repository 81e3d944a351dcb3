"""Model fields whose column holds sealed bytes only.

A model says whose text it is: `sealed_for = "person_id"` names the attribute with the
subject's id, `sealed_kind` the kind of key (a person's unless said). In memory an
instance holds the plain value or, until somebody reads it, the blob as it was loaded.
Fields keep no state of their own: many threads share them.
"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar
from uuid import UUID

from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query_utils import DeferredAttribute

from . import keys
from .crypto import Place
from .errors import VaultError

_Set = TypeVar("_Set")
_Get = TypeVar("_Get")

if TYPE_CHECKING:

    class _Column(models.BinaryField[_Set, _Get]): ...

else:

    class _Column(models.BinaryField):
        # Only the type checker knows what an attribute takes and gives.
        def __class_getitem__(cls, _types: object) -> type:
            return cls


class Sealed(bytes):
    """A blob as the database holds it; a plain value is never of this type."""

    __slots__ = ()


class SealedAttribute(DeferredAttribute):
    """Opens the blob of a loaded instance when it is first read."""

    field: "SealedField[Any, Any]"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is None or not isinstance(value, Sealed):
            return value
        plain = self.field.opened(instance, value)
        instance.__dict__[self.field.attname] = plain
        return plain

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedField(_Column[_Set, _Get]):
    """What the two sealed fields share; they say how a value becomes bytes."""

    descriptor_class = SealedAttribute

    def to_plain(self, value: Any) -> bytes:
        raise AssertionError("each sealed field says how")

    def from_plain(self, plain: bytes) -> Any:
        raise AssertionError("each sealed field says how")

    def place_of(self, instance: models.Model) -> Place:
        """Return where this instance's value belongs.

        :raises VaultError: if the instance has no subject yet
        """
        owner: Any = type(instance)
        subject = getattr(instance, owner.sealed_for)
        if not isinstance(subject, UUID) or instance.pk is None:
            raise VaultError(f"{self} cannot be sealed before its row has an owner.")
        return Place(
            service_id=getattr(instance, "service_id", None),
            subject=subject,
            model=instance._meta.label_lower,
            pk=instance.pk,
            field=self.attname,
        )

    def opened(self, instance: models.Model, blob: Sealed) -> Any:
        """Return the value behind a blob that was loaded for this instance."""
        return self.from_plain(keys.open_for(self.place_of(instance), blob))

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:  # noqa: FBT001 -- Django's signature
        value = model_instance.__dict__.get(self.attname)
        if value is None:
            return None
        place = self.place_of(model_instance)
        if isinstance(value, Sealed):
            # Nobody read it. Open it all the same: a row that was copied, or moved to
            # another subject, must not carry a blob that can never be opened there.
            keys.open_for(place, value)
            return value
        kind: keys.Kind = getattr(model_instance, "sealed_kind", "person")
        return Sealed(keys.seal_for(place, kind, self.to_plain(value)))

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        if value is None:
            return None
        # SQLite lets any type into a column; whatever is not a blob will not open.
        return Sealed(value if isinstance(value, bytes | memoryview) else b"")

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if value is not None and not isinstance(value, Sealed):
            raise VaultError(f"{self} is sealed: save instances instead of updating.")
        return super().get_db_prep_save(value, connection)

    def get_db_prep_value(
        self,
        value: Any,
        connection: BaseDatabaseWrapper,
        prepared: bool = False,  # noqa: FBT001, FBT002 -- Django's signature
    ) -> Any:
        plain_bytes = None if value is None else bytes(value)
        return super().get_db_prep_value(plain_bytes, connection, prepared)

    def get_default(self) -> Any:
        # BinaryField would turn the empty text into empty bytes.
        return super(models.BinaryField, self).get_default()

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> NoReturn:
        raise VaultError(f"{self} is sealed and cannot be dumped.")

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self} is sealed: nothing can be looked up in it.")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> NoReturn:
        raise FieldError(f"{self} is sealed: {lookup_name} cannot look into it.")

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_subject()]

    def _check_str_default_value(self) -> Sequence[checks.CheckMessage]:
        return []

    def _check_subject(self) -> list[checks.CheckMessage]:
        name = getattr(self.model, "sealed_for", None)
        known = {field.attname for field in self.model._meta.concrete_fields}
        if name in known:
            return []
        return [
            checks.Error(
                f"{self} needs sealed_for on its model: the column of its subject.",
                obj=self,
                id="vault.E001",
            )
        ]


class SealedText(SealedField[_Set, _Get]):
    """Text that only its subject's key opens; `max_length` counts characters."""

    _pyi_private_set_type: str
    _pyi_private_get_type: str  # type: ignore[assignment]  # text, not BinaryField's bytes

    empty_values = [None, ""]

    def to_plain(self, value: Any) -> bytes:
        if not isinstance(value, str):
            raise TypeError(f"{self} holds text, not {type(value).__name__}.")
        if self.max_length is not None and len(value) > self.max_length:
            raise ValueError(
                f"{self} holds {self.max_length} characters at most, not {len(value)}."
            )
        try:
            return value.encode()
        except UnicodeEncodeError:
            # The original exception carries the whole text into logs.
            raise ValueError(f"{self} cannot hold half a character.") from None

    def from_plain(self, plain: bytes) -> str:
        return plain.decode()


class SealedJSON(SealedField[_Set, _Get]):
    """A JSON value that only its subject's key opens."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    empty_strings_allowed = False

    def to_plain(self, value: Any) -> bytes:
        try:
            return json.dumps(
                value, ensure_ascii=False, allow_nan=False, separators=(",", ":")
            ).encode()
        except (TypeError, ValueError):
            raise ValueError(f"{self} holds what JSON can say, nothing else.") from None

    def from_plain(self, plain: bytes) -> Any:
        return json.loads(plain)
