"""Time and states of a course."""

from .calendar import Slot, appointments_on, week_of
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
    "CourseState",
    "Slot",
    "appointments_on",
    "may_go",
    "week_of",
]
