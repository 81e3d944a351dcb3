"""Forms of a course. They check and give the domain's types; they never save."""

from .focus import FocusForm, StageForm, begun_with_focus, begun_with_issue
from .goals import GoalForm, RateForm, begun_with_goal
from .issues import IssueForm, OrderForm, begun_with
from .starting import KNOWN, NEW, OLDEST, ContractFields, StartForm, named

__all__ = [
    "KNOWN",
    "NEW",
    "OLDEST",
    "ContractFields",
    "FocusForm",
    "GoalForm",
    "IssueForm",
    "OrderForm",
    "RateForm",
    "StageForm",
    "StartForm",
    "begun_with",
    "begun_with_focus",
    "begun_with_goal",
    "begun_with_issue",
    "named",
]
