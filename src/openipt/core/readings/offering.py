"""Which readings are offered to somebody, and why: from where their course stands."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from openipt.core.protocols import Phase, Variant

from .model import OfferRule, PhaseKind, Reading

AT_ONCE = 3
"""More than three are a pile, and a pile is not read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Whereabouts:
    """Where a course stands: what the rules of readings ask about."""

    variant: Variant
    phase: Phase
    areas: tuple[str, ...] = ()
    """Keys of the areas that are worked on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A reading that fits now, with the reason in words."""

    reading: Reading
    because: str
    is_read: bool


def kind_of_phase(variant: Variant, phase: Phase) -> PhaseKind:
    """Return what a phase is in any lineage: the first, the last, or one between."""
    keys = [one.key for one in variant.phases]
    if phase.key == keys[0]:
        return "initial"
    return "ending" if phase.key == keys[-1] else "middle"


def offered(
    readings: Iterable[Reading],
    where: Whereabouts,
    *,
    read: Collection[str],
    most: int = AT_ONCE,
) -> tuple[Offer, ...]:
    """Return what fits now, unread first, the narrower reason before the wider one.

    `read` are the ids of what was read already, in whatever version.
    """
    fitting: list[tuple[bool, int, int, Offer]] = []
    for reading in readings:
        rule = _best(reading.offered, where)
        if rule is not None:
            is_read = reading.id in read
            offer = Offer(reading=reading, because=rule.because, is_read=is_read)
            fitting.append((is_read, -rule.narrowness, reading.order, offer))
    return tuple(offer for *_rank, offer in sorted(fitting, key=_rank)[:most])


def _rank(row: tuple[bool, int, int, Offer]) -> tuple[bool, int, int]:
    return row[:3]


def _best(rules: Iterable[OfferRule], where: Whereabouts) -> OfferRule | None:
    """Return the narrowest rule that holds, the first of equals."""
    holding = [rule for rule in rules if _holds(rule, where)]
    return max(holding, key=lambda rule: rule.narrowness, default=None)


def _holds(rule: OfferRule, where: Whereabouts) -> bool:
    phase = {where.phase.key, kind_of_phase(where.variant, where.phase)}
    asked: tuple[tuple[tuple[str, ...], set[str]], ...] = (
        (rule.phases, phase),
        (rule.areas, set(where.areas)),
        (rule.variants, {where.variant.id}),
        (rule.families, {where.variant.family}),
        (rule.stages, {where.variant.stage}),
    )
    return all(not named or bool(found & set(named)) for named, found in asked)
