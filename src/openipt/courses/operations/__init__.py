"""What changes in a course."""

from .care import hand_over, invite
from .ending import (
    end_course,
    keep_words,
    raise_ending,
    record_outreach,
)
from .focus import (
    DetailsMissing,
    Noted,
    change_focus,
    end_focus,
    move_stage,
    set_focus,
)
from .goals import GoalSaid, Rated, add_goal, change_goal, end_goal, rate_goal
from .issues import IssueSaid, add_issue, change_issue, order_issues, remove_issue
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
    "DetailsMissing",
    "GoalSaid",
    "IssueSaid",
    "NewPerson",
    "Noted",
    "OutOfBounds",
    "Plan",
    "Rated",
    "ReasonWanted",
    "add_goal",
    "add_issue",
    "ask_for_paper",
    "change_focus",
    "change_goal",
    "change_issue",
    "drop_paper",
    "end_course",
    "end_focus",
    "end_goal",
    "hand_over",
    "intake_of",
    "invite",
    "keep_paper",
    "keep_words",
    "move_stage",
    "order_issues",
    "raise_ending",
    "rate_goal",
    "record_outreach",
    "record_score",
    "remove_issue",
    "set_focus",
    "slots_of",
    "start_course",
]
