"""The people in a life: what can be said of each, and how close they are."""

from .loading import load_choices
from .model import FARTHEST, SHAPES, TEXTS, Choice, Choices, Ring, Shape, Standing, Tie
from .reading import as_content, tie_of

__all__ = [
    "FARTHEST",
    "SHAPES",
    "TEXTS",
    "Choice",
    "Choices",
    "Ring",
    "Shape",
    "Standing",
    "Tie",
    "as_content",
    "load_choices",
    "tie_of",
]
