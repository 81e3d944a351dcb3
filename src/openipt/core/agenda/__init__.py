"""What a session is for: the agenda, in minutes that add up, and what was made of it."""

from .headings import headings_for
from .minutes import share_minutes
from .model import (
    TASK,
    AgendaItem,
    AgendaKind,
    Carried,
    FocusWork,
    MeasureChange,
    Situation,
)
from .mood import FARTHEST, MoodMove, as_link_content, move_of
from .order import MOOD_LINK, agenda
from .plan import (
    MOST_MINUTES,
    MOST_OWN,
    OWN,
    Plan,
    Planned,
    PlanPoint,
    PointState,
    arranged,
    as_content,
    carried_of,
    plan_of,
    snapshot,
)
from .tasks import done_by_pages
from .work import FOCUS, candidates_of

__all__ = [
    "FARTHEST",
    "FOCUS",
    "MOOD_LINK",
    "MOST_MINUTES",
    "MOST_OWN",
    "OWN",
    "TASK",
    "AgendaItem",
    "AgendaKind",
    "Carried",
    "FocusWork",
    "MeasureChange",
    "MoodMove",
    "Plan",
    "PlanPoint",
    "Planned",
    "PointState",
    "Situation",
    "agenda",
    "arranged",
    "as_content",
    "as_link_content",
    "candidates_of",
    "carried_of",
    "done_by_pages",
    "headings_for",
    "move_of",
    "plan_of",
    "share_minutes",
    "snapshot",
]
