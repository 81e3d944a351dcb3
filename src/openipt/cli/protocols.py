"""`openipt protocols`: the variants of IPT on the command line, without a database."""

import json as json_format
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from openipt.core.errors import DataProblem, Invalid
from openipt.core.protocols import (
    Phase,
    Sourced,
    Variant,
    check_file,
    load_variants,
    use_folder,
)

UNREAD = " [not read in its source: stays off the screens]"


def print_list(*, as_json: bool) -> int:
    """Print id, version and name of every variant."""
    _with_own()
    variants = load_variants().values()
    if as_json:
        rows = [
            {"id": one.id, "version": one.version, "name": one.name} for one in variants
        ]
        print(json_format.dumps(rows))  # noqa: T201 -- the command's answer
    else:
        for one in variants:
            print(one.id, one.version, one.name)  # noqa: T201 -- as above
    return 0


def print_variant(variant_id: str, *, as_json: bool) -> int:
    """Print a variant whole.

    :raises Invalid: if there is none of this id
    """
    _with_own()
    variant = load_variants().get(variant_id)
    if variant is None:
        known = ", ".join(load_variants())
        raise Invalid(f"There is no variant {variant_id!r}. Known: {known}.")
    if as_json:
        print(json_format.dumps(as_plain(variant)))  # noqa: T201 -- the command's answer
    else:
        print("\n".join(told(variant)))  # noqa: T201 -- as above
    return 0


def print_check(file: Path, *, as_json: bool) -> int:
    """Say that a file is right, or its first mistake; 1 if there is one.

    :raises Invalid: if the file is not there
    """
    if not file.is_file():
        raise Invalid(f"There is no file {file}.")
    _with_own()
    try:
        variant = check_file(file)
    except DataProblem as problem:
        if as_json:
            print(json_format.dumps({"ok": False, "problem": str(problem)}))  # noqa: T201 -- as above
        else:
            sys.stderr.write(f"{problem}\n")
        return 1
    if as_json:
        found = {"ok": True, "id": variant.id, "version": variant.version}
        print(json_format.dumps(found))  # noqa: T201 -- as above
    else:
        print(f"{variant.id} {variant.version} is right.")  # noqa: T201 -- as above
    return 0


def as_plain(variant: Variant) -> dict[str, object]:
    """Return a variant as plain values, with the sources it names."""
    # `asdict` would copy the read-only tables of waiting tasks, which cannot be copied.
    values = {
        name: _plain(getattr(variant, name))
        for name in variant.__slots__
        if name not in {"sources", "other_areas"}
    }
    return {**values, "sources": [asdict(one) for one in variant.named_sources]}


def told(variant: Variant) -> Iterator[str]:
    """Go through the lines that tell a variant."""
    yield f"{variant.name} ({variant.id} {variant.version}, {variant.lineage})"
    yield variant.summary
    for line, part in _lines(variant):
        if part is None:
            yield line
            continue
        where = variant.source(part.source).title
        yield f"{line} ({where}){'' if part.verified else UNREAD}"


def _lines(variant: Variant) -> Iterator[tuple[str, Sourced | None]]:
    sessions, minutes = variant.sessions, variant.minutes
    yield f"sessions: {sessions.least} to {sessions.most}", sessions
    yield f"minutes: {minutes.least} to {minutes.most}", minutes
    yield f"days between: {variant.days_between}", None
    for phase in variant.phases:
        yield from _phase_lines(phase)
    yield f"areas: {len(variant.problem_areas)}", variant.area_set
    for area in variant.problem_areas:
        yield f"area {area.key}: {area.name}. {area.choose_when}", area
        yield from ((f"  {one.key}: {one.text}", one) for one in area.points())
    yield from ((f"technique {one.key}: {one.name}", one) for one in variant.techniques)
    yield from (
        (f"measure {one.measure}, {one.rhythm}", one) for one in variant.measures
    )
    yield from ((f"not for: {one.text}", one) for one in variant.exclusions)
    yield from ((f"needs: {one.text}", one) for one in variant.requirements)
    yield from (
        (f"beside: {one.name}, up to {one.most}, {one.when}", one)
        for one in variant.extra_sessions
    )
    yield from ((f"said: {one.text}", one) for one in variant.statements)


def _phase_lines(phase: Phase) -> Iterator[tuple[str, Sourced | None]]:
    yield f"phase {phase.key}: {phase.name}, {_length(phase)}", phase
    if phase.needs:
        yield f"  opens with: {', '.join(phase.needs)}", None
    yield from ((f"  task {one.key}: {one.title}", one) for one in phase.tasks)


def _length(phase: Phase) -> str:
    if phase.sessions is None:
        return "the sessions that are left"
    return f"{phase.sessions} session{'s' if phase.sessions > 1 else ''}"


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if hasattr(value, "items"):
        return dict(value.items())
    slots = getattr(type(value), "__dataclass_fields__", None)
    if slots is not None:
        return {name: _plain(getattr(value, name)) for name in slots}
    return value


def _with_own() -> None:
    """Read the service's own variants too."""
    from openipt.config.env import data_folder, own_protocols

    use_folder(own_protocols(data_folder()))
