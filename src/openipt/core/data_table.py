"""One table of a data file, read key by key and strictly."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import time
from typing import Any, TypeVar

from openipt.core.errors import DataProblem

_T = TypeVar("_T")


class Table:
    """One table of a data file, read key by key.

    Every reader raises `DataProblem` with file, key and reason. `done` refuses keys that
    nobody has read, so that a misspelt one is found.
    """

    __slots__ = ("_place", "_read", "_values", "file")

    def __init__(self, file: str, values: Mapping[str, Any], place: str = "") -> None:
        self.file = file
        self._values = values
        self._place = place
        self._read: set[str] = set()

    def __contains__(self, key: str) -> bool:
        """Return whether the table has the key."""
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        """Go through the keys in the order of the file."""
        return iter(self._values)

    def problem(self, key: str, reason: str) -> DataProblem:
        """Return the problem to raise for a key: `file: place.key: reason`."""
        path = ".".join(part for part in (self._place, key) if part)
        return DataProblem(
            ": ".join(part for part in (self.file, path, reason) if part)
        )

    def text(self, key: str) -> str:
        """Return a text that is not empty."""
        value = self._get(key, str, "a text")
        if not value.strip():
            raise self.problem(key, "must not be empty")
        return value

    def text_or_empty(self, key: str) -> str:
        """Return a text, or the empty text where the key is absent."""
        return self.text(key) if key in self else ""

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        """Return a text that is one of the choices."""
        value = self.text(key)
        if value not in choices:
            offered = ", ".join(choices)
            raise self.problem(key, f"must be one of {offered}, not {value!r}")
        return value

    def number(self, key: str, *, least: int = 0, most: int = 10_000) -> int:
        """Return a whole number from `least` to `most`, both included."""
        value = self._get(key, int, "a whole number")
        if not least <= value <= most:
            raise self.problem(key, f"must be from {least} to {most}, not {value}")
        return value

    def number_or_none(
        self, key: str, *, least: int = 0, most: int = 10_000
    ) -> int | None:
        """Return a whole number, or None where the key is absent."""
        return self.number(key, least=least, most=most) if key in self else None

    def decimal_or_none(self, key: str) -> float | None:
        """Return a number with or without decimals, or None where the key is absent."""
        if key not in self:
            return None
        if type(self._values[key]) is int:
            return float(self._get(key, int, "a number"))
        return self._get(key, float, "a number")

    def flag(self, key: str) -> bool:
        """Return true or false."""
        return self._get(key, bool, "true or false")

    def flag_or_false(self, key: str) -> bool:
        """Return true or false; false where the key is absent."""
        return self.flag(key) if key in self else False

    def time_of_day(self, key: str) -> time:
        """Return a wall time such as 09:30:00."""
        return self._get(key, time, "a time of day such as 09:30:00")

    def table(self, key: str) -> "Table":
        """Return the table under the key."""
        return self._inner(key, self._get(key, dict, "a table"))

    def tables(self, key: str) -> tuple["Table", ...]:
        """Return the list of tables under the key; it must have at least one."""
        values = self._list(key, dict, "a list of tables")
        return tuple(self._inner(f"{key}[{n}]", row) for n, row in enumerate(values, 1))

    def tables_or_none(self, key: str) -> tuple["Table", ...]:
        """Return the list of tables under the key, empty where the key is absent."""
        return self.tables(key) if key in self else ()

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts with at least one."""
        return tuple(self._list(key, str, "a list of texts"))

    def texts_or_none(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty where the key is absent."""
        return self.texts(key) if key in self else ()

    def table_or_none(self, key: str) -> "Table | None":
        """Return the table under the key, or None where the key is absent."""
        return self.table(key) if key in self else None

    def numbers(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers with at least one."""
        return tuple(self._list(key, int, "a list of whole numbers"))

    def texts_by_key(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return a table of texts, such as one text for each language, in file order."""
        inner = self.table(key)
        pairs = tuple((name, inner.text(name)) for name in inner)
        if not pairs:
            raise self.problem(key, "must have at least one entry")
        return pairs

    def written(self) -> Iterator[tuple[str, str]]:
        """Go through every text below this table, with the path of its key."""
        yield from _texts_below(self._place, self._values)

    def done(self) -> None:
        """Raise for keys that nobody has read."""
        unknown = [key for key in self._values if key not in self._read]
        if unknown:
            known = ", ".join(sorted(self._read))
            raise self.problem(unknown[0], f"unknown key; known here: {known}")

    @contextmanager
    def checking(self, key: str = "") -> Iterator[None]:
        """Turn a `ValueError` of a type that refuses bad data into a `DataProblem`."""
        try:
            yield
        except ValueError as reason:
            raise self.problem(key, str(reason)) from reason

    def _inner(self, key: str, values: Mapping[str, Any]) -> "Table":
        place = f"{self._place}.{key}" if self._place else key
        return Table(self.file, values, place)

    def _get(self, key: str, kind: type[_T], wanted: str) -> _T:
        self._read.add(key)
        if key not in self._values:
            raise self.problem(key, f"is missing; it must be {wanted}")
        value = self._values[key]
        if type(value) is not kind:
            raise self.problem(key, f"must be {wanted}, not {_said(value)}")
        return value

    def _list(self, key: str, kind: type[_T], wanted: str) -> list[_T]:
        values = self._get(key, list, wanted)
        if not values:
            raise self.problem(key, "must not be empty")
        for place, value in enumerate(values, 1):
            if type(value) is not kind:
                raise self.problem(
                    f"{key}[{place}]",
                    f"{_said(value)} is not right here; {key} is {wanted}",
                )
        return values


def _texts_below(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts_below(f"{path}.{key}" if path else key, inner)
    elif isinstance(value, list):
        for place, inner in enumerate(value, 1):
            yield from _texts_below(f"{path}[{place}]", inner)


def _said(value: object) -> str:
    """Return a value as it reads in a message: short, on one line."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
