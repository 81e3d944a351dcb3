"""Builds the kinds of pages from their data files."""

from collections.abc import Mapping
from functools import cache
from typing import cast

from openipt.core.data_files import Table, load_all, newest
from openipt.core.errors import DataProblem

from .model import FIELD_TYPES, Choice, Field, FieldType, Kind, SummaryWords

GROUP = "openipt.practice"
BUILT_IN = "openipt.core.practice.data"


@cache
def load_kinds() -> Mapping[str, Kind]:
    """Return the newest version of every kind that is installed, by id."""
    return newest(_all_kinds())


def find_kind(kind_id: str, version: str) -> Kind:
    """Return a kind in the version that a page was written in.

    Raises `DataProblem` if the package that brought it is no longer installed.
    """
    found = _all_kinds().get((kind_id, version))
    if found is None:
        raise DataProblem(f"kind {kind_id} {version} is not installed")
    return found


@cache
def _all_kinds() -> Mapping[tuple[str, str], Kind]:
    return load_all(GROUP, BUILT_IN, build_kind)


def build_kind(table: Table) -> Kind:
    """Return the kind that a data file describes; raises `DataProblem`."""
    values = {
        "id": table.text("id"),
        "version": table.text("version"),
        "title": table.text("title"),
        "fields": tuple(_field(row) for row in table.tables("fields")),
        "summary_list": table.text("summary_list"),
        "summary_field": table.text("summary_field"),
        "summary_words": tuple(_words(row) for row in table.tables("summary")),
    }
    table.done()
    with table.checking():
        return Kind(**values)  # type: ignore[arg-type]  # read key by key above


def _field(row: Table) -> Field:
    values = {
        "key": row.text("key"),
        "type": cast("FieldType", row.choice("type", FIELD_TYPES)),
        "label": row.text("label"),
        "required": row.flag_or_false("required"),
        "least": row.number_or_none("least") or 0,
        "most": row.number_or_none("most", most=100_000) or 0,
        "choices": tuple(_choice(inner) for inner in row.tables_or_none("choices")),
        "fields": tuple(_field(inner) for inner in row.tables_or_none("fields")),
    }
    row.done()
    with row.checking():
        return Field(**values)  # type: ignore[arg-type]  # read key by key above


def _choice(row: Table) -> Choice:
    choice = Choice(value=row.text("value"), label=row.text("label"))
    row.done()
    return choice


def _words(row: Table) -> SummaryWords:
    language, one, many = row.text("language"), row.text("one"), row.text("many")
    row.done()
    with row.checking():
        return SummaryWords(language=language, one=one, many=many)
