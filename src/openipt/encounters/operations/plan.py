"""What is made of the agenda of a session, and its quiet clock."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from openipt.core.agenda import Plan, as_content
from openipt.core.errors import Refused, Stale
from openipt.encounters import access
from openipt.encounters.models import Encounter, SessionPlan, SessionPlanVersion
from openipt.people.models import Member

from .opening import lock
from .trace import say


@transaction.atomic
def keep_plan(
    *, encounter: Encounter, plan: Plan, version: int, by: Member, at: datetime
) -> SessionPlan:
    """Keep the agenda as somebody arranged it; the same again changes nothing.

    `version` is the one that was read, 0 where the agenda stood as it was made.

    :raises Refused: if the member is not of the course's care team
    :raises Stale: if somebody arranged it meanwhile
    """
    if reason := access.refusal_to_write(by, encounter.course, at):
        raise Refused(reason)
    lock(encounter)
    content = as_content(plan)
    kept = SessionPlan.objects.filter(encounter=encounter).first()
    if kept is not None and kept.content == content:
        return kept
    if version != (kept.version if kept else 0):
        raise Stale(_("Somebody else arranged this agenda meanwhile."))
    if kept is None:
        return _first(encounter, content, by=by, at=at)
    SessionPlanVersion.objects.create(
        service_id=kept.service_id,
        person_id=kept.person_id,
        plan=kept,
        version=kept.version,
        content=kept.content,
        by_id=kept.by_id,
        at=kept.at,
    )
    kept.content, kept.by, kept.at = content, by, at
    kept.version += 1
    kept.save(update_fields=["content", "by", "at", "version"])
    say(encounter, "encounters.plan.changed", by=by, at=at)
    return kept


@transaction.atomic
def begin_clock(
    *, encounter: Encounter, plan: Plan, by: Member, at: datetime
) -> SessionPlan:
    """Start the quiet clock; it goes on running if somebody starts it again.

    :raises Refused: if the member is not of the course's care team
    """
    if reason := access.refusal_to_write(by, encounter.course, at):
        raise Refused(reason)
    lock(encounter)
    kept = SessionPlan.objects.filter(encounter=encounter).first()
    kept = kept or _first(encounter, as_content(plan), by=by, at=at)
    if kept.begun_at is None:
        _set_clock(encounter, kept, at, by=by, at=at)
    return kept


@transaction.atomic
def stop_clock(*, encounter: Encounter, by: Member, at: datetime) -> None:
    """Stop the quiet clock; twice is once.

    :raises Refused: if the member is not of the course's care team
    """
    if reason := access.refusal_to_write(by, encounter.course, at):
        raise Refused(reason)
    lock(encounter)
    kept = SessionPlan.objects.filter(encounter=encounter).first()
    if kept is not None and kept.begun_at is not None:
        _set_clock(encounter, kept, None, by=by, at=at)


def _set_clock(
    encounter: Encounter,
    kept: SessionPlan,
    begun_at: datetime | None,
    *,
    by: Member,
    at: datetime,
) -> None:
    kept.begun_at = begun_at
    kept.save(update_fields=["begun_at"])
    did = "begun" if begun_at else "stopped"
    say(encounter, f"encounters.clock.{did}", by=by, at=at)


def _first(
    encounter: Encounter, content: dict[str, object], *, by: Member, at: datetime
) -> SessionPlan:
    kept = SessionPlan.objects.create(
        service_id=encounter.service_id,
        person_id=encounter.person_id,
        encounter=encounter,
        content=content,
        by=by,
        at=at,
    )
    say(encounter, "encounters.plan.changed", by=by, at=at)
    return kept
