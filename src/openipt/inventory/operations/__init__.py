"""What changes in what is told of a life. Nothing that was said is lost."""

from .people import add, agree, change, move, remove, take_agreement_back
from .scales import enter_scale, set_scale_aside
from .timeline import add_event, change_event, mark_onset, remove_event

__all__ = [
    "add",
    "add_event",
    "agree",
    "change",
    "change_event",
    "enter_scale",
    "mark_onset",
    "move",
    "remove",
    "remove_event",
    "set_scale_aside",
    "take_agreement_back",
]
