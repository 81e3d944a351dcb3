"""The weekly overview: the hard moments of a week, and what to try instead."""

from .content import has_moment, moment_in, with_moment, without_moment
from .form import HardMoment, WholeWeek, moment_initial
from .page import KEY, MOST_MOMENTS, WeekPage, page_of, shown_part
from .pattern import WeekMarks, current_of, pattern_of
from .summary import summary_of

__all__ = [
    "KEY",
    "MOST_MOMENTS",
    "HardMoment",
    "WeekMarks",
    "WeekPage",
    "WholeWeek",
    "current_of",
    "has_moment",
    "moment_in",
    "moment_initial",
    "page_of",
    "pattern_of",
    "shown_part",
    "summary_of",
    "with_moment",
    "without_moment",
]
