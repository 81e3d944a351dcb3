"""What changes in a course."""

from .care import hand_over, invite
from .contracts import DayWanted, agree_on_contract
from .ending import (
    end_course,
    keep_words,
    raise_ending,
    record_outreach,
)
from .focus import end_focus, set_focus
from .formulation import (
    agree_formulation,
    answer_formulation,
    note_spoken_agreement,
    show_formulation,
    write_formulation,
)
from .papers import ask_for_paper, drop_paper, keep_paper
from .phases import explain_long_beginning, open_phase, record_remission
from .plan import end_recovery_role, give_recovery_role, say_diagnosis
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
    "DayWanted",
    "NewPerson",
    "OutOfBounds",
    "Plan",
    "ReasonWanted",
    "agree_formulation",
    "agree_on_contract",
    "answer_formulation",
    "ask_for_paper",
    "drop_paper",
    "end_course",
    "end_focus",
    "end_recovery_role",
    "explain_long_beginning",
    "give_recovery_role",
    "hand_over",
    "intake_of",
    "invite",
    "keep_paper",
    "keep_words",
    "note_spoken_agreement",
    "open_phase",
    "raise_ending",
    "record_outreach",
    "record_remission",
    "record_score",
    "say_diagnosis",
    "set_focus",
    "show_formulation",
    "slots_of",
    "start_course",
    "write_formulation",
]
