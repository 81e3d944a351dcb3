"""Questionnaires as data: their words, their scoring, what a score means."""

from .in_words import MeasureInWords, OptionInWords, QuestionInWords
from .loading import build_measure, find_measure, load_measures
from .model import Measure
from .parts import (
    LEVELS,
    Band,
    Example,
    Extra,
    Item,
    Level,
    Licence,
    MissingRule,
    NotInThisLanguage,
    Option,
    RiskRule,
    Source,
    Threshold,
    Words,
)
from .report import report_dict, report_line
from .scoring import Score, score

__all__ = [
    "LEVELS",
    "Band",
    "Example",
    "Extra",
    "Item",
    "Level",
    "Licence",
    "Measure",
    "MeasureInWords",
    "MissingRule",
    "NotInThisLanguage",
    "Option",
    "OptionInWords",
    "QuestionInWords",
    "RiskRule",
    "Score",
    "Source",
    "Threshold",
    "Words",
    "build_measure",
    "find_measure",
    "load_measures",
    "report_dict",
    "report_line",
    "score",
]
