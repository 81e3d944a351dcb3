"""Builds measures from their data files."""

from collections.abc import Mapping
from functools import cache
from typing import Literal, cast

from openipt.core.data_files import Table, load_all, newest
from openipt.core.errors import DataProblem

from .model import Measure
from .parts import (
    COMPARISONS,
    LEVELS,
    RISK_KINDS,
    Band,
    Comparison,
    Example,
    Extra,
    Item,
    Level,
    Licence,
    MissingRule,
    Option,
    RiskKind,
    RiskRule,
    Source,
    Threshold,
    Words,
)

GROUP = "openipt.measures"
BUILT_IN = "openipt.core.measures.data"

_OptionSets = Mapping[str, tuple[Option, ...]]


@cache
def load_measures() -> Mapping[str, Measure]:
    """Return the newest version of every measure that is installed, by id.

    Raises `DataProblem` if a data file is wrong.
    """
    return newest(_all_measures())


def find_measure(measure_id: str, version: str) -> Measure:
    """Return a measure in the version that an answer was given in.

    Raises `DataProblem` if the package that brought it is no longer installed.
    """
    found = _all_measures().get((measure_id, version))
    if found is None:
        raise DataProblem(f"measure {measure_id} {version} is not installed")
    return found


@cache
def _all_measures() -> Mapping[tuple[str, str], Measure]:
    return load_all(GROUP, BUILT_IN, build_measure)


def build_measure(table: Table) -> Measure:
    """Return the measure that a data file describes; raises `DataProblem`."""
    sets = _option_sets(table.table("option_sets"))
    loinc = table.table("loinc")
    licence = table.table("licence")
    values = {
        "id": table.text("id"),
        "version": table.text("version"),
        "short_name": table.text("short_name"),
        "higher_is_better": table.flag("higher_is_better"),
        "recall_days": table.number("recall_days", least=1, most=366),
        "title": _words(table, "title"),
        "about": _words(table, "about" if "about" in table else "title"),
        "stem": _words(table, "stem"),
        "note": _words(table, "note"),
        "items": tuple(_item(row, sets) for row in table.tables("items")),
        "extras": tuple(_extra(row, sets) for row in table.tables_or_none("extras")),
        "bands": tuple(_band(row) for row in table.tables("bands")),
        "missing": _missing(table.table("missing")),
        "cutoffs": tuple(_threshold(row) for row in table.tables_or_none("cutoffs")),
        "reliable_change": _threshold(table.table("reliable_change")),
        "risk_rules": tuple(_risk_rule(row) for row in table.tables_or_none("risk")),
        "loinc_panel": loinc.text_or_empty("panel"),
        "loinc_total": loinc.text_or_empty("total"),
        "loinc_answers": loinc.text_or_empty("answers"),
        "snomed_total": table.text_or_empty("snomed_total"),
        "licence": _licence(licence),
        "citation": table.text("citation"),
        "sources": tuple(_source(row) for row in table.tables("sources")),
        "examples": tuple(_example(row) for row in table.tables("examples")),
    }
    loinc.done()
    table.done()
    with table.checking():
        return Measure(**values)  # type: ignore[arg-type]  # read key by key above


def _words(table: Table, key: str) -> Words:
    return Words(table.texts_by_key(key))


def _option_sets(table: Table) -> _OptionSets:
    return {name: tuple(_option(row) for row in table.tables(name)) for name in table}


def _option(row: Table) -> Option:
    option = Option(
        code=row.number("code", most=100),
        label=_words(row, "label"),
        loinc=row.text_or_empty("loinc"),
    )
    row.done()
    return option


def _options(row: Table, sets: _OptionSets) -> tuple[Option, ...]:
    return sets[row.choice("options", tuple(sets))]


def _item(row: Table, sets: _OptionSets) -> Item:
    number = row.number("number", least=1, most=200)
    text = _words(row, "text")
    options = _options(row, sets)
    loinc = row.text_or_empty("loinc")
    row.done()
    with row.checking():
        return Item(number=number, text=text, options=options, loinc=loinc)


def _extra(row: Table, sets: _OptionSets) -> Extra:
    key = row.text("key")
    text = _words(row, "text")
    options = _options(row, sets)
    loinc = row.text_or_empty("loinc")
    row.done()
    with row.checking():
        return Extra(key=key, text=text, options=options, loinc=loinc)


def _band(row: Table) -> Band:
    key = row.text("key")
    first, last = row.number("first"), row.number("last")
    label, meaning = _words(row, "label"), _words(row, "meaning")
    row.done()
    with row.checking():
        return Band(key=key, first=first, last=last, label=label, meaning=meaning)


def _missing(row: Table) -> MissingRule:
    rule = MissingRule(
        allowed=row.number("allowed", most=100),
        source=row.text("source"),
        verified=row.flag("verified"),
    )
    row.done()
    return rule


def _threshold(row: Table) -> Threshold:
    threshold = Threshold(
        key=row.text("key"),
        value=row.number("value"),
        comparison=cast("Comparison", row.choice("comparison", COMPARISONS)),
        source=row.text("source"),
        verified=row.flag("verified"),
        z=row.decimal_or_none("z"),
        sd=row.decimal_or_none("sd"),
        reliability=row.decimal_or_none("reliability"),
        valid_from=row.text_or_empty("valid_from"),
    )
    row.done()
    return threshold


def _risk_rule(row: Table) -> RiskRule:
    kind = cast("RiskKind", row.choice("kind", RISK_KINDS))
    level = cast("Level", row.choice("level", LEVELS))
    value = row.number("value", least=1)
    item = row.number_or_none("item", least=1)
    row.done()
    with row.checking():
        return RiskRule(kind=kind, level=level, value=value, item=item)


def _licence(row: Table) -> Licence:
    kind = row.choice("kind", ("open", "restricted"))
    licence = Licence(
        kind=cast("Literal['open', 'restricted']", kind),
        holder=row.text("holder"),
        text=row.text("text"),
        source=row.text("source"),
    )
    row.done()
    return licence


def _source(row: Table) -> Source:
    source = Source(
        key=row.text("key"),
        title=row.text("title"),
        address=row.text_or_empty("address"),
    )
    row.done()
    return source


def _example(row: Table) -> Example:
    said = row.text("answers").split()
    with row.checking("answers"):
        answers = tuple(None if word == "-" else int(word) for word in said)
    example = Example(
        answers=answers,
        total=row.number_or_none("total"),
        band=row.text_or_empty("band"),
    )
    row.done()
    return example
