"""What a session is for: the agenda, in minutes that add up.

The order is fixed: safety, how the person has been, what was tried, what they shared, what
the phase asks for, and the agreement for the week. Source of the order: IPT-UK, stages of
IPT; the minutes are a proposal of this product.
"""

from dataclasses import dataclass, replace
from typing import Literal

from openipt.core.protocols import Phase, PhaseTask
from openipt.core.sentences import Sentence, sentence

AgendaKind = Literal["risk", "measures", "tried", "shared", "phase", "closing"]

_ONCE_TASKS = 2
_SHORTEST = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasureChange:
    """A measure's newest total and the one before it; None if there is none."""

    name: str
    last: int | None
    previous: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """What the session meets. `shared` are summary lines, `tasks` what was agreed last.

    `done_tasks` are the keys of the phase's tasks that were already done.
    """

    session_number: int
    total_sessions: int
    minutes: int
    open_alerts: int = 0
    measures: tuple[MeasureChange, ...] = ()
    tasks: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    done_tasks: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.minutes < 1:
            raise ValueError(f"a session of {self.minutes} minutes has no agenda")


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaItem:
    """One point of the agenda; `notes` are lines of the person's own, not translated."""

    key: str
    title: Sentence
    why: Sentence
    minutes: int
    kind: AgendaKind
    notes: tuple[str, ...] = ()


def agenda(phase: Phase, situation: Situation) -> tuple[AgendaItem, ...]:
    """Return the points of a session in their order; the minutes add up to the session's.

    Points have weights that are scaled to the time there is, each at least one minute as
    long as there are as many minutes as points. Only tasks whose source was read appear.
    """
    wanted = [
        *_risk(situation),
        *_measures(situation),
        *_tried(situation),
        *_shared(situation),
        *_phase_items(phase, situation),
        _closing(situation),
    ]
    minutes = share_minutes([item.minutes for item in wanted], situation.minutes)
    return tuple(
        replace(item, minutes=given)
        for item, given in zip(wanted, minutes, strict=True)
    )


def share_minutes(weights: list[int], minutes: int) -> list[int]:
    """Return whole minutes in proportion to the weights that add up to `minutes`.

    By largest remainder after one minute each; earlier points win ties. With fewer
    minutes than points the first points get one each.
    """
    if minutes < len(weights):
        return [1 if place < minutes else 0 for place in range(len(weights))]
    spare, total = minutes - len(weights), sum(weights)
    shares = [1 + spare * weight // total for weight in weights]
    by_remainder = sorted(
        range(len(weights)), key=lambda place: -(spare * weights[place] % total)
    )
    for place in by_remainder[: minutes - sum(shares)]:
        shares[place] += 1
    return shares


def _risk(situation: Situation) -> list[AgendaItem]:
    if not situation.open_alerts:
        return []
    return [
        AgendaItem(
            key="risk",
            title=sentence("Talk about safety first"),
            why=sentence("An answer about safety is still open."),
            minutes=10,
            kind="risk",
        )
    ]


def _measures(situation: Situation) -> list[AgendaItem]:
    if not situation.measures:
        return []
    return [
        AgendaItem(
            key="measures",
            title=sentence("Look at the questionnaires and the week"),
            why=sentence("How have things been since you last met?"),
            minutes=_SHORTEST,
            kind="measures",
            notes=tuple(_told(measure) for measure in situation.measures),
        )
    ]


def _told(measure: MeasureChange) -> str:
    """Return a measure in figures and signs that need no translation: `PHQ-9: 11 (-2)`."""
    if measure.last is None:
        return f"{measure.name}: –"
    if measure.previous is None:
        return f"{measure.name}: {measure.last}"
    points = measure.last - measure.previous
    sign = "±" if points == 0 else "+" if points > 0 else "\N{MINUS SIGN}"
    return f"{measure.name}: {measure.last} ({sign}{abs(points)})"


def _tried(situation: Situation) -> list[AgendaItem]:
    if not situation.tasks:
        return []
    return [
        AgendaItem(
            key="tried",
            title=sentence("Hear what came of what you agreed"),
            why=sentence(
                "What was tried opens the session; so does what stood in the way."
            ),
            minutes=_SHORTEST,
            kind="tried",
            notes=situation.tasks,
        )
    ]


def _shared(situation: Situation) -> list[AgendaItem]:
    if not situation.shared:
        return []
    return [
        AgendaItem(
            key="shared",
            title=sentence("Talk about what they shared with you"),
            why=sentence("They chose to let you read it."),
            minutes=10,
            kind="shared",
            notes=situation.shared,
        )
    ]


def _phase_items(phase: Phase, situation: Situation) -> list[AgendaItem]:
    tasks = phase.tasks_in(situation.session_number)
    once = [
        task
        for task in tasks
        if not task.every_session and task.key not in situation.done_tasks
    ]
    now = {task.key for task in once[:_ONCE_TASKS]}
    return [
        _phase_item(task) for task in tasks if task.every_session or task.key in now
    ]


def _phase_item(task: PhaseTask) -> AgendaItem:
    return AgendaItem(
        key=task.key,
        title=Sentence(task.title),
        why=Sentence(task.why),
        minutes=task.minutes,
        kind="phase",
    )


def _closing(situation: Situation) -> AgendaItem:
    return AgendaItem(
        key="closing",
        title=sentence("Agree what to try this week"),
        why=sentence(
            "Say where you are: session {number} of {total}.",
            number=situation.session_number,
            total=situation.total_sessions,
        ),
        minutes=_SHORTEST,
        kind="closing",
    )
