"""What changes in what is told of a life. Nothing that was said is lost."""

from .people import add, agree, change, move, remove, take_agreement_back

__all__ = [
    "add",
    "agree",
    "change",
    "move",
    "remove",
    "take_agreement_back",
]
