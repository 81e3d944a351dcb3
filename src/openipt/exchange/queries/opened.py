"""Who opened a person's record, when and in which role: from the trail."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt.audit.models import AuditEvent
from openipt.people.models import Member, Person
from openipt.vault import keys

SHOWN = timedelta(days=90)


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """One day on which somebody looked, in one role: what they saw, and how often."""

    on: date
    name: str
    roles: tuple[str, ...]
    what: tuple[str, ...]
    times: int
    last_at: datetime


def opened_by(person: Person, at: datetime) -> list[Opened]:
    """Return who looked at this person's record in the last 90 days, the latest first.

    Every look of somebody else counts; one line for each day, person and role.
    """
    events = (
        AuditEvent.objects.filter(
            service_id=person.service_id, at__gt=at - SHOWN, action__endswith=".read"
        )
        .annotate(about=Cast("subject_ids", TextField()))
        .filter(about__contains=str(person.pk))
        .exclude(actor_id=person.member_id)
        .order_by("at")
        .values_list("at", "actor_id", "role", "action")
    )
    days: dict[tuple[date, UUID, str], list[tuple[datetime, str]]] = {}
    for when, actor, role, action in events:
        if actor is None:
            continue
        on = timezone.localdate(when)
        days.setdefault((on, actor, role), []).append((when, action))
    names = _names({actor for _on, actor, _role in days}, person)
    words = _words()
    rows = [
        Opened(
            on=on,
            name=names.get(actor, ""),
            roles=tuple(role.split("+")) if role else (),
            what=tuple(
                dict.fromkeys(
                    words.get(action.split(".")[0], _("your record"))
                    for _when, action in seen
                )
            ),
            times=len(seen),
            last_at=seen[-1][0],
        )
        for (on, actor, role), seen in days.items()
    ]
    return sorted(rows, key=lambda row: row.last_at, reverse=True)


def _names(ids: set[UUID], person: Person) -> dict[UUID, str]:
    """Return names of members; the key of the person, whom the page names too, comes along."""
    members = list(Member.objects.filter(pk__in=ids))
    keys.prefetch([person.pk, *(member.pk for member in members)])
    return {member.pk: member.name for member in members}


def _words() -> dict[str, str]:
    """Return what each part of the house shows, in words for the person."""
    return {
        "home": _("your course and how it goes"),
        "courses": _("your course"),
        "encounters": _("a session"),
        "questionnaires": _("your answers"),
        "practice": _("pages that you shared"),
        "safety": _("an alert about you"),
        "calendar": _("the calendar"),
        "people": _("who is in charge of you"),
    }
