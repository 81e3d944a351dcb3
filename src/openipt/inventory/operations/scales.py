"""What the care team enters from scales about attachment and support."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from openipt import audit
from openipt.core.errors import Refused
from openipt.core.scales import Scale, scores_of
from openipt.inventory import access
from openipt.inventory.models import Relationship, ScaleEntry
from openipt.people.models import Member, Person
from openipt.web.sent_again import check_same


class Answered(TypedDict):
    """What was answered: on which scale, about whom where it is about one, and when."""

    scale: Scale
    about: Relationship | None
    answers: Sequence[int | None]
    on_date: date


@transaction.atomic
def enter_scale(
    *,
    person: Person,
    submission_id: UUID,
    by: Member,
    at: datetime,
    **answered: Unpack[Answered],
) -> ScaleEntry:
    """Keep what was answered on a scale; the same submission is kept once.

    :raises Refused: with the reason of `access.refusal_to_enter_scale`
    :raises ValueError: if there are more or fewer answers than items, or one is out of range
    :raises SentBefore: if it was sent before with other answers
    """
    _check(person, by, at)
    scale, answers = answered["scale"], answered["answers"]
    scores_of(scale, answers)
    wanted = {
        "relationship": answered["about"],
        "scale": scale.id,
        "scale_version": scale.version,
        "answers": list(answers),
        "on_date": answered["on_date"],
    }
    entry, is_new = ScaleEntry.objects.get_or_create(
        person=person,
        submission_id=submission_id,
        defaults={
            "service_id": person.service_id,
            "entered_by": by,
            "entered_at": at,
            **wanted,
        },
    )
    if is_new:
        _say(entry, "inventory.scale.entered", by=by, at=at)
    check_same({name: getattr(entry, name) for name in wanted}, wanted)
    return entry


@transaction.atomic
def set_scale_aside(*, entry: ScaleEntry, by: Member, at: datetime) -> None:
    """Set a wrong entry aside; it stays in the record. Twice is once.

    :raises Refused: with the reason of `access.refusal_to_enter_scale`
    """
    _check(entry.person, by, at)
    standing = ScaleEntry.objects.filter(pk=entry.pk, removed_at__isnull=True)
    if standing.update(removed_at=at, removed_by=by):
        _say(entry, "inventory.scale.set_aside", by=by, at=at)


def _check(person: Person, by: Member, at: datetime) -> None:
    if reason := access.refusal_to_enter_scale(by, person, at):
        raise Refused(reason)


def _say(entry: ScaleEntry, action: str, *, by: Member, at: datetime) -> None:
    audit.record(
        action=action,
        resource="inventory",
        object_id=entry.pk,
        subjects=[entry.person_id],
        service_id=entry.service_id,
        by=by,
        at=at,
    )
