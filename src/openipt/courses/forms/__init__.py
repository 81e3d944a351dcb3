"""Forms of a course. They check and give the domain's types; they never save."""

from .afterwards import DecisionForm, LetterForm, PlanForm, WentForm, begun_with
from .focus import FocusForm
from .starting import KNOWN, NEW, OLDEST, ContractFields, GoingOn, StartForm, named

__all__ = [
    "KNOWN",
    "NEW",
    "OLDEST",
    "ContractFields",
    "DecisionForm",
    "FocusForm",
    "GoingOn",
    "LetterForm",
    "PlanForm",
    "StartForm",
    "WentForm",
    "begun_with",
    "named",
]
