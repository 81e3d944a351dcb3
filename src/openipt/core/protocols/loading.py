"""Builds variants from their data files."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar
from unicodedata import category

from openipt.core.data_files import Table, load_all, newest, read_file
from openipt.core.errors import DataProblem
from openipt.core.measures import load_measures

from .conditions import load_conditions
from .library import Library, load_library
from .model import FAMILIES, STAGES, Lineage, Variant
from .parts import Phase, ScheduledMeasure
from .reading import (
    read_area_set,
    read_between,
    read_ending,
    read_exclusion,
    read_extra,
    read_foci,
    read_group,
    read_needs,
    read_requirement,
    read_scheduled,
    read_span,
    read_statement,
    read_waits,
)

GROUP = "openipt.protocols"
BUILT_IN = "openipt.core.protocols.data"
_T = TypeVar("_T")


@dataclass(slots=True)
class _Place:
    """Where this installation keeps variants of its own, if it does."""

    folder: Path | None = None


_place = _Place()


def use_folder(folder: Path | None) -> None:
    """Read variants from `*.toml` files in this folder too; None for none.

    A service drops its own variants there. What was read before is read anew.
    """
    _place.folder = folder
    _all_variants.cache_clear()
    load_variants.cache_clear()


@cache
def load_variants() -> Mapping[str, Variant]:
    """Return the newest version of every variant that is installed, by id.

    Raises `DataProblem` if a data file is wrong.
    """
    return newest(_all_variants())


def offered_variants() -> tuple[Variant, ...]:
    """Return the variants that a new course can follow, in the order of a choice."""
    return tuple(
        variant
        for variant in sorted(load_variants().values(), key=_offer_order)
        if not variant.retired
    )


def find_variant(variant_id: str, version: str) -> Variant:
    """Return a variant in the version that a course was agreed in.

    Raises `DataProblem` if the package that brought it is no longer installed.
    """
    found = variant_if_there(variant_id, version)
    if found is None:
        raise DataProblem(f"protocol {variant_id} {version} is not installed")
    return found


def variant_if_there(variant_id: str, version: str) -> Variant | None:
    """Return the same, None where its file was taken away.

    For what must open all the same: lists of other courses, and the person's own day.
    """
    return _all_variants().get((variant_id, version))


def check_file(path: Path) -> Variant:
    """Return the variant in a file as it would stand among those installed.

    Raises `DataProblem` with file, key and reason.
    """
    variant = build_variant(read_file(path))
    installed = _installed(without=path)
    _check_new(variant, installed, path.name)
    known = {key: one for key, one in installed.items() if one.id != variant.id}
    _check_references(
        {**known, (variant.id, variant.version): variant}, {variant.id: path.name}
    )
    return variant


@cache
def _all_variants() -> Mapping[tuple[str, str], Variant]:
    return _installed()


def _installed(without: Path | None = None) -> Mapping[tuple[str, str], Variant]:
    """Read what is installed; `without` is a file of the own folder to pass over."""
    found = dict(load_all(GROUP, BUILT_IN, build_variant))
    origin: dict[str, str] = {}
    for path in _own_files(without):
        variant = build_variant(read_file(path))
        _check_new(variant, found, path.name)
        found[variant.id, variant.version] = variant
        origin[variant.id] = path.name
    if without is None:
        _check_references(found, origin)
    return MappingProxyType(found)


def _check_new(
    variant: Variant, known: Mapping[tuple[str, str], Variant], file: str
) -> None:
    if (variant.id, variant.version) in known:
        raise DataProblem(
            f"{file}: id: {variant.id} {variant.version} is already installed"
        )


def _own_files(without: Path | None) -> list[Path]:
    folder = _place.folder
    if folder is None or not folder.is_dir():
        return []
    passed = without.resolve() if without else None
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix == ".toml" and path.resolve() != passed
    )


def build_variant(table: Table) -> Variant:
    """Return the variant that a data file describes; raises `DataProblem`."""
    _check_texts(table)
    library = load_library().within(table)
    values = {
        **_head(table),
        "phases": tuple(_phase(row, library) for row in table.tables("phases")),
        **_areas(table, library),
        "techniques": _named(table, "techniques", library.techniques),
        "measures": tuple(_scheduled(row) for row in table.tables("measures")),
        "between_sessions": read_between(table.table("between_sessions")),
        "foci": read_foci(table.table("foci")),
        "ending": read_ending(table.table("ending")),
        "statements": tuple(map(read_statement, table.tables_or_none("statements"))),
        "exclusions": tuple(map(read_exclusion, table.tables_or_none("exclusions"))),
        "requirements": tuple(
            map(read_requirement, table.tables_or_none("requirements"))
        ),
        "extra_sessions": tuple(
            map(read_extra, table.tables_or_none("extra_sessions"))
        ),
        "sources": tuple(library.sources.values()),
        **_optional(table),
    }
    table.done()
    with table.checking():
        return Variant(**values)


def _check_texts(table: Table) -> None:
    """Raise for a sign that a translated sentence would take for a place to fill in."""
    for path, text in table.written():
        if path.endswith("address"):
            continue
        for sign in text:
            if sign in "{}%" or (category(sign) == "Cc" and sign != "\n"):
                raise table.problem(path, f"the sign {sign!r} cannot stand in a text")


def _areas(table: Table, library: Library) -> dict[str, Any]:
    """Return the areas of a variant, and those that it leaves out."""
    named = _named(table, "problem_areas", library.areas)
    return {
        "problem_areas": named,
        "area_set": read_area_set(table.table_or_none("area_set")),
        "other_areas": tuple(
            area
            for area in library.areas.values()
            if area not in named and not area.only_named
        ),
    }


def _scheduled(row: Table) -> ScheduledMeasure:
    scheduled = read_scheduled(row)
    if scheduled.measure not in load_measures():
        offered = ", ".join(load_measures())
        raise row.problem("measure", f"{scheduled.measure!r} is none of {offered}")
    return scheduled


def _head(table: Table) -> dict[str, Any]:
    return {
        "id": table.text("id"),
        "version": table.text("version"),
        "lineage": Lineage(table.choice("lineage", tuple(Lineage))),
        "name": table.text("name"),
        "summary": table.text("summary"),
        "family": table.choice("family", FAMILIES),
        "stage": table.choice("stage", STAGES),
        "sessions": read_span(table.table("sessions")),
        "usual_sessions": table.number("usual_sessions", least=1, most=200),
        "minutes": read_span(table.table("minutes")),
        "usual_minutes": table.number("usual_minutes", least=1, most=600),
        "days_between": table.number("days_between", least=1, most=366),
        "conditions": _conditions(table),
    }


def _optional(table: Table) -> dict[str, Any]:
    ages, group = table.table_or_none("ages"), table.table_or_none("group")
    window = table.table_or_none("window")
    return {
        "window": read_span(window) if window else None,
        "ages": read_span(ages) if ages else None,
        "group": read_group(group) if group else None,
        "based_on": table.text_or_empty("based_on"),
        "continues_with": table.texts_or_none("continues_with"),
        "retired": table.flag_or_false("retired"),
    }


def _conditions(table: Table) -> tuple[str, ...]:
    known = load_conditions()
    for key in table.texts("conditions"):
        if key not in known:
            offered = ", ".join(known)
            raise table.problem("conditions", f"{key!r} is none of {offered}")
    return table.texts("conditions")


def _phase(row: Table, library: Library) -> Phase:
    phase = Phase(
        key=row.text("key"),
        name=row.text("name"),
        sessions=row.number_or_none("sessions", least=1, most=100),
        source=row.text("source"),
        verified=row.flag("verified"),
        tasks=_named(row, "tasks", library.tasks),
        needs=read_needs(row),
        from_session=read_waits(row),
    )
    row.done()
    return phase


def _named(row: Table, key: str, known: Mapping[str, _T]) -> tuple[_T, ...]:
    """Return what a list of keys names; raises `DataProblem` for an unknown one."""
    for name in row.texts(key):
        if name not in known:
            raise row.problem(
                key, f"{name!r} is neither in the library nor defined in this file"
            )
    return tuple(known[name] for name in row.texts(key))


def _check_references(
    variants: Mapping[tuple[str, str], Variant], files: Mapping[str, str]
) -> None:
    """Raise `DataProblem` for a variant that names an unknown one, or goes in a circle."""
    by_id = newest(variants)
    for variant in by_id.values():
        file = files.get(variant.id, variant.id)
        for key, names in (
            ("based_on", [variant.based_on] if variant.based_on else []),
            ("continues_with", variant.continues_with),
        ):
            for name in names:
                if name not in by_id:
                    raise DataProblem(f"{file}: {key}: there is no variant {name!r}")
        _check_circle(variant, by_id, file)


def _check_circle(variant: Variant, by_id: Mapping[str, Variant], file: str) -> None:
    path = [variant.id]
    while base := by_id[path[-1]].based_on:
        if base in path:
            circle = " > ".join([*path, base])
            raise DataProblem(f"{file}: based_on: goes in a circle: {circle}")
        if base not in by_id:
            return
        path.append(base)


def _offer_order(variant: Variant) -> tuple[Any, ...]:
    """The schools first, then what was made for something in particular, by name."""
    lineage = list(Lineage).index(variant.lineage)
    return (FAMILIES.index(variant.family), lineage, variant.name)
