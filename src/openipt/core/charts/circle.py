"""Where people stand in the closeness circle.

Distance from the middle is what was said and is drawn true. The direction only spreads
people out: where two would cover each other, the later one is drawn a little further
around the same ring; what is kept does not change.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians, sin

SIZE = 640
MIDDLE = SIZE // 2
SELF = 38
"""Radius of oneself in the middle."""
RIM = 304
STEP = 3
"""Degrees by which somebody is moved around until there is room."""
GAP = 4
FEW, MANY = 12, 24


@dataclass(frozen=True, kw_only=True, slots=True)
class Dot:
    """Somebody to be placed: distance 0 to 100 and direction in degrees from above."""

    key: str
    label: str
    closeness: int
    angle: int
    shape: str
    is_ghost: bool = False
    """Where somebody was at another time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """Somebody in the drawing: the middle of the mark, its radius, and what it says."""

    dot: Dot
    x: int
    y: int
    radius: int
    initials: str
    name: str
    """Empty where there are too many for names; the list has them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """A line from where somebody was to where they are."""

    x1: int
    y1: int
    x2: int
    y2: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Circle:
    """The whole drawing; `rings` are radii from the middle outwards."""

    size: int
    middle: int
    own: int
    nearest: int
    """How far from the middle somebody at one's side is drawn."""
    farthest: int
    """How far somebody at the rim is drawn."""
    rings: tuple[int, ...]
    placed: tuple[Placed, ...]
    moves: tuple[Move, ...] = ()


def circle_of(dots: Sequence[Dot], *, rings: Iterable[int]) -> Circle:
    """Return the drawing of people; `rings` are how far each ring reaches, of 100.

    Closer people are placed first and keep their direction; ghosts lie where they were.
    A line joins each ghost with the mark of the same key.
    """
    living = [dot for dot in dots if not dot.is_ghost]
    radius = _radius(len(living))
    placed: list[Placed] = []
    for dot in sorted(living, key=lambda one: (one.closeness, one.key)):
        placed.append(_beside(dot, placed, radius, names=len(living) <= FEW))
    ghosts = [_at(dot, dot.angle, radius, names=False) for dot in dots if dot.is_ghost]
    return Circle(
        size=SIZE,
        middle=MIDDLE,
        own=SELF,
        nearest=round(distance_of(0, radius)),
        farthest=round(distance_of(100, radius)),
        rings=tuple(round(distance_of(until, radius)) for until in rings),
        placed=(*ghosts, *placed),
        moves=_moves(ghosts, placed),
    )


def distance_of(closeness: int, radius: int) -> float:
    """Return how far from the middle a mark of this radius lies, in units of the drawing."""
    nearest, farthest = SELF + radius + GAP, RIM - radius
    return nearest + (farthest - nearest) * closeness / 100


def initials_of(label: str) -> str:
    """Return one or two signs for a name: the first of its first and last word."""
    words = label.split()
    signs = [words[0][0]] if words else []
    if len(words) > 1:
        signs.append(words[-1][0])
    return "".join(signs).upper()


def shortened(label: str, most: int = 14) -> str:
    """Return a name that fits under a mark."""
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"


def _radius(people: int) -> int:
    if people <= FEW:
        return 24
    return 19 if people <= MANY else 15


def _beside(dot: Dot, placed: list[Placed], radius: int, *, names: bool) -> Placed:
    """Return the mark at its own direction, or at the nearest one where there is room."""
    turns = [0]
    for step in range(STEP, 181, STEP):
        turns += [step, -step]
    tried = (_at(dot, dot.angle + turn, radius, names=names) for turn in turns)
    first = _at(dot, dot.angle, radius, names=names)
    return next((mark for mark in tried if _is_free(mark, placed)), first)


def _is_free(mark: Placed, placed: Iterable[Placed]) -> bool:
    least = (2 * mark.radius + GAP) ** 2
    return all(
        (mark.x - other.x) ** 2 + (mark.y - other.y) ** 2 >= least for other in placed
    )


def _at(dot: Dot, angle: int, radius: int, *, names: bool) -> Placed:
    distance = distance_of(dot.closeness, radius)
    return Placed(
        dot=dot,
        x=round(MIDDLE + distance * sin(radians(angle))),
        y=round(MIDDLE - distance * cos(radians(angle))),
        radius=radius,
        initials=initials_of(dot.label),
        name=shortened(dot.label) if names else "",
    )


def _moves(ghosts: Iterable[Placed], placed: Iterable[Placed]) -> tuple[Move, ...]:
    now = {mark.dot.key: mark for mark in placed}
    return tuple(
        Move(x1=ghost.x, y1=ghost.y, x2=now[key].x, y2=now[key].y)
        for ghost in ghosts
        if (key := ghost.dot.key) in now
        and (ghost.x, ghost.y) != (now[key].x, now[key].y)
    )
