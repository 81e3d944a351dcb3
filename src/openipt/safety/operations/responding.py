"""What people do with an alert: take it, reach the person, assess, close, open again.

The row is locked first and read again, so that a second click, or two people at once,
find what the first has done.
"""

from datetime import datetime
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from openipt.core.errors import Invalid, Refused, Stale
from openipt.core.risk import AlertState, may_close, may_go
from openipt.people.models import Member
from openipt.safety import access
from openipt.safety.models import Alert

from .clock import locked, run_clock
from .record import touch_all, write_event
from .steps import SAME_PRESS, go, start_anew


@transaction.atomic
def note_shown(*, alert: Alert, by: Member, at: datetime) -> None:
    """Record that the help page was shown to the person; once."""
    alert = locked(alert.pk)
    if may_go(cast("AlertState", alert.state), "shown"):
        go(alert, "shown", by=by, at=at)


@transaction.atomic
def acknowledge(*, alert: Alert, by: Member, at: datetime) -> Alert:
    """Take the alert: from now on this member answers for it.

    A second click of the same member changes nothing.

    :raises Refused: if this member may not
    :raises Stale: if somebody else has taken it
    """
    alert = locked(alert.pk)
    if reason := access.refusal_to_act(by, alert, at):
        raise Refused(reason)
    if not access.is_waiting(alert):
        if alert.acknowledged_by_id == by.pk:
            return alert
        raise Stale(_("Somebody else has taken this alert meanwhile."))
    alert.owner = alert.acknowledged_by = by
    alert.acknowledged_at = at
    go(
        alert,
        "acknowledged",
        by=by,
        at=at,
        also=("owner", "acknowledged_by", "acknowledged_at"),
    )
    run_clock(alert=alert, at=at)
    return alert


@transaction.atomic
def record_contact(
    *, alert: Alert, reached: bool, note: str, by: Member, at: datetime
) -> Alert:
    """Record that the person was reached, or that one could not reach them.

    Several attempts may be recorded until one succeeds.

    :raises Refused: if this member may not
    :raises Stale: if the alert has gone on meanwhile
    """
    alert = locked(alert.pk)
    if reason := access.refusal_to_act(by, alert, at):
        raise Refused(reason)
    to: AlertState = "contacted" if reached else "could_not_reach"
    if _is_same_press(alert, to, note, by, at):
        return alert
    if not reached and alert.state == to:
        write_event(alert=alert, state=to, by=by, at=at, note=note)
        touch_all(alert=alert, at=at)
        return alert
    _check_step(alert, to)
    go(alert, to, by=by, at=at, note=note)
    return alert


@transaction.atomic
def assess(*, alert: Alert, note: str, by: Member, at: datetime) -> Alert:
    """Record in words what the member found.

    :raises Refused: if this member may not
    :raises Invalid: if nothing is written
    :raises Stale: if the alert has gone on meanwhile
    """
    alert = locked(alert.pk)
    if reason := access.refusal_to_act(by, alert, at):
        raise Refused(reason)
    if not note.strip():
        raise Invalid(_("Please write what you found."))
    if _is_same_press(alert, "assessed", note, by, at):
        return alert
    _check_step(alert, "assessed")
    go(alert, "assessed", by=by, at=at, note=note)
    run_clock(alert=alert, at=at)
    return alert


@transaction.atomic
def close(*, alert: Alert, outcome: str, by: Member, at: datetime) -> Alert:
    """Close the alert with a written outcome; only a person does this, one at a time.

    :raises Refused: if this member may not
    :raises Invalid: if no outcome is written
    :raises Stale: if the alert has gone on meanwhile
    """
    alert = locked(alert.pk)
    if reason := access.refusal_to_act(by, alert, at):
        raise Refused(reason)
    if _is_same_press(alert, "closed", outcome, by, at):
        return alert
    if not outcome.strip():
        raise Invalid(_("An alert is closed with a written outcome."))
    if not may_close(cast("AlertState", alert.state), outcome):
        raise Stale(_gone_on())
    alert.closed_at, alert.outcome, alert.tell_at = at, outcome, None
    go(
        alert,
        "closed",
        by=by,
        at=at,
        note=outcome,
        also=("closed_at", "outcome", "tell_at"),
    )
    return alert


@transaction.atomic
def reopen(*, alert: Alert, reason: str, by: Member, at: datetime) -> Alert:
    """Open a closed alert again; its clock starts anew and its outcome stays in its story.

    :raises Refused: if this member may not, or a newer alert is open
    :raises Invalid: if no reason is written
    :raises Stale: if it is not closed any more
    """
    alert = locked(alert.pk)
    if not reason.strip():
        raise Invalid(_("Please write why it is opened again."))
    if _is_same_press(alert, "raised", reason, by, at):
        return alert
    if not may_go(cast("AlertState", alert.state), "raised"):
        raise Stale(_gone_on())
    if refusal := access.refusal_to_reopen(by, alert, at):
        raise Refused(refusal)
    alert.closed_at = alert.outcome = None
    start_anew(alert, by=by, at=at, note=reason)
    return alert


def _check_step(alert: Alert, to: AlertState) -> None:
    if not may_go(cast("AlertState", alert.state), to):
        raise Stale(_gone_on())


def _gone_on() -> str:
    return _("This alert has changed meanwhile. Nothing of yours was lost or written.")


def _is_same_press(
    alert: Alert, state: AlertState, note: str, by: Member, at: datetime
) -> bool:
    """Return whether this is a second click: the newest step of a person is the same."""
    last = alert.events.exclude(by=None).order_by("-at", "-pk").first()
    return (
        last is not None
        and (last.state, last.by_id, last.note or "") == (state, by.pk, note)
        and abs(at - last.at) < SAME_PRESS
        and alert.state == state
    )
