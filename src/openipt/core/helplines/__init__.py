"""Help numbers: what to suggest to an administrator, what no longer answers, what a
number looks like, and when a checked number must be checked again."""

from .checking import Standing, expires_on, standing
from .loading import retired_number, retired_numbers, suggestions
from .model import Retired, Suggestion
from .numbers import LONGEST, digits_of, fault_of_number, fault_of_words

__all__ = [
    "LONGEST",
    "Retired",
    "Standing",
    "Suggestion",
    "digits_of",
    "expires_on",
    "fault_of_number",
    "fault_of_words",
    "retired_number",
    "retired_numbers",
    "standing",
    "suggestions",
]
