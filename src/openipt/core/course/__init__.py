"""Time and states of a course."""

from .calendar import Slot, appointments_on, week_of
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
    "OPEN_COURSE_STATES",
    "OUTREACH_WAYS",
    "CourseState",
    "EarlyReason",
    "OutreachWay",
    "Slot",
    "appointments_on",
    "ending_is_near",
    "load_early_reasons",
    "may_go",
    "week_of",
]
