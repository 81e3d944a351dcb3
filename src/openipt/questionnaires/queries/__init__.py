"""What is asked, what is being answered, and what came of it."""

from .due import (
    RESUMES_WITHIN,
    Asking,
    Due,
    asking_for,
    asking_of,
    closed_measures,
    due_for,
    minutes_for,
)
from .openings import measures_of, overdue
from .results import (
    Result,
    answering_of,
    attended_on,
    drawn,
    first_result,
    history,
    history_of,
    latest_scores,
    own_answering,
    trajectory_for,
)
from .sheets import Question, Sheet, check_open, sheet_for, sheet_of

__all__ = [
    "RESUMES_WITHIN",
    "Asking",
    "Due",
    "Question",
    "Result",
    "Sheet",
    "answering_of",
    "asking_for",
    "asking_of",
    "attended_on",
    "check_open",
    "closed_measures",
    "drawn",
    "due_for",
    "first_result",
    "history",
    "history_of",
    "latest_scores",
    "measures_of",
    "minutes_for",
    "overdue",
    "own_answering",
    "sheet_for",
    "sheet_of",
    "trajectory_for",
]
