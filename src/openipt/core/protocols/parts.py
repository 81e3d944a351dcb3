"""What a variant is made of. Texts are English and are translated where they are shown.

A statement that nobody has read in its source has `verified = False` and stays off the
screens as a fact.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, get_args

Need = Literal[
    "diagnosis", "recovery_role", "inventory", "timeline", "focus", "formulation",
    "contract", "prescriber", "remission",
]  # fmt: skip
"""What a phase may ask for before it opens."""
NEEDS: tuple[Need, ...] = get_args(Need)

Page = Literal[
    "", "diagnosis", "recovery_role", "inventory", "timeline", "focus", "formulation",
    "contract", "goals", "progress", "ending", "relapse_plan", "maintenance",
]  # fmt: skip
"""Where a task is done; empty where it is done by talking."""
PAGES: tuple[Page, ...] = get_args(Page)

Every = Literal["session", "fourth_session"]
EVERY: tuple[Every, ...] = get_args(Every)

FOURTH = 4

Policy = Literal["none_formal", "work_at_home", "homework", "expected", "not_stated"]
POLICIES: tuple[Policy, ...] = get_args(Policy)

When = Literal["before", "middle", "after", "any"]
WHENS: tuple[When, ...] = get_args(When)

Severity = Literal["error", "warning", "information"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Where a statement comes from.

    A copy, general knowledge or this product's own proposal does not vouch: what names it
    cannot be verified.
    """

    key: str
    title: str
    address: str = ""
    vouches: bool = True


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
    every session is done once in its phase. `opens` is the page where it is done; with
    `by_hand` it asks more than that something stands there, and only a tick does it.
    """

    key: str
    title: str
    why: str
    minutes: int
    every_session: bool
    source: str
    verified: bool
    opens: Page = ""
    by_hand: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Phase:
    """A stretch of sessions; `sessions` is None for the one that takes what is left.

    `needs` is what must be there before it opens. `from_session` names tasks that wait
    for a session, counted from the start of the course.
    """

    key: str
    name: str
    sessions: int | None
    source: str
    verified: bool
    tasks: tuple[PhaseTask, ...]
    needs: tuple[Need, ...] = ()
    from_session: Mapping[str, int] = field(
        default_factory=lambda: MappingProxyType({})
    )

    @property
    def shown_tasks(self) -> tuple[PhaseTask, ...]:
        """The tasks whose source was read."""
        return tuple(task for task in self.tasks if task.verified)

    def tasks_in(self, session: int) -> tuple[PhaseTask, ...]:
        """Return the tasks to be shown in a session, counted from 1."""
        waits = self.from_session
        return tuple(
            task for task in self.shown_tasks if waits.get(task.key, 1) <= session
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class ScheduledMeasure:
    """A measure that the variant asks for, and how often: from the first session on."""

    measure: str
    every: Every
    source: str
    verified: bool

    @property
    def sessions(self) -> int:
        """How many sessions one answer stands for."""
        return FOURTH if self.every == "fourth_session" else 1

    @property
    def rhythm(self) -> str:
        """How often, in words."""
        return f"every {self.every.replace('_', ' ')}"


@dataclass(frozen=True, kw_only=True, slots=True)
class BetweenSessions:
    """What is agreed for the time between sessions."""

    word: str
    policy: Policy
    source: str
    verified: bool

    @property
    def shown_word(self) -> str:
        """What pages call what was agreed, or "" where the source has no word of its own.

        Where a form of its own is expected, `word` names that form, not what is agreed.
        """
        named = self.policy in ("homework", "work_at_home")
        return self.word if self.verified and named else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """A sentence about the variant for the person who chooses it."""

    key: str
    text: str
    source: str
    verified: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class FocusRule:
    """How many problem areas are worked on at a time, at most."""

    most: int
    source: str
    verified: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class EndingRule:
    """What the ending is called, and how many sessions before the last it is raised."""

    word: str
    raise_before: int
    source: str
    verified: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtraSessions:
    """Meetings beside the counted sessions: up to `most` of them.

    `after_session` is the session they follow, where the variant names one.
    """

    key: str
    name: str
    when: When
    most: int
    source: str
    verified: bool
    after_session: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Exclusion:
    """Whom the variant is not for; an error refuses, a warning asks for a reason.

    `condition` is the key of the condition that shows it, where one does.
    """

    key: str
    text: str
    severity: Severity
    source: str
    verified: bool
    condition: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Requirement:
    """What must be so for the variant to be right."""

    key: Need
    text: str
    source: str
    verified: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupSize:
    """How many members a group has, and how many people lead it."""

    least: int
    most: int
    leaders_least: int
    leaders_most: int
    source: str
    verified: bool

    def __post_init__(self) -> None:
        if not 1 <= self.least <= self.most:
            raise ValueError(f"members run from {self.least} to {self.most}")
        if not 1 <= self.leaders_least <= self.leaders_most:
            raise ValueError(
                f"leaders run from {self.leaders_least} to {self.leaders_most}"
            )


@dataclass(frozen=True, kw_only=True, slots=True)
class Technique:
    """What a therapist does in a session."""

    key: str
    name: str
    what: str
    source: str
    verified: bool
