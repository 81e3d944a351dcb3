"""Adds a scale up."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from .model import Part, Scale


def scores_of(
    scale: Scale, answers: Sequence[int | None]
) -> Mapping[str, float | None]:
    """Return the mean of each part by its key, from `lowest` to `highest`.

    `answers` has one number for each item in its order, None where it was left out. A part
    with an answer missing has no mean: no source says how to fill it in. Two decimals.

    Sources: ECR-RS, avoidance is the mean of items 1-6 with 1-4 reversed, anxiety that of
    7-9; MSPSS, four items each for a special person, family and friends.

    :raises ValueError: if there are more or fewer answers than items, or one is out of range
    """
    if len(answers) != scale.items:
        raise ValueError(f"{scale.id} has {scale.items} items, not {len(answers)}")
    for place, answer in enumerate(answers, 1):
        if answer is not None and not scale.lowest <= answer <= scale.highest:
            raise ValueError(
                f"item {place} runs from {scale.lowest} to {scale.highest}, not {answer}"
            )
    return {part.key: _mean(scale, part, answers) for part in scale.parts}


def _mean(scale: Scale, part: Part, answers: Sequence[int | None]) -> float | None:
    counted = []
    for item in part.items:
        answer = answers[item - 1]
        if answer is None:
            return None
        turned = scale.lowest + scale.highest - answer
        counted.append(turned if item in part.reversed else answer)
    return round(float(Fraction(sum(counted), len(counted))), 2)
