"""When a phase may begin and what it rests on (P01, P02, P07, P16)."""

from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType

from openipt.core.protocols.model import Variant
from openipt.core.protocols.parts import Need, Phase
from openipt.core.sentences import Sentence, sentence

from .registry import Finding, finding

NEED_NAMES: Mapping[Need, Sentence] = MappingProxyType(
    {
        "diagnosis": sentence("the diagnosis, said aloud"),
        "recovery_role": sentence("what may rest for now"),
        "inventory": sentence("one person at least among the people in their life"),
        "timeline": sentence("the timeline"),
        "focus": sentence("a focus"),
        "formulation": sentence("a formulation that the person has agreed to"),
        "contract": sentence("the contract"),
        "prescriber": sentence("who prescribes the medicine"),
        "remission": sentence("that the illness has gone"),
    }
)


def check_phases(variant: Variant, sessions: int) -> Finding | None:
    """Return why the phases cannot cover so many sessions, or None (P01)."""
    least = sum(phase.sessions or 1 for phase in variant.phases)
    if sessions >= least:
        return None
    return finding(
        "phases_cover", variant=Sentence(variant.name), sessions=sessions, least=least
    )


def check_start(
    variant: Variant, *, session: int, present: Collection[Need]
) -> Finding | None:
    """Return that the beginning takes longer than its sessions, or None (P02).

    `session` counts from 1; `present` is what is there of what the next phase needs. A
    length that nobody has read in a source is told as a proposal of this product.
    """
    first, second = variant.phases[0], variant.phases[1]
    if first.sessions is None or session <= first.sessions:
        return None
    if not set(second.needs) - set(present):
        return None
    key = "initial_phase" if first.verified else "proposed_beginning"
    source = variant.source(first.source).title if first.verified else ""
    return finding(key, source=source, session=session, most=first.sessions)


def check_needs(phase: Phase, present: Collection[Need]) -> Finding | None:
    """Return what a phase still needs before it opens, or None (P07)."""
    missing = tuple(NEED_NAMES[need] for need in missing_needs(phase, present))
    if not missing:
        return None
    return finding("middle_needs", phase=Sentence(phase.name), missing=missing)


def missing_needs(phase: Phase, present: Collection[Need]) -> tuple[Need, ...]:
    """Return what a phase needs and is not there, in the order of its file."""
    return tuple(need for need in phase.needs if need not in present)


def check_recovery_role(
    *, review_on: date | None, stands: bool, is_last_phase: bool
) -> Finding | None:
    """Return what is wrong with what may rest for now, or None (P16).

    It has a day on which it is looked at again, and is over by the last phase.
    """
    if not stands:
        return None
    if is_last_phase:
        return finding("recovery_role_over")
    return finding("recovery_role_review") if review_on is None else None
