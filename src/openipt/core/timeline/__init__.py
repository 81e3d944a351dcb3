"""What happened in a life, as it is remembered: when, of which kind, what it did."""

from .around import AFTER, BEFORE, around
from .loading import load_kinds
from .model import EFFECTS, SHAPES, Event, Kind, KindShape
from .moment import SEASONS, Moment, Season, year_in
from .reading import as_content, event_of
from .when import Fault, faults_of, is_year
from .words import days_in, fault_of_words

__all__ = [
    "AFTER",
    "BEFORE",
    "EFFECTS",
    "SEASONS",
    "SHAPES",
    "Event",
    "Fault",
    "Kind",
    "KindShape",
    "Moment",
    "Season",
    "around",
    "as_content",
    "days_in",
    "event_of",
    "fault_of_words",
    "faults_of",
    "is_year",
    "load_kinds",
    "year_in",
]
