"""What the person is told about their own answer: who sees it, when, and that it was seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from openipt.core.risk import Recipient
from openipt.people.models import Member, Person
from openipt.safety import access
from openipt.safety.models import Alert
from openipt.vault import keys

from .alerts import own_alert
from .hours import hours_of
from .routing import owner_for, told_at_once, told_at_step
from .steps import planned_steps


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """Somebody has taken the person's alert."""

    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Hearer:
    """Somebody who is told if nobody has read the answer by then; `name` may be empty."""

    at: datetime
    role: Recipient
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WhoSees:
    """Who reads an answer and when, as the person is told it, honestly.

    `reads_from` is when somebody at the service reads next: None while the service is
    open; and None with `hours_known` False where it has not said when it reads.
    """

    names: tuple[str, ...]
    is_open: bool
    hours_known: bool
    reads_from: datetime | None
    later: tuple[Hearer, ...]
    seen: Seen | None
    is_waiting: bool


def seen_of(member: Member) -> Seen | None:
    """Return who has taken the open alert of the person this member is, or None."""
    alert = own_alert(member)
    return _seen(alert) if alert else None


def who_sees(person: Person, alert: Alert | None, at: datetime) -> WhoSees | None:
    """Return who sees an answer of this person; None if nobody at the service would.

    With an alert it tells about that one, without one what would happen.
    """
    owner = alert.owner if alert else owner_for(person, at)
    if owner is None:
        return None
    hours = hours_of(person.service)
    is_open = hours is not None and hours.is_open(at)
    told = told_at_once(person, owner, at)
    keys.prefetch(member.pk for member, _role in told)
    return WhoSees(
        names=tuple(member.name for member, _role in told),
        is_open=is_open,
        hours_known=hours is not None,
        reads_from=None if hours is None or is_open else hours.next_opening(at),
        later=tuple(_later(alert, at)) if alert and access.is_waiting(alert) else (),
        seen=_seen(alert) if alert else None,
        is_waiting=alert is None or access.is_waiting(alert),
    )


def _seen(alert: Alert) -> Seen | None:
    if alert.acknowledged_at is None or alert.acknowledged_by is None:
        return None
    return Seen(by=alert.acknowledged_by.name, at=alert.acknowledged_at)


def _later(alert: Alert, at: datetime) -> Iterable[Hearer]:
    """Yield who is told next, and by when, as far as there is somebody to tell."""
    for step in planned_steps(alert):
        found = told_at_step(alert, step.to, at)
        if step.to == "therapist" or step.at <= at or not found:
            continue
        only_deputies = step.to == "deputy"
        name = found[0][0].name if only_deputies else ""
        yield Hearer(at=step.at, role=step.to, name=name)
