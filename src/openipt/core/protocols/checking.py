"""Refuses a variant whose parts contradict each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from openipt.core.data_files import version_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .model import Variant


LONGEST_KEY, LEAST_PHASES = 40, 2
_KEY = re.compile(rf"[a-z][a-z0-9_]{{0,{LONGEST_KEY - 1}}}")


class Sourced(Protocol):
    """Something that names where it comes from and whether it was read there."""

    @property
    def source(self) -> str:
        """The key of a source."""

    @property
    def verified(self) -> bool:
        """Whether somebody has read it there."""


def check_variant(variant: Variant) -> None:
    """Raise `ValueError` with what is wrong in a variant, if anything is."""
    _check_key("id", variant.id)
    version_order(variant.version)
    _check_phases(variant)
    _check_keys(variant)
    _check_areas(variant)
    _check_sources(variant)
    if variant.usual_sessions not in variant.sessions:
        raise ValueError(f"usual_sessions {variant.usual_sessions} is out of range")
    if variant.usual_minutes not in variant.minutes:
        raise ValueError(f"usual_minutes {variant.usual_minutes} is out of range")
    if variant.ending.raise_before >= variant.sessions.least:
        raise ValueError(
            f"ending: raised {variant.ending.raise_before} sessions before the last, "
            f"but a course may have only {variant.sessions.least}"
        )


def sourced_parts(variant: Variant) -> Iterator[Sourced]:
    """Go through everything of a variant that names a source."""
    whole: list[Sourced] = [
        variant.sessions, variant.minutes, variant.between_sessions, variant.foci,
        variant.ending, variant.area_set, *variant.phases, *variant.measures, *variant.statements,
        *variant.exclusions, *variant.requirements, *variant.extra_sessions,
        *variant.techniques, *variant.problem_areas,
    ]  # fmt: skip
    whole += [part for part in (variant.ages, variant.window, variant.group) if part]
    yield from whole
    for phase in variant.phases:
        yield from phase.tasks
    for area in variant.problem_areas:
        yield from area.points()


def _check_key(name: str, key: str) -> None:
    """Raise unless a key can stand in an address, in a form and with what is kept."""
    if not _KEY.fullmatch(key):
        raise ValueError(
            f"{name}: must be small letters, digits and _, at most {LONGEST_KEY} of them, "
            f"not {key[:60]!r}"
        )


def _check_phases(variant: Variant) -> None:
    if len(variant.phases) < LEAST_PHASES:
        raise ValueError("phases: a course has a beginning and an end: two at least")
    elastic = [phase.key for phase in variant.phases if phase.sessions is None]
    if len(elastic) != 1:
        raise ValueError(
            "phases: exactly one phase takes what is left (no sessions), "
            f"not {len(elastic)}: {', '.join(elastic) or 'none'}"
        )
    fixed = sum(phase.sessions or 0 for phase in variant.phases)
    if fixed >= variant.sessions.least:
        raise ValueError(
            f"phases: {fixed} sessions are fixed, "
            f"but a course may have only {variant.sessions.least}"
        )
    for phase in variant.phases:
        keys = {task.key for task in phase.tasks}
        for key in phase.from_session:
            if key not in keys:
                raise ValueError(
                    f"phase {phase.key!r} lets a task {key!r} wait that it has not"
                )


def _check_keys(variant: Variant) -> None:
    groups: dict[str, list[str]] = {
        "phases": [phase.key for phase in variant.phases],
        "tasks": [task.key for phase in variant.phases for task in phase.tasks],
        "problem_areas": [area.key for area in variant.problem_areas],
        "techniques": [technique.key for technique in variant.techniques],
        "measures": [scheduled.measure for scheduled in variant.measures],
        "exclusions": [exclusion.key for exclusion in variant.exclusions],
        "requirements": [wanted.key for wanted in variant.requirements],
        "extra_sessions": [extra.key for extra in variant.extra_sessions],
        "statements": [told.key for told in variant.statements],
        "sources": [source.key for source in variant.sources],
    }
    for name, keys in groups.items():
        _check_group(name, keys)


def _check_areas(variant: Variant) -> None:
    """Raise where what is written down for an area could not be told apart by its key."""
    for area in variant.problem_areas:
        groups = {
            "questions": [one.key for one in area.questions],
            "goals": [one.key for one in area.goals],
            "strategies": [one.key for one in area.strategies],
            "stages": [one.key for one in area.stages],
            "details": [one.key for one in area.details],
        }
        for name, keys in groups.items():
            _check_group(f"{area.key}.{name}", keys)


def _check_group(name: str, keys: list[str]) -> None:
    for key in keys:
        _check_key(name, key)
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise ValueError(f"{name}: {twice[0]!r} is there twice")


def _check_sources(variant: Variant) -> None:
    known = {source.key: source for source in variant.sources}
    for part in sourced_parts(variant):
        if part.source not in known:
            raise ValueError(
                f"source {part.source!r} is neither among the sources of the file nor "
                "in the library"
            )
        if part.verified and not known[part.source].vouches:
            raise ValueError(
                f"source {part.source!r} does not vouch for anything, so what names it "
                "cannot be verified = true"
            )
