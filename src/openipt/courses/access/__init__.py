"""Each question about courses, answered with the reason or an empty string for yes."""

from .afterwards import (
    has_account,
    latest_decision,
    maintenance_variants,
    may_read_plan,
    open_at_the_end,
    refusal_of_continuing,
    refusal_of_plan,
    refusal_to_continue,
)
from .ending import CLOSING, refusal_of_ended, refusal_of_words, refusal_to_end
from .findings import in_words, reason_wanted, refusal_of
from .focus import refusal_to_focus
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
    "findings_of",
    "has_account",
    "in_words",
    "latest_decision",
    "maintenance_variants",
    "may_read_plan",
    "open_at_the_end",
    "reason_wanted",
    "refusal_of",
    "refusal_of_continuing",
    "refusal_of_ended",
    "refusal_of_first_day",
    "refusal_of_plan",
    "refusal_of_second_course",
    "refusal_of_words",
    "refusal_to_continue",
    "refusal_to_end",
    "refusal_to_focus",
    "refusal_to_invite",
    "refusal_to_start",
]
