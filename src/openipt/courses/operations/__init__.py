"""What changes in a course."""

from .care import hand_over, invite
from .ending import (
    end_course,
    keep_words,
    raise_ending,
    record_outreach,
)
from .focus import end_focus, set_focus
from .papers import ask_for_paper, drop_paper, keep_paper
from .scores import record_score
from .starting import (
    AlreadyOpen,
    NewPerson,
    OutOfBounds,
    Plan,
    ReasonWanted,
    intake_of,
    slots_of,
    start_course,
)

__all__ = [
    "AlreadyOpen",
    "NewPerson",
    "OutOfBounds",
    "Plan",
    "ReasonWanted",
    "ask_for_paper",
    "drop_paper",
    "end_course",
    "end_focus",
    "hand_over",
    "intake_of",
    "invite",
    "keep_paper",
    "keep_words",
    "raise_ending",
    "record_outreach",
    "record_score",
    "set_focus",
    "slots_of",
    "start_course",
]
