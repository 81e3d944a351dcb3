"""What a scale is; bad data are refused when it is made."""

from dataclasses import dataclass
from typing import Literal, get_args

About = Literal["somebody", "everybody"]
ABOUTS: tuple[About, ...] = get_args(About)


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """Some of the items, whose mean says one thing; `reversed` count the other way round."""

    key: str
    label: str
    items: tuple[int, ...]
    reversed: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """A scale: `items` statements answered from `lowest` to `highest`.

    `about` tells whether it is answered for one person of the inventory or for all.
    """

    id: str
    version: str
    name: str
    summary: str
    items: int
    lowest: int
    highest: int
    about: About
    source: str
    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        if not self.lowest < self.highest:
            raise ValueError(f"runs from {self.lowest} to {self.highest}")
        for part in self.parts:
            if not set(part.reversed) <= set(part.items):
                raise ValueError(f"{part.key} reverses items that it does not have")
            if not all(1 <= item <= self.items for item in part.items):
                raise ValueError(f"{part.key} has items beyond 1 to {self.items}")
