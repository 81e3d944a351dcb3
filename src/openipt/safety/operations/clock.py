"""The clock of an alert: tells who has to be told, and sets when it tells next.

Every function expects the alert's row to be locked by the transaction it works in. A
step is done once: its key is kept with whom it told, under a constraint.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openipt import audit
from openipt.core.risk import Recipient, Step, due_steps, next_step
from openipt.people import operations as people
from openipt.people.models import MailPointer, Member
from openipt.safety import access, queries
from openipt.safety.models import Alert, AlertEvent, AlertRecipient
from openipt.safety.queries import planned_steps

from .record import NOBODY, TOLD, touch_all, write_event


def locked(alert_id: UUID) -> Alert:
    """Return the alert with its row held until the transaction ends."""
    # Held alone first: PostgreSQL loses a row whose owner changed while it waited for it,
    # if the owner is joined in the same read.
    Alert.objects.select_for_update().only("pk").get(pk=alert_id)
    return Alert.objects.select_related(
        "person__service", "owner__service", "owner__deputy"
    ).get(pk=alert_id)


def run_clock(*, alert: Alert, at: datetime) -> None:
    """Tell everybody whose step has come, and keep when the next one comes."""
    planned = planned_steps(alert)
    done = set(
        AlertEvent.objects.filter(alert=alert)
        .exclude(step="")
        .values_list("step", flat=True)
    )
    due = due_steps(planned, done, at)
    for step in due:
        _make(alert, step, at)
    upcoming = next_step(planned, done | {step.key for step in due}, at)
    alert.tell_at = upcoming.at if upcoming else None
    alert.escalations += sum(step.to != "therapist" for step in due)
    alert.save(update_fields=["tell_at", "escalations"])
    if due:
        touch_all(alert=alert, at=at)


def _make(alert: Alert, step: Step, at: datetime) -> None:
    """Tell whom a step names; where there is nobody, log it and go on to the next."""
    told = queries.told_at_step(alert, step.to, at)
    if not told:
        if step.number == 0:
            write_event(alert=alert, state=NOBODY, step=step.key, by=None, at=at)
        told = _next_in_chain(alert, step.to, at)
    tell(alert=alert, step=step.key, told=told, at=at)


def _next_in_chain(
    alert: Alert, to: Recipient, at: datetime
) -> list[tuple[Member, str]]:
    for later in queries.after(to):
        if found := queries.told_at_step(alert, later, at):
            return found
    return []


def tell(
    *, alert: Alert, step: str, told: Iterable[tuple[Member, str]], at: datetime
) -> None:
    """Make each a recipient and send a neutral pointer; `step` is the key of the step."""
    for member, role in told:
        AlertRecipient.objects.get_or_create(
            alert=alert,
            member=member,
            defaults={"service_id": alert.service_id, "role": role, "told_at": at},
        )
        write_event(alert=alert, state=TOLD, step=step, to=member, by=None, at=at)
        people.send_pointer(
            member=member,
            kind="alert",
            dedupe_key=pointer_key(alert, step, member),
            at=at,
        )


def pointer_key(alert: Alert, step: str, member: Member) -> str:
    """Return what keeps a pointer from being sent twice for the same step."""
    return f"alert:{alert.pk}:{step}:{member.pk}"


@transaction.atomic
def escalate(*, alert_id: UUID, at: datetime) -> None:
    """Do what the clock of one alert asks for by now; twice is as good as once."""
    run_clock(alert=locked(alert_id), at=at)


@transaction.atomic
def start_from_now(*, alert_id: UUID, at: datetime) -> None:
    """Let the clock of an alert start now if it started later than now.

    So it is after the machine's clock was set back: who comes next would otherwise be
    told only when it has come that far again.
    """
    alert = locked(alert_id)
    alert.raised_at = min(alert.raised_at, at)
    alert.first_raised_at = min(alert.first_raised_at, at)
    if alert.acknowledged_at is not None:
        alert.acknowledged_at = min(alert.acknowledged_at, at)
    alert.save(update_fields=["raised_at", "first_raised_at", "acknowledged_at"])
    audit.record(
        action="safety.alert.started_from_now",
        resource="alert",
        object_id=alert.pk,
        subjects=[alert.person_id],
        service_id=alert.service_id,
        by=None,
        at=at,
    )
    run_clock(alert=alert, at=at)


@transaction.atomic
def tell_new_therapists(*, alert_id: UUID, at: datetime) -> None:
    """Tell therapists who took over the person's care after the alert was raised."""
    alert = locked(alert_id)
    if not access.is_waiting(alert):
        return
    known = set(alert.recipients.values_list("member_id", flat=True))
    new = [
        (member, role)
        for member, role in queries.told_at_step(alert, "therapist", at)
        if member.pk not in known
    ]
    owner = queries.owner_for(alert.person, at)
    if owner is not None and owner.pk != alert.owner_id:
        alert.owner = owner
        alert.save(update_fields=["owner"])
    tell(alert=alert, step=planned_steps(alert)[0].key, told=new, at=at)
    touch_all(alert=alert, at=at)


@transaction.atomic
def note_sent(*, alert_id: UUID, at: datetime) -> None:
    """Move an alert on to "notified" once a pointer about it has really gone out."""
    alert = locked(alert_id)
    if alert.state not in queries.UNNOTIFIED_STATES:
        return
    gone_out = MailPointer.objects.filter(
        dedupe_key__startswith=f"alert:{alert.pk}:",
        created_at__gte=alert.raised_at,
        sent_at__isnull=False,
    )
    if gone_out.exists():
        alert.state = "notified"
        alert.save(update_fields=["state"])
        write_event(alert=alert, state="notified", by=None, at=at)
