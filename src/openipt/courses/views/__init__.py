"""Pages of a course."""

from .course import course
from .focus import end_focus, focus
from .starting import FIELD_OF, START_DRAFT, days, invite, start

__all__ = [
    "FIELD_OF",
    "START_DRAFT",
    "course",
    "days",
    "end_focus",
    "focus",
    "invite",
    "start",
]
