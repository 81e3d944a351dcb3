"""What is typed about a life. Forms check and give values; they never save."""

from .people import LONGEST, SPREAD, YEAR, MoveForm, TieForm, TimesForm, begun_with

__all__ = [
    "LONGEST",
    "SPREAD",
    "YEAR",
    "MoveForm",
    "TieForm",
    "TimesForm",
    "begun_with",
]
