"""Pages of a course."""

from .course import course
from .focus import change_focus, end_focus, focus, move_stage
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
from .starting import FIELD_OF, START_DRAFT, days, invite, start

__all__ = [
    "FIELD_OF",
    "START_DRAFT",
    "add_goal",
    "add_issue",
    "change_focus",
    "change_goal",
    "change_issue",
    "course",
    "days",
    "end_focus",
    "end_goal",
    "focus",
    "goals",
    "invite",
    "issues",
    "move_stage",
    "order_issues",
    "own_add_issue",
    "own_change_issue",
    "own_goals",
    "own_issues",
    "own_order_issues",
    "own_rate_goal",
    "own_remove_issue",
    "rate_goal",
    "remove_issue",
    "start",
]
