"""What changes in a course."""

from .care import hand_over, invite
from .focus import end_focus, set_focus
from .scores import record_score
from .starting import (
    AlreadyOpen,
    NewPerson,
    OutOfBounds,
    Plan,
    ReasonWanted,
    slots_of,
    start_course,
)

__all__ = [
    "AlreadyOpen",
    "NewPerson",
    "OutOfBounds",
    "Plan",
    "ReasonWanted",
    "end_focus",
    "hand_over",
    "invite",
    "record_score",
    "set_focus",
    "slots_of",
    "start_course",
]
