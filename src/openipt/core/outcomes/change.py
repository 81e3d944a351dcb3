"""Change of one person between two answerings of one measure.

Definitions: NHS Talking Therapies for caseness, recovery and reliable change, with the
thresholds that the measure brings; Jacobson and Truax 1991 for the index.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Literal

from openipt.core.measures import Measure

ChangeKind = Literal["better", "worse", "none"]

_CASENESS = "caseness"


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """The change from a first score to a last one.

    `points` is last minus first, so on PHQ-9 a fall is negative. `kind` is `none` unless
    the change reaches `threshold` points (reliable change). `source` is where the
    threshold is from, in words.
    """

    kind: ChangeKind
    points: int
    threshold: int
    source: str


def change(measure: Measure, first: int, last: int) -> Change:
    """Return the change between two totals; a change equal to the threshold counts."""
    limit = measure.reliable_change
    points = last - first
    kind: ChangeKind = "none"
    if limit.holds(abs(points)):
        kind = "better" if (points > 0) == measure.higher_is_better else "worse"
    return Change(
        kind=kind,
        points=points,
        threshold=limit.value,
        source=measure.source(limit.source).title,
    )


def reliable_change_index(
    first: float, last: float, *, sd: float, reliability: float
) -> float:
    """Return the change in units of the standard error of a difference.

    Jacobson and Truax 1991: (last - first) / (sqrt(2) * sd * sqrt(1 - reliability)).
    Beyond 1.96 either way, chance is a poor explanation. Negative means that the score
    fell. `sd` is the standard deviation before treatment, above 0; `reliability` is from 0
    to below 1. Raises `ValueError` outside these.
    """
    if sd <= 0 or not 0 <= reliability < 1:
        raise ValueError(
            f"sd must be above 0 and reliability from 0 to below 1, not {sd}, {reliability}"
        )
    error_of_one_score = sd * sqrt(1 - reliability)
    return (last - first) / (sqrt(2) * error_of_one_score)


def is_case(measure: Measure, total: int) -> bool | None:
    """Return whether a total is at caseness; None where the measure has no such cut-off."""
    cutoff = measure.cutoff(_CASENESS)
    return None if cutoff is None else cutoff.holds(total)


def below_cutoff(measure: Measure, total: int) -> bool | None:
    """Return whether a total is no case; None where the measure has no such cut-off.

    The cut-off itself is a case (PHQ-9 10 is one, 9 is not).
    """
    case = is_case(measure, total)
    return None if case is None else not case


def recovered(measure: Measure, first: int, last: int) -> bool | None:
    """Return whether one measure shows reliable recovery.

    At caseness first, no case at last, and a reliable change for the better (NHS Talking
    Therapies, for a single measure). None where the measure has no caseness cut-off, or
    where the first score was no case: there was nothing to recover from.
    """
    if not is_case(measure, first):
        return None
    better = change(measure, first, last).kind == "better"
    return better and below_cutoff(measure, last) is True
