"""Forms of a course. They check and give the domain's types; they never save."""

from .focus import FocusForm
from .starting import KNOWN, NEW, OLDEST, ContractFields, StartForm, named

__all__ = [
    "KNOWN",
    "NEW",
    "OLDEST",
    "ContractFields",
    "FocusForm",
    "StartForm",
    "named",
]
