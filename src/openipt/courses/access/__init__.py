"""Each question about courses, answered with the reason or an empty string for yes."""

from .ending import CLOSING, refusal_of_ended, refusal_of_words, refusal_to_end
from .findings import in_words, reason_wanted, refusal_of
from .focus import findings_of_focus, refusal_to_focus
from .issues import (
    MOST_GOALS,
    MOST_ISSUES,
    is_own,
    may_name_people,
    refusal_of_goal,
    refusal_to_add_goal,
    refusal_to_add_issue,
    refusal_to_write,
)
from .plan import (
    findings_of_change,
    reason_for_role,
    refusal_of_fewer,
    refusal_of_overrun,
    refusal_to_answer,
    refusal_to_note_answer,
    refusal_to_open,
)
from .starting import (
    EARLIEST_START,
    LATEST_START,
    MINUTES,
    findings_of,
    refusal_of_first_day,
    refusal_of_second_course,
    refusal_to_invite,
    refusal_to_start,
)

__all__ = [
    "CLOSING",
    "EARLIEST_START",
    "LATEST_START",
    "MINUTES",
    "MOST_GOALS",
    "MOST_ISSUES",
    "findings_of",
    "findings_of_change",
    "findings_of_focus",
    "in_words",
    "is_own",
    "may_name_people",
    "reason_for_role",
    "reason_wanted",
    "refusal_of",
    "refusal_of_ended",
    "refusal_of_fewer",
    "refusal_of_first_day",
    "refusal_of_goal",
    "refusal_of_overrun",
    "refusal_of_second_course",
    "refusal_of_words",
    "refusal_to_add_goal",
    "refusal_to_add_issue",
    "refusal_to_answer",
    "refusal_to_end",
    "refusal_to_focus",
    "refusal_to_invite",
    "refusal_to_note_answer",
    "refusal_to_open",
    "refusal_to_start",
    "refusal_to_write",
]
