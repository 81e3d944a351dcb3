"""Pages of a course."""

from .contract import contract, new_contract
from .course import course
from .end_focus import end_focus, take_end_back
from .focus import change_focus, focus, move_stage
from .formulation import (
    agree_formulation,
    formulation,
    note_agreement,
    show_formulation,
    write_formulation,
)
from .goals import add_goal, change_goal, end_goal, goals, rate_goal
from .issues import add_issue, change_issue, issues, order_issues, remove_issue
from .own_goals import own_goals, own_rate_goal
from .own_issues import (
    own_add_issue,
    own_change_issue,
    own_issues,
    own_order_issues,
    own_remove_issue,
)
from .own_plan import own_answer, own_plan
from .phases import long_beginning, open_phase, phase, remission
from .plan import (
    diagnosis,
    end_recovery_role,
    give_recovery_role,
    recovery_role,
    say_diagnosis,
)
from .starting import FIELD_OF, START_DRAFT, days, invite, start, ways

__all__ = [
    "FIELD_OF",
    "START_DRAFT",
    "add_goal",
    "add_issue",
    "agree_formulation",
    "change_focus",
    "change_goal",
    "change_issue",
    "contract",
    "course",
    "days",
    "diagnosis",
    "end_focus",
    "end_goal",
    "end_recovery_role",
    "focus",
    "formulation",
    "give_recovery_role",
    "goals",
    "invite",
    "issues",
    "long_beginning",
    "move_stage",
    "new_contract",
    "note_agreement",
    "open_phase",
    "order_issues",
    "own_add_issue",
    "own_answer",
    "own_change_issue",
    "own_goals",
    "own_issues",
    "own_order_issues",
    "own_plan",
    "own_rate_goal",
    "own_remove_issue",
    "phase",
    "rate_goal",
    "recovery_role",
    "remission",
    "remove_issue",
    "say_diagnosis",
    "show_formulation",
    "start",
    "take_end_back",
    "ways",
    "write_formulation",
]
