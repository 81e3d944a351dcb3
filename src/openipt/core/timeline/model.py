"""Something that happened in a life, and the words there are for it."""

from dataclasses import dataclass
from typing import Literal, get_args

from .moment import Moment

KindShape = Literal[
    "square", "diamond", "triangle", "hexagon", "house", "plus", "star", "drop",
    "ring", "pill", "round",
]  # fmt: skip
SHAPES: tuple[KindShape, ...] = get_args(KindShape)

EFFECTS = (-3, -2, -1, 0, 1, 2, 3)
"""What something did to the mood: much worse to much better."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A sort of event; the timeline tells it by a shape of its own."""

    key: str
    label: str
    shape: KindShape


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that happened, as it was said at one time.

    `until` is when it was over; None with `lasts` says that it goes on, None without that
    it was short, or that nobody said. `effect` is what it did to the mood, None where
    that was not said. `whom` are the ids of people in the inventory. `is_onset`: the
    present episode began here.
    """

    title: str
    kind: str
    when: Moment
    until: Moment | None = None
    lasts: bool = False
    effect: int | None = None
    whom: tuple[str, ...] = ()
    words: str = ""
    is_onset: bool = False

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("what happened has a name, a word is enough")
        if self.effect is not None and self.effect not in EFFECTS:
            raise ValueError(f"effect runs from -3 to 3, not {self.effect}")
        if self.lasts and self.until is not None:
            raise ValueError("it is over or it goes on, not both")
        if self.until is not None and self.until.last < self.when.first:
            raise ValueError("it cannot be over before it began")
