"""A course: its contract, what is hard, focus, goals, ending, and facts for lists."""

from .contract import Contract
from .course import Course, CourseFact, CourseState
from .ending import Ending, EndingVersion, Outreach, Paper
from .focus import Focus, FocusVersion
from .goals import Goal, GoalRating, GoalVersion
from .issues import HARDEST, Issue, IssueVersion

__all__ = [
    "HARDEST",
    "Contract",
    "Course",
    "CourseFact",
    "CourseState",
    "Ending",
    "EndingVersion",
    "Focus",
    "FocusVersion",
    "Goal",
    "GoalRating",
    "GoalVersion",
    "Issue",
    "IssueVersion",
    "Outreach",
    "Paper",
]
