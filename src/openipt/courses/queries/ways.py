"""Which ways of working are offered for a condition, and what is to be known of it."""

from dataclasses import dataclass

from openipt.core.protocols import Condition, Variant, load_conditions, offered_variants
from openipt.core.protocols.rules import Finding, check_condition


@dataclass(frozen=True, kw_only=True, slots=True)
class Ways:
    """Ways of working: those that name the condition, and the others."""

    condition: Condition | None
    """None while none is chosen: then all of them are `made_for` it."""
    made_for: tuple[Variant, ...]
    others: tuple[Variant, ...]
    cautions: tuple[Finding, ...]


def ways_for(condition: str) -> Ways:
    """Return the ways of working for a condition by its key, "" where none is chosen."""
    known = load_conditions()
    chosen, order = known.get(condition), list(known)
    # In the order of the conditions, so that what is for most people is not found last.
    offered = tuple(
        sorted(
            offered_variants(),
            key=lambda one: min(
                (order.index(key) for key in one.conditions), default=99
            ),
        )
    )
    if chosen is None:
        return Ways(condition=None, made_for=offered, others=(), cautions=())
    return Ways(
        condition=chosen,
        made_for=tuple(one for one in offered if condition in one.conditions),
        others=tuple(one for one in offered if condition not in one.conditions),
        cautions=check_condition(condition),
    )
