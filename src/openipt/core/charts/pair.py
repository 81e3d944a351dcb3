"""Before and after: two bars on the whole range of a measure."""

from dataclasses import dataclass

from .trajectory import number


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Two bars under each other, in units of an SVG view box `width` wide."""

    width: int
    before: str
    after: str


def pair(
    before: int, after: int, *, lowest: int, highest: int, width: int = 300
) -> Pair:
    """Return how long the two bars are; `lowest` has no length, `highest` has all of it.

    Raises `ValueError` if a score lies outside the range, or the range is empty.
    """
    if not lowest < highest:
        raise ValueError(f"the range {lowest} to {highest} is empty")
    if not all(lowest <= score <= highest for score in (before, after)):
        raise ValueError(f"{before} and {after} must lie in {lowest} to {highest}")
    unit = width / (highest - lowest)
    return Pair(
        width=width,
        before=number((before - lowest) * unit),
        after=number((after - lowest) * unit),
    )
