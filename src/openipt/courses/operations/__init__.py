"""What changes in a course."""

from .afterwards import (
    Decided,
    Told,
    afterwards_of,
    decide_maintenance,
    say_how_it_went,
    write_plan,
)
from .care import hand_over, invite
from .ending import (
    DespiteWanted,
    end_course,
    keep_words,
    raise_ending,
    record_outreach,
)
from .focus import end_focus, set_focus
from .letters import give_letter, keep_letter, write_letter
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
    "Decided",
    "DespiteWanted",
    "NewPerson",
    "OutOfBounds",
    "Plan",
    "ReasonWanted",
    "Told",
    "afterwards_of",
    "ask_for_paper",
    "decide_maintenance",
    "drop_paper",
    "end_course",
    "end_focus",
    "give_letter",
    "hand_over",
    "intake_of",
    "invite",
    "keep_letter",
    "keep_paper",
    "keep_words",
    "raise_ending",
    "record_outreach",
    "record_score",
    "say_how_it_went",
    "set_focus",
    "slots_of",
    "start_course",
    "write_letter",
    "write_plan",
]
