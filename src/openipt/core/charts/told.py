"""What is put on the axis of a life: what happened, what lasted, and scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """Something that lasted; `last` is None where it goes on."""

    key: str
    first: date
    last: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Scores:
    """The totals of one measure in order of their days."""

    key: str
    points: Sequence[tuple[date, int]]
    maximum: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Happened:
    """Something with a place on the axis: the days it can have begun on."""

    key: str
    first: date
    last: date
    is_onset: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """All that is put on one axis."""

    happened: Sequence[Happened]
    lasted: Sequence[Stretch] = ()
    therapy: Sequence[Stretch] = ()
    scores: Sequence[Scores] = ()
