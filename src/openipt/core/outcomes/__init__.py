"""What changed between two scores, and whether the change is more than chance."""

from .change import (
    Change,
    below_cutoff,
    change,
    is_case,
    recovered,
    reliable_change_index,
)

__all__ = [
    "Change",
    "below_cutoff",
    "change",
    "is_case",
    "recovered",
    "reliable_change_index",
]
