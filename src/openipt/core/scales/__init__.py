"""Scales on attachment and support, for understanding a person; they choose no treatment.

Their questions are not shipped where the terms of their text are not settled: a service
asks them from its own copy, and here they are added up.
"""

from .loading import load_scales
from .model import Part, Scale
from .scoring import scores_of

__all__ = ["Part", "Scale", "load_scales", "scores_of"]
