"""What changes in a course."""

from .afterwards import (
    Decided,
    Told,
    afterwards_of,
    decide_maintenance,
    say_how_it_went,
    write_plan,
)
from .answers import record_answer
from .care import hand_over, invite
from .contracts import DayWanted, agree_on_contract
from .ending import DespiteWanted, end_course, keep_words, raise_ending, record_outreach
from .focus import (
    DetailsMissing,
    Noted,
    change_focus,
    end_focus,
    move_stage,
    set_focus,
    take_end_back,
)
from .formulation import (
    agree_formulation,
    answer_formulation,
    note_spoken_agreement,
    show_formulation,
    write_formulation,
)
from .goals import GoalSaid, Rated, add_goal, change_goal, end_goal, rate_goal
from .issues import IssueSaid, add_issue, change_issue, order_issues, remove_issue
from .letters import give_letter, keep_letter, write_letter
from .papers import ask_for_paper, drop_paper, keep_paper
from .phases import explain_long_beginning, open_phase, record_remission
from .plan import end_recovery_role, give_recovery_role, lock_open, say_diagnosis
from .starting import (
    AlreadyOpen,
    GoesOn,
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
    "Decided",
    "DespiteWanted",
    "DetailsMissing",
    "GoalSaid",
    "GoesOn",
    "IssueSaid",
    "NewPerson",
    "Noted",
    "OutOfBounds",
    "Plan",
    "Rated",
    "ReasonWanted",
    "Told",
    "add_goal",
    "add_issue",
    "afterwards_of",
    "agree_formulation",
    "agree_on_contract",
    "answer_formulation",
    "ask_for_paper",
    "change_focus",
    "change_goal",
    "change_issue",
    "decide_maintenance",
    "drop_paper",
    "end_course",
    "end_focus",
    "end_goal",
    "end_recovery_role",
    "explain_long_beginning",
    "give_letter",
    "give_recovery_role",
    "hand_over",
    "intake_of",
    "invite",
    "keep_letter",
    "keep_paper",
    "keep_words",
    "lock_open",
    "move_stage",
    "note_spoken_agreement",
    "open_phase",
    "order_issues",
    "raise_ending",
    "rate_goal",
    "record_answer",
    "record_outreach",
    "record_remission",
    "remove_issue",
    "say_diagnosis",
    "say_how_it_went",
    "set_focus",
    "show_formulation",
    "slots_of",
    "start_course",
    "take_end_back",
    "write_formulation",
    "write_letter",
    "write_plan",
]
