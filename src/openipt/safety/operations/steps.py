"""One step of an alert: its state, its story and its clock change together."""

from datetime import datetime, timedelta

from openipt.core.risk import AlertState
from openipt.people.models import Member
from openipt.safety.models import Alert

from .clock import run_clock
from .record import touch_all, write_event

SAME_PRESS = timedelta(minutes=1)
"""Within this time a second press of a button is the same press."""


def go(
    alert: Alert,
    state: AlertState,
    *,
    by: Member | None,
    at: datetime,
    note: str = "",
    also: tuple[str, ...] = (),
) -> None:
    """Let an alert take a state; `also` names further fields that were set."""
    alert.state = state
    alert.version += 1
    alert.save(update_fields=["state", "version", *also])
    write_event(alert=alert, state=state, by=by, at=at, note=note)
    touch_all(alert=alert, at=at)


def start_anew(
    alert: Alert, *, by: Member | None, at: datetime, note: str = ""
) -> None:
    """Let the alert wait to be taken, and its clock run from now."""
    alert.raised_at = at
    alert.acknowledged_at = alert.acknowledged_by = None
    go(
        alert,
        "raised",
        by=by,
        at=at,
        note=note,
        also=(
            "level",
            "raised_at",
            "acknowledged_at",
            "acknowledged_by",
            "closed_at",
            "outcome",
        ),
    )
    run_clock(alert=alert, at=at)
