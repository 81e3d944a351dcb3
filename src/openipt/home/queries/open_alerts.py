"""Open alerts as cards: what was answered, since when, and what happens next by the clock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from openipt.core.measures import load_measures
from openipt.core.risk import (
    WAITING_ALERT_STATES,
    Level,
    Recipient,
)
from openipt.people import queries as people
from openipt.people.models import Member
from openipt.safety import queries as safety
from openipt.safety.models import Alert, AlertRecipient, AlertSource
from openipt.sql.prepared import Many, Prepared

STEPS_SHOWN = 2
NO_WORDS = frozenset({"manager"})
"""Who was told as one of these sees that there is an alert, never what was answered."""

CHOSEN = frozenset({"answer", "not_safe"})
"""Kinds of triggers that are one act of the person; others compare answers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """Somebody who is told at an instant if nothing happens before."""

    at: datetime
    to: Recipient
    is_today: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertCard:
    """One open alert. `kind`, `measure` and `said` are of its gravest newest answer.

    `is_done`: somebody has written what came of it, it only waits to be closed. `next`
    is who is told and when, if nobody takes it, or if nobody writes what came of it.
    """

    id: UUID
    person_id: UUID
    name: str
    level: Level
    is_waiting: bool
    kind: str
    measure: str
    item: int | None
    said: str
    raised_at: datetime
    owner: str
    is_mine: bool
    is_done: bool
    next: tuple[Told, ...]


def cards_for(member: Member, at: datetime) -> list[AlertCard]:
    """Return the open alerts this member has to know of, the most urgent first."""
    lines = safety.open_alerts_for(member, at)
    if not lines:
        return []
    sources = _SOURCES.instances(alerts=Many(line.id for line in lines))
    gravest = {source.alert_id: source for source in sorted(sources, key=_gravity)}
    done = safety.steps_done(gravest)
    return [_card(line, gravest[line.id], done[line.id], at) for line in lines]


_SOURCES = Prepared(
    lambda alerts: AlertSource.objects.filter(alert_id__in=alerts).select_related(
        "alert__person__service"
    ),
    alerts=Many,
)


def _gravity(source: AlertSource) -> tuple[bool, bool, datetime]:
    """Order answers so that the last one tells most: grave, in the person's own choice."""
    return (source.level == "red", source.kind in CHOSEN, source.at)


def waiting_count(member: Member, at: datetime) -> int:
    """Return how many alerts this member knows of that nobody has taken; one query."""
    return len(_WAITING.rows(member=member.pk, service=member.service_id, at=at))


def _waiting_for(member: UUID, service: UUID, at: datetime) -> QuerySet[Alert, Any]:
    told = AlertRecipient.objects.filter(member=member).values("alert_id")
    somebody = Member(pk=member, service_id=service)
    in_care = people.care_of(somebody, at).values("person_id")
    return Alert.objects.filter(
        Q(person_id__in=in_care) | Q(pk__in=told),
        service_id=service,
        closed_at__isnull=True,
        state__in=WAITING_ALERT_STATES,
    ).values_list("pk")


_WAITING = Prepared(_waiting_for, member=UUID, service=UUID, at=datetime)


def _card(
    line: safety.AlertLine, source: AlertSource, done: set[str], at: datetime
) -> AlertCard:
    measure = load_measures().get(source.measure)
    return AlertCard(
        id=line.id,
        person_id=line.person_id,
        name=line.name,
        level=line.level,
        is_waiting=line.is_waiting,
        kind=source.kind,
        measure=measure.short_name if measure else source.measure,
        item=source.item,
        said="" if line.told_as in NO_WORDS else (source.answer or ""),
        raised_at=line.raised_at,
        owner=line.owner,
        is_mine=line.is_mine,
        is_done=line.state == "assessed",
        next=_next(source.alert, done, at),
    )


def _next(alert: Alert, done: set[str], at: datetime) -> tuple[Told, ...]:
    """Return who is told next, without the therapist, who knows already."""
    today = timezone.localdate(at)
    steps = safety.coming_steps(alert, done, at)
    coming = [step for step in steps if step.to != "therapist"]
    return tuple(
        Told(at=step.at, to=step.to, is_today=timezone.localdate(step.at) == today)
        for step in coming[:STEPS_SHOWN]
    )
