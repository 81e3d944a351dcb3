"""What is typed about a life. Forms check and give values; they never save."""

from .people import LONGEST, SPREAD, MoveForm, TieForm, TimesForm, begun_with
from .scales import ScaleForm
from .timeline import LONGEST_EVENT, EventForm, event_begun_with

__all__ = [
    "LONGEST",
    "LONGEST_EVENT",
    "SPREAD",
    "EventForm",
    "MoveForm",
    "ScaleForm",
    "TieForm",
    "TimesForm",
    "begun_with",
    "event_begun_with",
]
