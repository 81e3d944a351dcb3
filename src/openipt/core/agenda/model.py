"""What a session meets, and what its agenda is made of."""

from dataclasses import dataclass
from typing import Literal

from openipt.core.protocols import ProblemArea
from openipt.core.protocols.parts import Page
from openipt.core.sentences import Sentence

AgendaKind = Literal[
    "risk", "missed", "measures", "tried", "shared", "carried", "focus", "phase",
    "ending", "own", "closing",
]  # fmt: skip

TASK = "task:"
"""With what the key of a point begins that is a task of the phase.

A file names its tasks as it likes; none of them takes the place of another point.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasureChange:
    """A measure's newest total and the one before it; None if there is none."""

    name: str
    last: int | None
    previous: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FocusWork:
    """A focus of the course: its area, and the key of the stage it has come to, if any.

    `about` and `details` are what was written down of it in somebody's own words; each
    detail stands under its label.
    """

    area: ProblemArea
    stage: str = ""
    about: str = ""
    details: tuple[tuple[Sentence, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Carried:
    """A point that the session before left for this one.

    Either `words` that somebody typed, or the `title` of a point that was generated.
    """

    key: str
    minutes: int
    words: str = ""
    title: Sentence | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """What the session meets. `shared` are summary lines, `tasks` what was agreed last.

    `done_tasks` are the keys of the phase's tasks that were already done. `candidates`
    are areas that the circle points to while no focus has been chosen. `ending_raised`
    is whether the two have spoken about the ending.
    """

    session_number: int
    total_sessions: int
    minutes: int
    open_alerts: int = 0
    missed_last: bool = False
    measures: tuple[MeasureChange, ...] = ()
    tasks: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    carried: tuple[Carried, ...] = ()
    foci: tuple[FocusWork, ...] = ()
    candidates: tuple[ProblemArea, ...] = ()
    done_tasks: frozenset[str] = frozenset()
    ending_raised: bool = False

    def __post_init__(self) -> None:
        if self.minutes < 1:
            raise ValueError(f"a session of {self.minutes} minutes has no agenda")


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaItem:
    """One point of the agenda: what it is, why it is here, where that comes from.

    `notes` are lines of the person's own and `words` a title that somebody typed: neither
    is translated. `points` are what the work of an area is made of, `details` what was
    written down of a focus. `source` is empty where the point is a proposal of this product.
    `task` is the key of the phase's task that it is, `opens` the page where it is done.
    """

    key: str
    title: Sentence
    why: Sentence
    minutes: int
    kind: AgendaKind
    source: str = ""
    words: str = ""
    notes: tuple[str, ...] = ()
    points: tuple[Sentence, ...] = ()
    details: tuple[tuple[Sentence, str], ...] = ()
    task: str = ""
    opens: Page = ""
    is_carried: bool = False
    """Left over from the session before."""
