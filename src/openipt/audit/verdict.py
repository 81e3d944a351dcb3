"""Tells whether the chain is whole, and if not, where it first is not."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import anchors, chain, chain_key, guards
from .anchors import Anchors

_ROWS_AT_ONCE = 2000


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What a check of the whole chain found."""

    ok: bool
    checked: int
    """Events from the first one on that are as they were sealed."""
    first_bad_seq: int | None
    reason: str
    """"" or one of: missing, changed, surplus, unreadable, cut_off, no_anchors, no_key."""
    unsealed: int
    oldest_unsealed_age: float | None
    """Seconds since the oldest event that has no place in the chain yet."""
    last_anchor: int
    after_last_anchor: int
    """Sealed events that no anchor covers: cutting them off would not show."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Fault:
    seq: int | None
    reason: str


def verify(*, at: datetime, anchors_at: Path | None = None) -> Verdict:
    """Recompute the chain from its first event and hold it against the anchors.

    Finds an event that was edited, removed, added or moved, and a chain that was cut at
    either end. `anchors_at` may be a copy kept elsewhere. `at` is now, for ages.
    """
    # Anchors first: what is sealed while this reads is then newer, never missing.
    known = anchors.read(anchors_at or anchors.path())
    checked, fault = _walk(known)
    unsealed, oldest = _waiting()
    return Verdict(
        ok=fault is None,
        checked=checked,
        first_bad_seq=fault.seq if fault else None,
        reason=fault.reason if fault else "",
        unsealed=unsealed,
        oldest_unsealed_age=(at - oldest).total_seconds() if oldest else None,
        last_anchor=known.last,
        after_last_anchor=max(0, checked - known.last),
    )


def verify_report(
    *, at: datetime, anchors_at: Path | None = None
) -> tuple[int, list[str], dict[str, Any]]:
    """Return exit code, sentences and facts of `verify` for the command line.

    0: whole. 1: touched, or the database's own guards are down.
    """
    verdict = verify(at=at, anchors_at=anchors_at)
    guarded = guards.stand(connection)
    lines = [_finding(verdict)]
    if not guarded:
        lines.append(_("The database's guards against changing the trail are down."))
    if verdict.unsealed:
        lines.append(
            ngettext(
                "%(number)d event is not sealed yet; it has waited %(seconds)d seconds.",
                "%(number)d events are not sealed yet; the oldest has waited "
                "%(seconds)d seconds.",
                verdict.unsealed,
            )
            % {"number": verdict.unsealed, "seconds": verdict.oldest_unsealed_age}
        )
    if verdict.ok:
        lines.append(
            _(
                "What came after the last anchor, number %(number)d, cannot be vouched "
                "for: cutting it off would not show."
            )
            % {"number": verdict.last_anchor}
        )
    return (
        0 if verdict.ok and guarded else 1,
        lines,
        {**asdict(verdict), "guarded": guarded},
    )


def _walk(known: Anchors) -> tuple[int, _Fault | None]:
    """Return how many events are right from the start, and the first fault."""
    checked, before = 0, chain.GENESIS
    try:
        key = chain_key.read()
    except chain_key.ChainKeyMissing:
        return 0, _Fault(seq=None, reason="no_key")
    try:
        for event in _sealed():
            reason = _reason(event, checked + 1)
            if not reason and (
                chain.link(key, before, checked + 1, event) != event["hash"]
                or known.contradict(checked + 1, event["hash"])
            ):
                reason = "changed"
            if reason:
                seq = event["seq"] if reason == "surplus" else checked + 1
                return checked, _Fault(seq=seq, reason=reason)
            checked, before = checked + 1, event["hash"]
    except (ValueError, TypeError, AttributeError):
        # A value that the column's type cannot hold: nobody but us writes the others.
        return checked, _Fault(seq=checked + 1, reason="unreadable")
    return checked, _end(checked, known)


def _reason(event: dict[str, Any], expected: int) -> str:
    if event["seq"] == expected:
        return ""
    return "missing" if event["seq"] > expected else "surplus"


def _end(checked: int, known: Anchors) -> _Fault | None:
    if checked < known.last:
        return _Fault(seq=checked + 1, reason="cut_off")
    if checked and not known.last:
        return _Fault(seq=None, reason="no_anchors")
    return None


def _sealed() -> Iterator[dict[str, Any]]:
    from .models import AuditEvent

    rows = AuditEvent.objects.filter(seq__isnull=False).order_by("seq", "id")
    yield from rows.values(*chain.COVERED, "seq", "hash").iterator(_ROWS_AT_ONCE)


def _waiting() -> tuple[int, datetime | None]:
    from .models import AuditEvent

    unsealed = AuditEvent.objects.filter(seq=None)
    return unsealed.count(), unsealed.aggregate(oldest=Min("at"))["oldest"]


def _finding(verdict: Verdict) -> str:
    if verdict.ok:
        return ngettext(
            "The audit trail is whole: %(number)d event checked.",
            "The audit trail is whole: %(number)d events checked.",
            verdict.checked,
        ) % {"number": verdict.checked}
    sentence = {
        "missing": _("The audit trail was touched: number %(seq)d is missing."),
        "changed": _(
            "The audit trail was touched: number %(seq)d was changed or moved."
        ),
        "surplus": _("The audit trail was touched: number %(seq)d was added."),
        "unreadable": _("The audit trail was touched: number %(seq)d is unreadable."),
        "cut_off": _(
            "The audit trail was cut off: number %(seq)d and what followed are missing."
        ),
        "no_anchors": _(
            "The anchors of the audit trail are missing: nothing vouches for its end."
        ),
        "no_key": _("The key of the audit trail is missing: nothing can be checked."),
    }[verdict.reason]
    return sentence % {"seq": verdict.first_bad_seq}
