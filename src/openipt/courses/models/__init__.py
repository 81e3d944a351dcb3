"""A course: its contract, what is hard, focus, goals, ending, and facts for lists."""

from .afterwards import (
    HowItWent,
    Letter,
    LetterVersion,
    MaintenanceDecision,
    StayingWellPlan,
    StayingWellVersion,
)
from .contract import Contract
from .course import Course, CourseFact, CourseState
from .ending import Ending, EndingVersion, Outreach, Paper
from .focus import Focus, FocusVersion
from .formulation import Formulation, FormulationAnswer
from .goals import Goal, GoalRating, GoalVersion
from .issues import HARDEST, Issue, IssueVersion
from .plan import Diagnosis, PhaseEntry, RecoveryRole, Remission

__all__ = [
    "HARDEST",
    "Contract",
    "Course",
    "CourseFact",
    "CourseState",
    "Diagnosis",
    "Ending",
    "EndingVersion",
    "Focus",
    "FocusVersion",
    "Formulation",
    "FormulationAnswer",
    "Goal",
    "GoalRating",
    "GoalVersion",
    "HowItWent",
    "Issue",
    "IssueVersion",
    "Letter",
    "LetterVersion",
    "MaintenanceDecision",
    "Outreach",
    "Paper",
    "PhaseEntry",
    "RecoveryRole",
    "Remission",
    "StayingWellPlan",
    "StayingWellVersion",
]
