"""What changes in what is told of a life. Nothing that was said is lost."""

from .people import add, agree, change, move, remove, take_agreement_back
from .scales import enter_scale, set_scale_aside

__all__ = [
    "add",
    "agree",
    "change",
    "enter_scale",
    "move",
    "remove",
    "set_scale_aside",
    "take_agreement_back",
]
