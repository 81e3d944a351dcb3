"""Pages of readings, for the person and for their care team."""

from .course import course_readings, suggest, take_back
from .own import note_read, own_reading, own_readings
from .staff import reading, readings

__all__ = [
    "course_readings",
    "note_read",
    "own_reading",
    "own_readings",
    "reading",
    "readings",
    "suggest",
    "take_back",
]
