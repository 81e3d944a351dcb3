"""Geometry of small charts: numbers for a drawing, no markup.

Every number is plain ASCII text with a point, whatever the language of the page.
"""

from .bars import Bar, BarPart, Bars, bars
from .pair import Pair, pair
from .trajectory import (
    BandShape,
    Line,
    Mark,
    Tick,
    Trajectory,
    spark,
    trajectory,
)

__all__ = [
    "BandShape",
    "Bar",
    "BarPart",
    "Bars",
    "Line",
    "Mark",
    "Pair",
    "Tick",
    "Trajectory",
    "bars",
    "pair",
    "spark",
    "trajectory",
]
