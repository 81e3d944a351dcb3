"""Raising an alert and everything people do with it.

The row is locked first and read again, so that a second click, or two people at once,
find what the first has done.
"""

from datetime import datetime, timedelta
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from openipt.core.errors import Invalid, Refused, Stale
from openipt.core.risk import (
    AlertState,
    Level,
    at_not_safe,
    highest,
    may_close,
    may_go,
)
from openipt.people.models import Member, Person
from openipt.safety import access, queries
from openipt.safety.models import Alert, AlertSource

from .clock import locked, run_clock
from .record import ANSWERED_AGAIN, RiskSource, touch_all, write_event

SAME_PRESS = timedelta(minutes=1)
"""Within this time a second press of a button is the same press."""


@transaction.atomic
def raise_alert(
    *, person: Person, source: RiskSource, level: Level, by: Member, at: datetime
) -> Alert:
    """Raise an alert for a risk answer, in the transaction that stores the answer.

    A person has one open alert: a further answer joins it, and the higher level counts.
    Its clock starts anew only when the level rises, or when an answer as grave comes in
    after somebody had taken it. The same answer twice changes nothing.

    :raises Refused: if nobody at the service is left who could answer for it
    """
    # The person's row is held, so that two answers at once cannot open two alerts.
    person = Person.objects.select_for_update().get(pk=person.pk)
    if known := _known(person, source, level, at):
        return known
    found = Alert.objects.filter(person=person, closed_at__isnull=True).first()
    if found is None:
        alert = locked(_open(person, level, at).pk)
        _add_source(alert, source, level, at)
        start_anew(alert, by=by, at=at)
        return alert
    alert = locked(found.pk)
    starts_anew = _starts_anew(alert, source, level)
    _add_source(alert, source, level, at)
    if starts_anew:
        alert.level = _higher(alert, level)
        start_anew(alert, by=by, at=at)
    else:
        write_event(alert=alert, state=ANSWERED_AGAIN, by=by, at=at)
        touch_all(alert=alert, at=at)
    return alert


def not_safe(*, person: Person, by: Member, at: datetime) -> Alert:
    """Raise a red alert because the person says that they are not safe.

    :raises Refused: if nobody at the service is left who could answer for it
    """
    trigger = at_not_safe()
    source = RiskSource(kind=trigger.kind)
    return raise_alert(person=person, source=source, level=trigger.level, by=by, at=at)


@transaction.atomic
def note_shown(*, alert: Alert, by: Member, at: datetime) -> None:
    """Record that the help page was shown to the person; once."""
    alert = locked(alert.pk)
    if may_go(cast("AlertState", alert.state), "shown"):
        _go(alert, "shown", by=by, at=at)


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
    _go(
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
    _go(alert, to, by=by, at=at, note=note)
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
    _go(alert, "assessed", by=by, at=at, note=note)
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
    _go(
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


def _open(person: Person, level: Level, at: datetime) -> Alert:
    owner = queries.owner_for(person, at)
    if owner is None:
        raise Refused(
            _(
                "Nobody at this service can read this now. If you are in danger, call "
                "your country's emergency number."
            )
        )
    return Alert.objects.create(
        service_id=person.service_id,
        person=person,
        owner=owner,
        level=level,
        raised_at=at,
        first_raised_at=at,
    )


def start_anew(
    alert: Alert, *, by: Member | None, at: datetime, note: str = ""
) -> None:
    """Let the alert wait to be taken, and its clock run from now."""
    alert.raised_at = at
    alert.acknowledged_at = alert.acknowledged_by = None
    _go(
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


def _starts_anew(alert: Alert, source: RiskSource, level: Level) -> bool:
    """Return whether a further answer makes somebody be waited for again.

    While the alert waits only a higher level does: else repeated answers would put off
    the next step. Once it was taken a red answer does too, for whoever took it may have
    stopped looking; but not one of the same form, which is the same answer twice.
    """
    if _higher(alert, level) != alert.level:
        return True
    if access.is_waiting(alert) or level != "red":
        return False
    same_form = alert.sources.filter(
        answering_id=source.answering_id, level=level
    ).exclude(answering_id=None)
    return not same_form.exists()


def _higher(alert: Alert, level: Level) -> Level:
    """Return the graver of the alert's level and another."""
    return cast("Level", highest([cast("Level", alert.level), level]))


def _known(
    person: Person, source: RiskSource, level: Level, at: datetime
) -> Alert | None:
    """Return the alert that counted this very answer, or this press of a button, already.

    Only in an open alert: whoever answers so again after one was closed is heard anew.
    """
    same = AlertSource.objects.filter(
        person=person,
        alert__closed_at__isnull=True,
        kind=source.kind,
        level=level,
        item=source.item,
        answering_id=source.answering_id,
    )
    if source.answering_id is None:
        same = same.filter(at__gt=at - SAME_PRESS)
    row = same.select_related("alert").first()
    return row.alert if row else None


def _add_source(alert: Alert, source: RiskSource, level: Level, at: datetime) -> None:
    AlertSource.objects.create(
        service_id=alert.service_id,
        person_id=alert.person_id,
        alert=alert,
        kind=source.kind,
        level=level,
        measure=source.measure,
        item=source.item,
        answering_id=source.answering_id,
        answer=source.answer or None,
        at=at,
    )


def _go(
    alert: Alert,
    state: AlertState,
    *,
    by: Member | None,
    at: datetime,
    note: str = "",
    also: tuple[str, ...] = (),
) -> None:
    alert.state = state
    alert.version += 1
    alert.save(update_fields=["state", "version", *also])
    write_event(alert=alert, state=state, by=by, at=at, note=note)
    touch_all(alert=alert, at=at)


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
        and at - last.at < SAME_PRESS
        and alert.state == state
    )
