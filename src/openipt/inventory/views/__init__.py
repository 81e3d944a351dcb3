"""Pages of the people in a life, for the person and for their care team."""

from .own import own_add, own_change, own_move, own_people, own_remove, own_share
from .staff import add, change, move, note_agreement, people_of, remove

__all__ = [
    "add",
    "change",
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
]
