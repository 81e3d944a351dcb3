"""What a variant of IPT is; bad data are refused when it is made."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, get_args

from .areas import AreaSet, ProblemArea
from .checking import check_variant, sourced_parts
from .parts import (
    BetweenSessions,
    EndingRule,
    Exclusion,
    ExtraSessions,
    FocusRule,
    GroupSize,
    Phase,
    Requirement,
    ScheduledMeasure,
    Source,
    Span,
    Statement,
    Technique,
)

Family = Literal["individual", "maintenance", "group"]
FAMILIES: tuple[Family, ...] = get_args(Family)

Stage = Literal["acute", "prevention", "triage", "maintenance"]
STAGES: tuple[Stage, ...] = get_args(Stage)


class Lineage(StrEnum):
    """The schools of IPT; they disagree on phases, areas and the word for the end."""

    COLUMBIA = "columbia"
    UK = "uk"
    IOWA = "iowa"
    WILFLEY = "wilfley"
    WHO = "who"
    OTHER = "other"
    """Made by people whose school nobody has read about here."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """One way of doing IPT in one version; courses keep id and version.

    `days_between` is the usual time from one session to the next. `usual_sessions` and
    `usual_minutes` are what a form begins with. `window` is how many sessions a contract
    can have at all where that is more than the variant's own range. `other_areas` are those
    that it does not name. A retired variant is not offered any more; courses that began
    with it go on.
    """

    id: str
    version: str
    lineage: Lineage
    name: str
    summary: str
    family: Family
    stage: Stage
    sessions: Span
    usual_sessions: int
    minutes: Span
    usual_minutes: int
    days_between: int
    phases: tuple[Phase, ...]
    problem_areas: tuple[ProblemArea, ...]
    area_set: AreaSet
    techniques: tuple[Technique, ...]
    measures: tuple[ScheduledMeasure, ...]
    between_sessions: BetweenSessions
    foci: FocusRule
    ending: EndingRule
    conditions: tuple[str, ...]
    statements: tuple[Statement, ...]
    sources: tuple[Source, ...]
    other_areas: tuple[ProblemArea, ...] = ()
    window: Span | None = None
    ages: Span | None = None
    group: GroupSize | None = None
    exclusions: tuple[Exclusion, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    extra_sessions: tuple[ExtraSessions, ...] = ()
    based_on: str = ""
    continues_with: tuple[str, ...] = ()
    retired: bool = False

    def __post_init__(self) -> None:
        check_variant(self)

    @property
    def named_sources(self) -> tuple[Source, ...]:
        """The sources that something of this variant names."""
        named = {part.source for part in sourced_parts(self)}
        return tuple(source for source in self.sources if source.key in named)

    @property
    def shown_areas(self) -> tuple[ProblemArea, ...]:
        """The problem areas whose source was read."""
        return tuple(area for area in self.problem_areas if area.verified)

    @property
    def known_areas(self) -> tuple[ProblemArea, ...]:
        """Every area that a course can have: its own, and what was taken up beside them."""
        return (*self.problem_areas, *self.other_areas)

    @property
    def offered_areas(self) -> tuple[ProblemArea, ...]:
        """What a course is offered: others too where the choice of areas is a proposal."""
        if self.area_set.verified:
            return self.shown_areas
        others = tuple(area for area in self.other_areas if area.verified)
        return (*self.shown_areas, *others)

    @property
    def shown_extra_sessions(self) -> tuple[ExtraSessions, ...]:
        """The meetings beside the numbered sessions whose source was read."""
        return tuple(extra for extra in self.extra_sessions if extra.verified)

    @property
    def shown_statements(self) -> tuple[Statement, ...]:
        """The statements whose source was read."""
        return tuple(told for told in self.statements if told.verified)

    @property
    def shown_techniques(self) -> tuple[Technique, ...]:
        """The techniques whose source was read."""
        return tuple(technique for technique in self.techniques if technique.verified)

    @property
    def shown_exclusions(self) -> tuple[Exclusion, ...]:
        """The exclusions whose source was read."""
        return tuple(exclusion for exclusion in self.exclusions if exclusion.verified)

    def phase(self, key: str) -> Phase:
        """Return a phase by its key; raises `LookupError`."""
        for phase in self.phases:
            if phase.key == key:
                return phase
        raise LookupError(f"{self.id} has no phase {key!r}")

    def area(self, key: str) -> ProblemArea:
        """Return a problem area by its key; raises `LookupError`."""
        for area in self.problem_areas:
            if area.key == key:
                return area
        raise LookupError(f"{self.id} has no problem area {key!r}")

    def source(self, key: str) -> Source:
        """Return a source by its key; raises `LookupError`."""
        for source in self.sources:
            if source.key == key:
                return source
        raise LookupError(f"{self.id} has no source {key!r}")
