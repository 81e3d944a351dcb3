"""What changes on the timeline of a life. Nothing that was said is lost."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Invalid, Refused, Stale
from openipt.core.timeline import Event, as_content, event_of
from openipt.inventory import access
from openipt.inventory.models import LifeEvent, LifeEventVersion
from openipt.people import operations as people
from openipt.people.models import Member, Person
from openipt.sql.locks import lock_row
from openipt.sql.prepared import Prepared
from openipt.web.sent_again import check_same


@transaction.atomic
def add_event(
    *, person: Person, submission_id: UUID, event: Event, by: Member, at: datetime
) -> LifeEvent:
    """Put something on the timeline. The same submission sent again gives the first.

    If it is the onset, what was the onset before stays as an ordinary event.

    :raises Refused: with the reason of `access.refusal_to_write`
    :raises Invalid: if the timeline is full
    :raises SentBefore: if it was sent before with other words
    """
    _check_write(person, by, at)
    _lock(person)
    already: LifeEvent | None = _SENT.first(person=person.pk, submission=submission_id)
    if already:
        check_same(_first_said(already), event)
        return already
    if reason := access.refusal_to_add_event(person):
        raise Invalid(reason)
    if event.is_onset:
        _clear_onset(person, by=by, at=at)
    row = LifeEvent.objects.create(
        service_id=person.service_id,
        person=person,
        submission_id=submission_id,
        content=as_content(event),
        is_onset=event.is_onset,
        created_at=at,
        updated_at=at,
    )
    _keep_version(row, by=by, at=at)
    _say(person, "timeline.event.added", by=by, at=at)
    return row


@transaction.atomic
def change_event(
    *, life_event: LifeEvent, event: Event, version: int, by: Member, at: datetime
) -> LifeEvent:
    """Change what is said of an event; the same again changes nothing.

    :raises Refused: with the reason of `access.refusal_to_write`
    :raises Stale: if it was changed since this version was opened
    """
    person = life_event.person
    _check_write(person, by, at)
    _lock(person)
    row = LifeEvent.objects.select_for_update().get(pk=life_event.pk)
    row.person = person
    if row.removed_at is None and event_of(row.content, is_onset=row.is_onset) == event:
        return row
    if row.version != version or row.removed_at is not None:
        raise Stale(
            _(
                "This was changed meanwhile, perhaps by somebody else or in another window."
            )
        )
    if event.is_onset and not row.is_onset:
        _clear_onset(person, by=by, at=at)
    row.content, row.is_onset = as_content(event), event.is_onset
    _save(row, by=by, at=at)
    _say(person, "timeline.event.changed", by=by, at=at)
    return row


@transaction.atomic
def mark_onset(*, life_event: LifeEvent, by: Member, at: datetime) -> LifeEvent:
    """Say that the present episode began here; the mark moves from where it was.

    :raises Refused: with the reason of `access.refusal_to_write`
    :raises Stale: if the event was taken off the timeline meanwhile
    """
    event = event_of(life_event.content, is_onset=life_event.is_onset)
    return change_event(
        life_event=life_event,
        event=replace(event, is_onset=True),
        version=life_event.version,
        by=by,
        at=at,
    )


@transaction.atomic
def remove_event(*, life_event: LifeEvent, by: Member, at: datetime) -> None:
    """Take an event off the timeline; what was said of it stays kept. Twice is once.

    :raises Refused: with the reason of `access.refusal_to_write`
    """
    _check_write(life_event.person, by, at)
    row = LifeEvent.objects.select_for_update().get(pk=life_event.pk)
    if row.removed_at is not None:
        return
    row.removed_at = at
    _save(row, by=by, at=at)
    _say(life_event.person, "timeline.event.removed", by=by, at=at)


def _clear_onset(person: Person, *, by: Member, at: datetime) -> None:
    """Let what was the onset be an ordinary event."""
    marked = LifeEvent.objects.select_for_update().filter(
        person=person, is_onset=True, removed_at__isnull=True
    )
    for row in marked:
        row.is_onset = False
        _save(row, by=by, at=at)


def _save(row: LifeEvent, *, by: Member, at: datetime) -> None:
    row.version += 1
    row.updated_at = at
    row.save(
        update_fields=["content", "is_onset", "removed_at", "updated_at", "version"]
    )
    _keep_version(row, by=by, at=at)


def _first_said(row: LifeEvent) -> Event:
    """Return what the form said that added it."""
    first = LifeEventVersion.objects.filter(life_event=row).order_by("version").first()
    said = first or row
    return event_of(said.content, is_onset=said.is_onset)


def _keep_version(row: LifeEvent, *, by: Member, at: datetime) -> None:
    LifeEventVersion.objects.create(
        service_id=row.service_id,
        person_id=row.person_id,
        life_event=row,
        version=row.version,
        content=row.content,
        is_onset=row.is_onset,
        is_removed=row.removed_at is not None,
        by=by,
        at=at,
    )


def _check_write(person: Person, by: Member, at: datetime) -> None:
    if reason := access.refusal_to_write(by, person, at):
        raise Refused(reason)


def _lock(person: Person) -> None:
    """Let one change of a timeline happen at a time."""
    lock_row(Person, person.pk)


def _say(person: Person, action: str, *, by: Member, at: datetime) -> None:
    audit.record(
        action=action,
        resource="timeline",
        object_id=person.pk,
        subjects=[person.pk],
        service_id=person.service_id,
        by=by,
        at=at,
    )
    people.touch({by.pk, person.member_id})


_SENT = Prepared(
    lambda person, submission: LifeEvent.objects.filter(
        person=person, submission_id=submission
    ),
    person=UUID,
    submission=UUID,
)
