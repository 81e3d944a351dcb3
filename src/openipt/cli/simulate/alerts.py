"""The alert of an invented risk answer: taken, reached, assessed, and perhaps closed."""

from datetime import timedelta
from typing import Any

from openipt.questionnaires.models import Answering
from openipt.safety.models import Alert, AlertEvent, AlertRecipient, AlertSource

from .life import Life
from .rows import Rows

WHAT_WAS_FOUND = (
    "Spoke on the phone: tired and low, no plan and no intent; sister is there."
)
OUTCOME = "Safety plan gone through together; next session stands."
_MEMBER_ACTS = ("acknowledged", "contacted", "assessed", "closed")


def add_alert(rows: Rows, life: Life, answering: Answering) -> None:
    """Add the alert of an answering, its source, its story and who was told."""
    at, is_closed = answering.completed_at, life.alert == "closed"
    if at is None:
        raise AssertionError("invented answerings are finished")
    hours = {state: at + timedelta(hours=n) for n, state in enumerate(_MEMBER_ACTS, 1)}
    alert = rows.add(
        Alert(
            **life.owner,
            owner_id=life.therapist_id,
            level="amber",
            state="closed" if is_closed else "assessed",
            raised_at=at,
            first_raised_at=at,
            acknowledged_at=hours["acknowledged"],
            acknowledged_by_id=life.therapist_id,
            closed_at=hours["closed"] if is_closed else None,
            outcome=OUTCOME if is_closed else None,
            version=5 if is_closed else 4,
        )
    )
    rows.add(
        AlertSource(
            **life.owner,
            alert=alert,
            kind="answer",
            level="amber",
            measure=answering.measure,
            item=9,
            answering_id=answering.pk,
            answer="Several days",
            at=at,
        )
    )
    rows.add(
        AlertRecipient(
            service_id=life.place.service_id,
            alert=alert,
            member_id=life.therapist_id,
            role="therapist",
            told_at=at,
        )
    )
    _add_event(rows, life, alert, state="raised", by_id=life.member_id, at=at)
    _add_event(rows, life, alert, state="told", to_id=life.therapist_id, at=at)
    notes = {"assessed": WHAT_WAS_FOUND, "closed": OUTCOME}
    for state in _MEMBER_ACTS if is_closed else _MEMBER_ACTS[:-1]:
        _add_event(
            rows,
            life,
            alert,
            state=state,
            by_id=life.therapist_id,
            note=notes.get(state),
            at=hours[state],
        )


def _add_event(rows: Rows, life: Life, alert: Alert, **event: Any) -> None:
    rows.add(AlertEvent(**life.owner, alert=alert, **event))
