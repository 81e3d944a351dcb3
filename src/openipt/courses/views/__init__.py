"""Pages of a course."""

from .contract import contract, new_contract
from .course import course
from .focus import end_focus, focus
from .formulation import (
    agree_formulation,
    formulation,
    note_agreement,
    show_formulation,
    write_formulation,
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
from .starting import FIELD_OF, START_DRAFT, days, invite, start

__all__ = [
    "FIELD_OF",
    "START_DRAFT",
    "agree_formulation",
    "contract",
    "course",
    "days",
    "diagnosis",
    "end_focus",
    "end_recovery_role",
    "focus",
    "formulation",
    "give_recovery_role",
    "invite",
    "long_beginning",
    "new_contract",
    "note_agreement",
    "open_phase",
    "own_answer",
    "own_plan",
    "phase",
    "recovery_role",
    "remission",
    "say_diagnosis",
    "show_formulation",
    "start",
    "write_formulation",
]
