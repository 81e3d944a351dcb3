"""What is typed about a life. Forms check and give values; they never save."""

from .people import LONGEST, SPREAD, YEAR, MoveForm, TieForm, TimesForm, begun_with
from .scales import ScaleForm

__all__ = [
    "LONGEST",
    "SPREAD",
    "YEAR",
    "MoveForm",
    "ScaleForm",
    "TieForm",
    "TimesForm",
    "begun_with",
]
