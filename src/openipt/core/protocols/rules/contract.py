"""What two people agree to: how many sessions, how long, in which rhythm (P03-P06, P17)."""

from datetime import date

from openipt.core.protocols.model import Variant
from openipt.core.protocols.parts import Span
from openipt.core.sentences import Sentence

from .registry import Finding, finding

SLACK = 3
"""Days by which a gap may exceed the agreed one: 10 days in a weekly rhythm."""

LONG = 3
"""How many times the agreed gap asks for a look at the plan: 21 days in a weekly rhythm."""


def check_contract(
    variant: Variant, *, sessions: int, minutes: int
) -> tuple[Finding, ...]:
    """Return what a contract breaks, the gravest first; empty if nothing.

    `minutes` is the length of one session. More or fewer sessions than a contract of this
    variant can have is an error (P06); within that but outside the variant's own range a
    warning, and so is an unusual length of session (P03). A number that nobody has read
    in a source is told as a proposal of this product.
    """
    found: list[Finding] = []
    window = variant.window or variant.sessions
    if sessions not in window:
        source = "" if variant.window else variant.source(window.source).title
        found.append(_outside(variant, window, source, sessions))
    elif sessions not in variant.sessions and variant.sessions.verified:
        span = variant.sessions
        key = "own_number" if span.least == span.most else "own_range"
        source = variant.source(span.source).title
        found.append(_range(key, variant, span, source, sessions=sessions))
    if minutes not in variant.minutes:
        span = variant.minutes
        key = "session_minutes" if span.verified else "proposed_minutes"
        source = variant.source(span.source).title if span.verified else ""
        found.append(_range(key, variant, span, source, minutes=minutes))
    return tuple(found)


def check_gap(variant: Variant, days: int) -> Finding | None:
    """Return what a gap of so many days between two sessions asks for, or None (P04)."""
    usual = variant.days_between
    if days > usual * LONG:
        return finding("long_gap", days=days, usual=usual)
    if days > usual + SLACK:
        return finding("gap", days=days, usual=usual)
    return None


def check_change(
    *, before: tuple[int, date], after: tuple[int, date | None], new_version: bool
) -> Finding | None:
    """Return why number of sessions and last day cannot become these, or None (P05).

    Both are pairs of the number of sessions and the planned last day. They change with a
    new version of the contract only, and a last day is always known.
    """
    if after[1] is None or (before != after and not new_version):
        return finding("fixed_total")
    return None


def check_overrun(*, session: int, sessions: int) -> Finding | None:
    """Return why session number `session` of `sessions` cannot be planned, or None (P17)."""
    if session <= sessions:
        return None
    return finding("overrun", session=session, sessions=sessions)


def _outside(variant: Variant, window: Span, source: str, sessions: int) -> Finding:
    is_one = window.least == window.most
    if window.verified:
        key = "course_weeks_one" if is_one else "course_weeks"
    else:
        key, source = "proposed_number" if is_one else "proposed_sessions", ""
    return _range(key, variant, window, source, sessions=sessions)


def _range(
    key: str, variant: Variant, span: Span, source: str, **value: int
) -> Finding:
    values = {"least": span.least, "most": span.most, **value}
    return finding(key, source=source, variant=Sentence(variant.name), **values)
