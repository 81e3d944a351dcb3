"""How a course ends and what comes after (P14, P15, R01-R04)."""

from dataclasses import dataclass

from openipt.core.protocols.model import Variant
from openipt.core.sentences import Sentence, sentence

from .registry import Finding, finding

LEAST_SIGNS, LEAST_CONTACTS = 3, 2
"""How many early signs and people to call a plan has; a proposal of this product."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RelapsePlan:
    """What a plan for staying well has: how many signs and contacts, a day to review."""

    signs: int
    contacts: int
    has_review: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Afterwards:
    """What was decided for the time after.

    `discussed` is None where nobody said. `needed_medicine`: it took medicine to get well.
    `days_between`, `horizon_months` and `has_stop_rule` are those of maintenance;
    `reason_open` is why one of these three is left open.
    """

    discussed: bool | None
    reason: str = ""
    maintenance: bool = False
    needed_medicine: bool = False
    with_medicine: bool = False
    reason_without: str = ""
    days_between: int | None = None
    horizon_months: int | None = None
    has_stop_rule: bool = False
    reason_open: str = ""


def session_line(*, session: int, sessions: int) -> Finding:
    """Return which session it is, and of how many (P15)."""
    return finding("session_of", session=session, sessions=sessions)


def check_ending_raised(
    variant: Variant, *, session: int, sessions: int, raised: bool
) -> Finding | None:
    """Return that the ending should be spoken about now, or None (P14).

    `session` counts from 1. The variant says how many sessions before the last.
    """
    left = sessions - session
    if raised or left > variant.ending.raise_before:
        return None
    return finding("ending_raised", left=max(left, 0))


def check_relapse_plan(plan: RelapsePlan) -> Finding | None:
    """Return what the plan for staying well still needs, or None (R01)."""
    missing = [
        (plan.signs < LEAST_SIGNS, sentence("{n} early signs", n=LEAST_SIGNS)),
        (plan.contacts < LEAST_CONTACTS, sentence("{n} people to call", n=LEAST_CONTACTS)),
        (not plan.has_review, sentence("the day you look at it again")),
    ]  # fmt: skip
    return _what_is_missing("relapse_plan", missing)


def check_afterwards(after: Afterwards) -> tuple[Finding, ...]:
    """Return what is missing of the decision about maintenance (R02-R04)."""
    found: list[Finding | None] = []
    if after.discussed is None or not after.reason.strip():
        found.append(finding("maintenance_discussed"))
    if after.maintenance:
        found += [_without_medicine(after), _maintenance_plan(after)]
    return tuple(one for one in found if one is not None)


def _without_medicine(after: Afterwards) -> Finding | None:
    if not after.needed_medicine or after.with_medicine or after.reason_without.strip():
        return None
    return finding("without_the_medicine")


def _maintenance_plan(after: Afterwards) -> Finding | None:
    if after.reason_open.strip():
        return None
    missing = [
        (after.days_between is None, sentence("how often you meet")),
        (after.horizon_months is None, sentence("until when")),
        (not after.has_stop_rule, sentence("when it stops earlier")),
    ]
    return _what_is_missing("maintenance_plan", missing)


def _what_is_missing(key: str, points: list[tuple[bool, Sentence]]) -> Finding | None:
    missing = tuple(words for is_missing, words in points if is_missing)
    return finding(key, missing=missing) if missing else None
