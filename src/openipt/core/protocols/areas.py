"""The problem areas: how to recognise one, what the work is made of, what is noted."""

from dataclasses import dataclass
from typing import Literal, get_args

Counts = Literal["for", "against"]
COUNTS: tuple[Counts, ...] = get_args(Counts)

DetailKind = Literal["text", "time", "words", "person", "stage", "yes"]
DETAIL_KINDS: tuple[DetailKind, ...] = get_args(DetailKind)

DetailNeed = Literal["must", "should", "may"]
DETAIL_NEEDS: tuple[DetailNeed, ...] = get_args(DetailNeed)


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaPoint:
    """A goal, a strategy or a stage of an area, with where it comes from."""

    key: str
    text: str
    source: str
    verified: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaQuestion(AreaPoint):
    """A question in plain words; a yes speaks for the area or against it."""

    counts: Counts


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaDetail:
    """Something that is written down for a focus of this area.

    `need`: without it the focus is refused (must), warned about (should) or not (may);
    `rule` is the id of the rule that says so.
    """

    key: str
    label: str
    kind: DetailKind
    need: DetailNeed
    rule: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaSet:
    """That a variant works with just these areas: where that comes from."""

    source: str
    verified: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ProblemArea:
    """An area that a course can focus on.

    `plain` is what the person reads. `death` is true where it is about somebody who died
    (P11), `last_resort` where the others are considered first (P10), `only_named` where it
    is for no variant but those that name it.
    """

    key: str
    name: str
    plain: str
    choose_when: str
    source: str
    verified: bool
    questions: tuple[AreaQuestion, ...] = ()
    goals: tuple[AreaPoint, ...] = ()
    strategies: tuple[AreaPoint, ...] = ()
    stages: tuple[AreaPoint, ...] = ()
    details: tuple[AreaDetail, ...] = ()
    death: bool = False
    last_resort: bool = False
    only_named: bool = False

    def __post_init__(self) -> None:
        if any(detail.kind == "stage" for detail in self.details) and not self.stages:
            raise ValueError(f"area {self.key!r} asks for a stage but has none")

    @property
    def shown_questions(self) -> tuple[AreaQuestion, ...]:
        """The questions whose source was read."""
        return tuple(point for point in self.questions if point.verified)

    @property
    def shown_goals(self) -> tuple[AreaPoint, ...]:
        """The goals whose source was read."""
        return tuple(point for point in self.goals if point.verified)

    @property
    def shown_strategies(self) -> tuple[AreaPoint, ...]:
        """The strategies whose source was read."""
        return tuple(point for point in self.strategies if point.verified)

    @property
    def shown_stages(self) -> tuple[AreaPoint, ...]:
        """The stages whose source was read."""
        return tuple(point for point in self.stages if point.verified)

    def points(self) -> tuple[AreaPoint, ...]:
        """Return everything of the area that names a source."""
        return (*self.questions, *self.goals, *self.strategies, *self.stages)
