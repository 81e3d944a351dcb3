"""What two people agree to: how many sessions, how long, in which rhythm (P03-P06, P17)."""

from datetime import date

from openipt.core.course import DAYS_OF_A_WEEK
from openipt.core.protocols.model import Variant
from openipt.core.protocols.parts import Span
from openipt.core.sentences import Sentence

from .registry import Finding, finding

SLACK = 3
"""Days by which a gap may exceed the agreed one: 10 days in a weekly rhythm."""

WEEKS = (12, 20)
"""How many weeks acute treatment takes (P06)."""

LONG = 3
"""How many times the agreed gap asks for a look at the plan: 21 days in a weekly rhythm."""


def check_contract(
    variant: Variant, *, sessions: int, minutes: int, weeks: int | None = None
) -> tuple[Finding, ...]:
    """Return what a contract breaks, the gravest first; empty if nothing.

    `minutes` is the length of one session, `weeks` how long the course takes; without them
    it takes what its sessions take in the usual rhythm. More or fewer sessions than a
    contract of this variant can have is an error, within that but outside the variant's
    own range a warning (P01), each with the variant's source. More or fewer weeks than
    acute treatment takes are a warning as well (P06), and so is an unusual length of a
    session (P03). A number that nobody has read in a source is told as a proposal of this
    product.
    """
    found: list[Finding] = []
    window = variant.window or variant.sessions
    if sessions not in window:
        source = variant.source(window.source).title
        found.append(_outside(variant, window, source, sessions))
    else:
        found += _own_range(variant, sessions)
        found += _weeks(variant, weeks or weeks_of(sessions, variant.days_between))
    if minutes not in variant.minutes:
        span = variant.minutes
        key = "session_minutes" if span.verified else "proposed_minutes"
        source = variant.source(span.source).title if span.verified else ""
        found.append(_range(key, variant, span, source, minutes=minutes))
    return tuple(found)


def weeks_of(sessions: int, days_between: int) -> int:
    """Return how many weeks so many sessions take, the last one begun counted as whole."""
    return -(-sessions * days_between // DAYS_OF_A_WEEK)


def check_rhythm(variant: Variant, days_between: int) -> Finding | None:
    """Return what another rhythm than the variant's asks for, or None (P04)."""
    usual = variant.days_between
    if days_between <= usual + SLACK:
        return None
    return finding(
        "rhythm", variant=Sentence(variant.name), days=days_between, usual=usual
    )


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


def _own_range(variant: Variant, sessions: int) -> list[Finding]:
    span = variant.sessions
    if sessions in span or not span.verified:
        return []
    key = "own_number" if span.least == span.most else "own_range"
    source = variant.source(span.source).title
    return [_range(key, variant, span, source, sessions=sessions)]


def _weeks(variant: Variant, weeks: int) -> list[Finding]:
    """Judge the length of acute treatment; what a variant takes by itself is no question."""
    if variant.stage != "acute":
        return []
    least, most = (
        weeks_of(number, variant.days_between)
        for number in (variant.sessions.least, variant.sessions.most)
    )
    if min(WEEKS[0], least) <= weeks <= max(WEEKS[1], most):
        return []
    return [finding("course_weeks", weeks=weeks, least=WEEKS[0], most=WEEKS[1])]


def _outside(variant: Variant, window: Span, source: str, sessions: int) -> Finding:
    is_one = window.least == window.most
    if window.verified:
        key = "course_number" if is_one else "course_sessions"
    else:
        key, source = "proposed_number" if is_one else "proposed_sessions", ""
    return _range(key, variant, window, source, sessions=sessions)


def _range(
    key: str, variant: Variant, span: Span, source: str, **value: int
) -> Finding:
    values = {"least": span.least, "most": span.most, **value}
    return finding(key, source=source, variant=Sentence(variant.name), **values)
