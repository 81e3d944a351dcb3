"""Time and states of a course."""

from .calendar import DAYS_OF_A_WEEK, Slot, Turn, age_on, appointments_on, session_by
from .endings import (
    OUTREACH_WAYS,
    EarlyReason,
    OutreachWay,
    ending_is_near,
    load_early_reasons,
)
from .states import (
    COURSE_STATES,
    COURSE_STEPS,
    OPEN_COURSE_STATES,
    CourseState,
    may_go,
)

__all__ = [
    "COURSE_STATES",
    "COURSE_STEPS",
    "DAYS_OF_A_WEEK",
    "OPEN_COURSE_STATES",
    "OUTREACH_WAYS",
    "CourseState",
    "EarlyReason",
    "OutreachWay",
    "Slot",
    "Turn",
    "age_on",
    "appointments_on",
    "ending_is_near",
    "load_early_reasons",
    "may_go",
    "session_by",
]
