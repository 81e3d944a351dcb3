"""Raising an alert: what a risk answer, or the words "I am not safe", begins."""

from datetime import datetime
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from openipt.core.errors import Refused
from openipt.core.risk import Level, at_not_safe, highest
from openipt.people.models import Member, Person
from openipt.safety import access, queries
from openipt.safety.models import Alert, AlertSource

from .clock import locked
from .record import ANSWERED_AGAIN, RiskSource, touch_all, write_event
from .steps import SAME_PRESS, start_anew


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
        # Not later either: a press from before the clock was set back is another one.
        same = same.filter(at__gt=at - SAME_PRESS, at__lt=at + SAME_PRESS)
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
