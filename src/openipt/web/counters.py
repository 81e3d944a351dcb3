"""The shared cache, which reads plain values and runs nothing.

The library reads what the table holds with `pickle`, which calls whatever it is told to:
who can write to the database would run code in the process that holds the keys.
"""

import pickle
from base64 import b64decode
from collections.abc import Iterable
from io import BytesIO
from typing import Any, NoReturn

from django.core.cache.backends.db import DatabaseCache
from django.db import connection

from .clock import now


class Counters(DatabaseCache):
    """The library's cache in the database, for numbers, texts, and lists of them."""

    def get_many(
        self, keys: Iterable[str], version: int | None = None
    ) -> dict[str, Any]:
        """Return what is kept under each key; what is too old, or no plain value, is not."""
        names = {self.make_and_validate_key(key, version=version): key for key in keys}
        if not names:
            return {}
        places = ", ".join(["%s"] * len(names))
        table = connection.ops.quote_name(self._table)  # type: ignore[attr-defined]  # the library sets it
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT cache_key, value FROM {table}"  # noqa: S608 -- a name of ours, quoted
                f" WHERE expires >= %s AND cache_key IN ({places})",
                [connection.ops.adapt_datetimefield_value(_whole(now())), *names],
            )
            rows = cursor.fetchall()
        found = {names[key]: _plain(value) for key, value in rows}
        return {key: value for key, value in found.items() if value is not None}


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> NoReturn:
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value.")


def _plain(value: str) -> Any:
    """Return a value, or None for one that nobody here has written."""
    try:
        return _Plain(BytesIO(b64decode(value))).load()
    except Exception:  # noqa: BLE001 -- there are many ways to be no value
        return None


def _whole(at: Any) -> Any:
    """Return the second: the library keeps no less."""
    return at.replace(microsecond=0)
