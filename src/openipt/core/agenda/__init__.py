"""What a session is for: the agenda, in minutes that add up, and what was made of it."""

from .headings import headings_for
from .minutes import share_minutes
from .model import (
    AgendaItem,
    AgendaKind,
    Carried,
    FocusWork,
    MeasureChange,
    Situation,
)
from .order import agenda
from .plan import (
    MOST_MINUTES,
    MOST_OWN,
    Plan,
    Planned,
    PlanPoint,
    arranged,
    as_content,
    carried_of,
    plan_of,
    snapshot,
)

__all__ = [
    "MOST_MINUTES",
    "MOST_OWN",
    "AgendaItem",
    "AgendaKind",
    "Carried",
    "FocusWork",
    "MeasureChange",
    "Plan",
    "PlanPoint",
    "Planned",
    "Situation",
    "agenda",
    "arranged",
    "as_content",
    "carried_of",
    "headings_for",
    "plan_of",
    "share_minutes",
    "snapshot",
]
