"""The two levels of an alert; they order what people do, they rate nobody's risk."""

from collections.abc import Iterable

from openipt.core.measures import LEVELS, Level

__all__ = ["LEVELS", "Level", "highest"]


def highest(levels: Iterable[Level]) -> Level | None:
    """Return the gravest level; None if there is none.

    Two alerts of one person become one with the highest level.
    """
    return max(levels, key=LEVELS.index, default=None)
