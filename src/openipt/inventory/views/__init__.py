"""Pages of the people in a life, for the person and for their care team."""

from .events import (
    add_event,
    change_event,
    own_add_event,
    own_change_event,
    own_remove_event,
    remove_event,
)
from .own import own_add, own_change, own_move, own_people, own_remove, own_share
from .scales import enter_scale, scales, set_scale_aside
from .staff import add, change, move, note_agreement, people_of, remove

__all__ = [
    "add",
    "add_event",
    "change",
    "change_event",
    "enter_scale",
    "move",
    "note_agreement",
    "own_add",
    "own_add_event",
    "own_change",
    "own_change_event",
    "own_move",
    "own_people",
    "own_remove",
    "own_remove_event",
    "own_share",
    "people_of",
    "remove",
    "remove_event",
    "scales",
    "set_scale_aside",
]
