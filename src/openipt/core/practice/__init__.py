"""The kinds of pages a person's journal has: what a page holds and how it is cleaned."""

from .cleaning import Cleaned, Problem, clean
from .loading import build_kind, find_kind, load_kinds
from .model import Choice, Field, Kind, SummaryWords
from .summary import summary

__all__ = [
    "Choice",
    "Cleaned",
    "Field",
    "Kind",
    "Problem",
    "SummaryWords",
    "build_kind",
    "clean",
    "find_kind",
    "load_kinds",
    "summary",
]
