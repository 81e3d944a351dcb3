"""A course: its contract, states, plan, focus and ending, and its row of facts for lists."""

from .contract import Contract
from .course import Course, CourseFact, CourseState
from .ending import Ending, EndingVersion, Outreach, Paper
from .focus import Focus
from .formulation import Formulation, FormulationAnswer
from .plan import Diagnosis, PhaseEntry, RecoveryRole, Remission

__all__ = [
    "Contract",
    "Course",
    "CourseFact",
    "CourseState",
    "Diagnosis",
    "Ending",
    "EndingVersion",
    "Focus",
    "Formulation",
    "FormulationAnswer",
    "Outreach",
    "Paper",
    "PhaseEntry",
    "RecoveryRole",
    "Remission",
]
