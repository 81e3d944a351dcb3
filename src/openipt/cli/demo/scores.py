"""Invented answers: totals that run as courses do, spread over a measure's items."""

import random
from collections.abc import Sequence

RISK_ITEM = 9
"""The last item of the PHQ-9; the builder sets it by hand, never by chance."""

SHAPES: dict[str, tuple[float, ...]] = {
    "steady_gain": (1.0, 0.97, 0.92, 0.88, 0.8, 0.74, 0.66, 0.6, 0.5, 0.44, 0.38, 0.3),
    "sudden_gain": (1.0, 1.02, 0.98, 1.0, 0.62, 0.58, 0.52, 0.5, 0.44, 0.4, 0.36, 0.34),
    "slow_gain": (1.0, 1.0, 0.98, 0.95, 0.95, 0.9, 0.88, 0.84, 0.8, 0.76, 0.74, 0.7),
    "no_change": (1.0, 0.96, 1.04, 0.98, 1.0, 1.02, 0.96, 1.0, 0.98, 1.02, 1.0, 0.98),
    "worse": (0.8, 0.82, 0.86, 0.84, 0.92, 0.96, 1.0, 1.04, 1.06, 1.1, 1.12, 1.14),
}


def totals(
    dice: random.Random, *, shape: str, start: int, count: int, most: int
) -> list[int]:
    """Return `count` totals that begin near `start` and follow the shape."""
    curve = SHAPES[shape]
    found = []
    for place in range(count):
        factor = curve[min(place, len(curve) - 1)]
        value = round(start * factor + dice.uniform(-1.2, 1.2))
        found.append(max(0, min(most, value)))
    return found


def spread(
    dice: random.Random,
    total: int,
    *,
    items: int,
    highest: int,
    zero: Sequence[int] = (),
) -> list[int]:
    """Return item codes 0..`highest` that add up to `total`; those in `zero` stay 0.

    `zero` holds item numbers, from 1. A total that does not fit is cut to what fits.
    """
    places = [n for n in range(items) if n + 1 not in zero]
    codes = [0] * items
    for _point in range(min(total, highest * len(places))):
        free = [n for n in places if codes[n] < highest]
        codes[dice.choice(free)] += 1
    return codes
