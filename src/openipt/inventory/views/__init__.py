"""Pages of the people in a life, for the person and for their care team."""

from .own import own_add, own_change, own_move, own_people, own_remove, own_share
from .scales import enter_scale, scales, set_scale_aside
from .staff import add, change, move, note_agreement, people_of, remove

__all__ = [
    "add",
    "change",
    "enter_scale",
    "move",
    "note_agreement",
    "own_add",
    "own_change",
    "own_move",
    "own_people",
    "own_remove",
    "own_share",
    "people_of",
    "remove",
    "scales",
    "set_scale_aside",
]
