"""A course: its contract, states, focus and ending, and its row of facts for lists."""

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
from .focus import Focus

__all__ = [
    "Contract",
    "Course",
    "CourseFact",
    "CourseState",
    "Ending",
    "EndingVersion",
    "Focus",
    "HowItWent",
    "Letter",
    "LetterVersion",
    "MaintenanceDecision",
    "Outreach",
    "Paper",
    "StayingWellPlan",
    "StayingWellVersion",
]
