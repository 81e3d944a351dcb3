"""Geometry of small charts: numbers for a drawing, no markup.

Every number is plain ASCII text with a point, whatever the language of the page.
"""

from .bars import Bar, BarPart, Bars, bars
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
    "Tick",
    "Trajectory",
    "bars",
    "spark",
    "trajectory",
]
