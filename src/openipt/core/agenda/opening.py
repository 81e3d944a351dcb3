"""What opens a session: safety, how the person has been, what came of the last one."""

from openipt.core.protocols import load_library
from openipt.core.sentences import sentence

from .model import AgendaItem, MeasureChange, Situation

SHORTEST = 5
_ORDER = "iptuk"
"""The source that says with what a session begins."""


def risk(situation: Situation) -> list[AgendaItem]:
    """Return the point about safety, if an answer is open."""
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


def missed(situation: Situation) -> list[AgendaItem]:
    """Return the point about a session that did not take place."""
    if not situation.missed_last:
        return []
    return [
        AgendaItem(
            key="missed",
            title=sentence("Start with what kept them away"),
            why=sentence("The last session did not take place. Ask, without blame."),
            minutes=SHORTEST,
            kind="missed",
        )
    ]


def measures(situation: Situation) -> list[AgendaItem]:
    """Return the point about symptoms and how they changed."""
    if not situation.measures:
        return []
    is_first = situation.session_number == 1
    return [
        AgendaItem(
            key="measures",
            title=sentence("Look at the questionnaires and the week"),
            why=sentence("How have things been lately?")
            if is_first
            else sentence("How have things been since you last met?"),
            minutes=SHORTEST,
            kind="measures",
            source="" if is_first else load_library().sources[_ORDER].title,
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


def tried(situation: Situation) -> list[AgendaItem]:
    """Return the point about what was agreed to be tried."""
    if not situation.tasks:
        return []
    return [
        AgendaItem(
            key="tried",
            title=sentence("Hear what came of what you agreed"),
            why=sentence(
                "What was tried opens the session; so does what stood in the way."
            ),
            minutes=SHORTEST,
            kind="tried",
            notes=situation.tasks,
        )
    ]


def shared(situation: Situation) -> list[AgendaItem]:
    """Return the point about pages that the person let be read."""
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
