"""Forms of a course. They check and give the domain's types; they never save."""

from .contract import NewContractForm, begun_with_contract
from .focus import FocusForm
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
from .starting import KNOWN, NEW, OLDEST, ContractFields, StartForm, named

__all__ = [
    "KNOWN",
    "NEW",
    "OLDEST",
    "AnswerForm",
    "ContractFields",
    "DiagnosisForm",
    "FocusForm",
    "FormulationForm",
    "LongBeginningForm",
    "NewContractForm",
    "RecoveryRoleForm",
    "RemissionForm",
    "SpokenForm",
    "StartForm",
    "begun_with_contract",
    "begun_with_diagnosis",
    "begun_with_role",
    "named",
    "score_of_row",
]
