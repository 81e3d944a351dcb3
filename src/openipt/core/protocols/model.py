"""What a variant of IPT is; bad data are refused when it is made.

Texts are English and are translated where they are shown. A statement that nobody has
read in its source has `verified = False` and stays off the screens.
"""

from dataclasses import dataclass
from enum import StrEnum

from openipt.core.data_files import version_order


class Lineage(StrEnum):
    """The schools of IPT; they disagree on phases, areas and the word for the end."""

    COLUMBIA = "columbia"
    UK = "uk"
    IOWA = "iowa"
    WILFLEY = "wilfley"
    WHO = "who"


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Where a statement comes from."""

    key: str
    title: str
    address: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A range of whole numbers, both ends included."""

    least: int
    most: int
    source: str
    verified: bool

    def __post_init__(self) -> None:
        if not 1 <= self.least <= self.most:
            raise ValueError(f"runs from {self.least} to {self.most}")

    def __contains__(self, number: int) -> bool:
        """Return whether the number lies within."""
        return self.least <= number <= self.most


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseTask:
    """Something a phase is for.

    `minutes` is its share of a session when nothing else is on. A task that is not for
    every session is done once in its phase.
    """

    key: str
    title: str
    why: str
    minutes: int
    every_session: bool
    source: str
    verified: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Phase:
    """A stretch of sessions; `sessions` is None for the one that takes what is left."""

    key: str
    name: str
    sessions: int | None
    source: str
    verified: bool
    tasks: tuple[PhaseTask, ...]

    @property
    def shown_tasks(self) -> tuple[PhaseTask, ...]:
        """The tasks whose source was read."""
        return tuple(task for task in self.tasks if task.verified)


@dataclass(frozen=True, kw_only=True, slots=True)
class ProblemArea:
    """An area that a course can focus on."""

    key: str
    name: str
    choose_when: str
    source: str
    verified: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ScheduledMeasure:
    """A measure that the variant asks for, and how often."""

    measure: str
    every: str
    source: str
    verified: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class BetweenSessions:
    """What is agreed for the time between sessions; `word` is what pages call it."""

    word: str
    policy: str
    source: str
    verified: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """A sentence about the variant for the person who chooses it."""

    key: str
    text: str
    source: str
    verified: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """One way of doing IPT in one version; courses keep id and version."""

    id: str
    version: str
    lineage: Lineage
    name: str
    summary: str
    sessions: Span
    usual_sessions: int
    minutes: Span
    usual_minutes: int
    days_between: int
    phases: tuple[Phase, ...]
    problem_areas: tuple[ProblemArea, ...]
    measures: tuple[ScheduledMeasure, ...]
    between_sessions: BetweenSessions
    statements: tuple[Statement, ...]
    sources: tuple[Source, ...]

    def __post_init__(self) -> None:
        version_order(self.version)
        _check_phases(self)
        _check_keys(self)
        _check_sources(self)
        if self.usual_sessions not in self.sessions:
            raise ValueError(f"usual_sessions {self.usual_sessions} is out of range")
        if self.usual_minutes not in self.minutes:
            raise ValueError(f"usual_minutes {self.usual_minutes} is out of range")

    @property
    def shown_areas(self) -> tuple[ProblemArea, ...]:
        """The problem areas whose source was read."""
        return tuple(area for area in self.problem_areas if area.verified)

    @property
    def shown_statements(self) -> tuple[Statement, ...]:
        """The statements whose source was read."""
        return tuple(told for told in self.statements if told.verified)

    def phase(self, key: str) -> Phase:
        """Return a phase by its key; raises `LookupError`."""
        for phase in self.phases:
            if phase.key == key:
                return phase
        raise LookupError(f"{self.id} has no phase {key!r}")

    def source(self, key: str) -> Source:
        """Return a source by its key; raises `LookupError`."""
        for source in self.sources:
            if source.key == key:
                return source
        raise LookupError(f"{self.id} has no source {key!r}")


def _check_phases(variant: Variant) -> None:
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


def _check_keys(variant: Variant) -> None:
    groups = {
        "phases": [phase.key for phase in variant.phases],
        "tasks": [task.key for phase in variant.phases for task in phase.tasks],
        "problem_areas": [area.key for area in variant.problem_areas],
        "measures": [scheduled.measure for scheduled in variant.measures],
        "sources": [source.key for source in variant.sources],
    }
    for name, keys in groups.items():
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise ValueError(f"{name}: {twice[0]!r} is there twice")


def _check_sources(variant: Variant) -> None:
    known = {source.key for source in variant.sources}
    named = [variant.sessions.source, variant.minutes.source]
    named += [variant.between_sessions.source]
    named += [phase.source for phase in variant.phases]
    named += [task.source for phase in variant.phases for task in phase.tasks]
    named += [area.source for area in variant.problem_areas]
    named += [scheduled.source for scheduled in variant.measures]
    named += [told.source for told in variant.statements]
    for key in named:
        if key not in known:
            raise ValueError(f"source {key!r} is not among the sources of the file")
