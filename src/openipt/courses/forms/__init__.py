"""Forms of a course. They check and give the domain's types; they never save."""

from .afterwards import DecisionForm, LetterForm, PlanForm, WentForm, begun_with_plan
from .contract import NewContractForm, begun_with_contract
from .focus import (
    WHY_ENDED,
    EndFocusForm,
    FocusForm,
    StageForm,
    begun_with_focus,
    begun_with_issue,
)
from .goals import GoalForm, OwnRateForm, RateForm, begun_with_goal
from .issues import IssueForm, OrderForm, begun_with
from .plan import (
    AnswerForm,
    DiagnosisForm,
    FormulationForm,
    LongBeginningForm,
    RecoveryRoleForm,
    RemissionForm,
    SpokenForm,
    begun_with_diagnosis,
    begun_with_role,
    score_of_row,
)
from .starting import KNOWN, NEW, OLDEST, ContractFields, GoingOn, StartForm, named

__all__ = [
    "KNOWN",
    "NEW",
    "OLDEST",
    "WHY_ENDED",
    "AnswerForm",
    "ContractFields",
    "DecisionForm",
    "DiagnosisForm",
    "EndFocusForm",
    "FocusForm",
    "FormulationForm",
    "GoalForm",
    "GoingOn",
    "IssueForm",
    "LetterForm",
    "LongBeginningForm",
    "NewContractForm",
    "OrderForm",
    "OwnRateForm",
    "PlanForm",
    "RateForm",
    "RecoveryRoleForm",
    "RemissionForm",
    "SpokenForm",
    "StageForm",
    "StartForm",
    "WentForm",
    "begun_with",
    "begun_with_contract",
    "begun_with_diagnosis",
    "begun_with_focus",
    "begun_with_goal",
    "begun_with_issue",
    "begun_with_plan",
    "begun_with_role",
    "named",
    "score_of_row",
]
