"""Geometry of small charts: numbers for a drawing, no markup.

Every number is plain ASCII text with a point, whatever the language of the page.
"""

from .trajectory import (
    BandShape,
    Line,
    Mark,
    Tick,
    Trajectory,
    spark,
    trajectory,
)

__all__ = ["BandShape", "Line", "Mark", "Tick", "Trajectory", "spark", "trajectory"]
