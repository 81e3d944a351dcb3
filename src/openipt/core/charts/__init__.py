"""Geometry of small charts: numbers for a drawing, no markup.

Every number is plain ASCII text with a point, whatever the language of the page."""

from .bars import Bar, BarPart, Bars, bars
from .circle import Circle, Dot, Move, Placed, circle_of, initials_of
from .ladder import Ladder, ladder
from .pair import Pair, pair
from .timeline import Timeline, timeline
from .told import Happened, Scores, Stretch, Told
from .trajectory import BandShape, Line, Mark, Tick, Trajectory, spark, trajectory

__all__ = [
    "BandShape",
    "Bar",
    "BarPart",
    "Bars",
    "Circle",
    "Dot",
    "Happened",
    "Ladder",
    "Line",
    "Mark",
    "Move",
    "Pair",
    "Placed",
    "Scores",
    "Stretch",
    "Tick",
    "Timeline",
    "Told",
    "Trajectory",
    "bars",
    "circle_of",
    "initials_of",
    "ladder",
    "pair",
    "spark",
    "timeline",
    "trajectory",
]
