"""What stands on the page of one alert: the answers behind it and what was done."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from openipt.core.measures import load_measures
from openipt.safety.models import AlertEvent, AlertSource
from openipt.vault import keys

from .alerts import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceLine:
    """One answer behind an alert: what was asked and what the person said."""

    kind: str
    level: str
    measure: str
    question: str
    answer: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class EventLine:
    """One step in the life of an alert; `note` is empty for who may not read it."""

    state: str
    role: str
    to: str
    by: str
    note: str
    at: datetime


def sources_of(reading: Reading) -> list[SourceLine]:
    """Return the answers behind an alert, the newest first; none for a summary."""
    if not reading.is_full:
        return []
    found = AlertSource.objects.filter(alert=reading.alert).order_by("-at", "-pk")
    return [_source(row) for row in found]


def events_of(reading: Reading) -> list[EventLine]:
    """Return what happened with an alert, the oldest first."""
    found = list(
        AlertEvent.objects.filter(alert=reading.alert)
        .select_related("by", "to")
        .order_by("at", "pk")
    )
    keys.prefetch(
        member_id for row in found for member_id in (row.by_id, row.to_id) if member_id
    )
    return [_event(row, with_note=reading.is_full) for row in found]


def _source(row: AlertSource) -> SourceLine:
    measure = load_measures().get(row.measure)
    question = ""
    if measure and row.item:
        language = measure.language_for(get_language() or "")
        question = measure.in_language(language).items[row.item - 1].text
    return SourceLine(
        kind=row.kind,
        level=row.level,
        measure=measure.short_name if measure else row.measure,
        question=question,
        answer=row.answer or "",
        at=row.at,
    )


def _event(row: AlertEvent, *, with_note: bool) -> EventLine:
    return EventLine(
        state=row.state,
        role=row.step.split(":")[-2] if row.step else "",
        to=row.to.name if row.to else "",
        by=row.by.name if row.by else "",
        note=(row.note or "") if with_note else "",
        at=row.at,
    )
