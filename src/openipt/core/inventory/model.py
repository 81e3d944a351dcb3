"""What is known of one person in somebody's life, and the words there are for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Shape = Literal["round", "ring", "diamond", "dashed", "square"]
SHAPES: tuple[Shape, ...] = get_args(Shape)

FARTHEST = 100
TEXTS = ("good", "hard", "mine", "theirs", "change")
"""What is written freely: good, hard, expectations each way, what should change."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One of several words for something."""

    key: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing(Choice):
    """How the two stand with each other now; the circle tells it by a shape."""

    shape: Shape


@dataclass(frozen=True, kw_only=True, slots=True)
class Ring(Choice):
    """A ring of the circle, from where the one before ends `until` so far of 100."""

    until: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """All words for people in a life, by key and in the order of the page."""

    kinds: Mapping[str, Choice]
    contacts: Mapping[str, Choice]
    standings: Mapping[str, Standing]
    rings: tuple[Ring, ...]

    def ring_at(self, closeness: int) -> Ring:
        """Return the ring of a distance from the middle, 0 to 100."""
        return next(ring for ring in self.rings if closeness <= ring.until)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tie:
    """One person in somebody's life, as it was said at one time.

    `closeness` is the distance from the middle, 0 (at one's side) to 100 (at the rim),
    `wished` where it should be, `angle` the direction in degrees, clockwise from above.
    `since` and `died` are words, because people remember "spring 2019".
    """

    label: str
    kind: str = "other"
    standing: str = "steady"
    contact: str = ""
    closeness: int = 50
    wished: int | None = None
    angle: int = 0
    since: str = ""
    alive: bool = True
    died: str = ""
    confidant: bool = False
    good: str = ""
    hard: str = ""
    mine: str = ""
    theirs: str = ""
    change: str = ""

    def __post_init__(self) -> None:
        if not self.label.strip():
            raise ValueError("somebody in the circle has a name, initials are enough")
        for name, value in (("closeness", self.closeness), ("wished", self.wished)):
            if value is not None and not 0 <= value <= FARTHEST:
                raise ValueError(f"{name} runs from 0 to {FARTHEST}, not {value}")
        if not 0 <= self.angle < 360:
            raise ValueError(f"angle runs from 0 to 359, not {self.angle}")
