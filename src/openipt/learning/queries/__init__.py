"""What is there to read, what was read, what is offered. Every question starts from the member."""

from .columns import columns_of_course, columns_of_person, split
from .course import CourseReadings, Told, line_of, readings_in, suggestion_for
from .own_part import Line, OwnPart, own_part_of
from .shelf import (
    Shelf,
    Standing,
    Suggested,
    offered,
    offers_of,
    own_shelf,
    reading_of,
    standing_of,
    state_of,
    suggestions_for,
)

__all__ = [
    "CourseReadings",
    "Line",
    "OwnPart",
    "Shelf",
    "Standing",
    "Suggested",
    "Told",
    "columns_of_course",
    "columns_of_person",
    "line_of",
    "offered",
    "offers_of",
    "own_part_of",
    "own_shelf",
    "reading_of",
    "readings_in",
    "split",
    "standing_of",
    "state_of",
    "suggestion_for",
    "suggestions_for",
]
