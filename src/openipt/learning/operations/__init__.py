"""What changes what is read and suggested."""

from .reading import mark_read, open_reading
from .suggesting import suggest, take_back

__all__ = ["mark_read", "open_reading", "suggest", "take_back"]
