"""Pages of the journal: written, changed, removed. Nothing here reaches anybody else."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Invalid, Missing, Refused, Stale
from openipt.core.practice import clean, load_kinds
from openipt.people import operations as people
from openipt.people.models import CareRelationship, Member, Person
from openipt.practice import access, queries
from openipt.practice.kinds import kind_of
from openipt.practice.models import Entry, EntryVersion, Share
from openipt.web.sent_again import check_same

from .sharing import share


@transaction.atomic
def write_entry(  # noqa: PLR0913 -- a page is what, when, by whom, for whom
    *,
    person: Person,
    submission_id: UUID,
    kind: str,
    happened_on: date,
    content: Mapping[str, Any],
    share_with: Iterable[CareRelationship] = (),
    by: Member,
    at: datetime,
) -> Entry:
    """Write a page. The same submission sent again gives the page it made before.

    :raises Refused: if this is not the member's own journal
    :raises Invalid: if the content is not what this kind holds
    :raises SentBefore: if the submission arrived before with other content
    """
    if reason := access.refusal_to_write(by, person):
        raise Refused(reason)
    kept = checked(kind, content)
    entry = Entry(
        service_id=person.service_id,
        person=person,
        submission_id=submission_id,
        kind=kind,
        kind_version=load_kinds()[kind].version,
        happened_on=happened_on,
        content=kept,
        created_at=at,
        updated_at=at,
    )
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError:
        return _written_before(person, submission_id, kept)
    _record("practice.entry.written", entry, by=by, at=at)
    for care in share_with:
        share(entry=entry, care=care, by=by, at=at)
    return entry


@transaction.atomic
def change_entry(
    *,
    entry: Entry,
    version: int,
    content: Mapping[str, Any],
    happened_on: date,
    by: Member,
    at: datetime,
) -> Entry:
    """Change a page; what it said before stays in its history.

    Whoever reads it is told only if the part that they may read has changed.

    :raises Refused: if this is not the member's own journal
    :raises Invalid: if the content is not what this kind holds
    :raises Stale: if it was changed since this version was opened
    """
    if reason := access.refusal_to_write(by, entry.person):
        raise Refused(reason)
    kept = checked(entry.kind, content)
    before, day_before, written_at = entry.content, entry.happened_on, entry.updated_at
    if before == kept and day_before == happened_on:
        return entry
    _claim(entry, version)
    EntryVersion(
        service_id=entry.service_id,
        person_id=entry.person_id,
        entry=entry,
        version=version,
        content=before,
        at=written_at,
    ).save(force_insert=True)
    entry.content, entry.happened_on, entry.updated_at = kept, happened_on, at
    entry.save(update_fields=["content", "happened_on", "updated_at"])
    _record("practice.entry.changed", entry, by=by, at=at)
    shown = kind_of(entry.kind).shown
    if (shown(before), day_before) != (shown(kept), happened_on):
        _tell_readers(entry, at)
    return entry


@transaction.atomic
def remove_entry(*, entry: Entry, by: Member, at: datetime) -> None:
    """Take a page out of the journal and away from everybody it was shared with.

    :raises Refused: if this is not the member's own journal
    """
    if reason := access.refusal_to_write(by, entry.person):
        raise Refused(reason)
    removed = Entry.objects.filter(pk=entry.pk, removed_at__isnull=True)
    if not removed.update(removed_at=at):
        return
    shares = Share.objects.filter(entry=entry, ended_at__isnull=True)
    readers = list(shares.values_list("care__member_id", flat=True))
    shares.update(ended_at=at)
    _record("practice.entry.removed", entry, by=by, at=at)
    people.touch(readers)


def checked(kind: str, content: Mapping[str, Any]) -> dict[str, object]:
    """Return cleaned content.

    :raises Invalid: with the first thing that is wrong
    """
    kind_of(kind)
    cleaned = clean(load_kinds()[kind], content)
    if cleaned.problems:
        problem = cleaned.problems[0].sentence
        raise Invalid(_(problem.template).format(**problem.values))
    return cleaned.content


def _written_before(person: Person, submission_id: UUID, kept: object) -> Entry:
    entry = queries.submitted(person, submission_id)
    if entry is None:
        raise Missing
    check_same(queries.first_content(entry), kept)
    return entry


def _claim(entry: Entry, version: int) -> None:
    claimed = Entry.objects.filter(
        pk=entry.pk, version=version, removed_at__isnull=True
    ).update(version=version + 1)
    if not claimed:
        raise Stale(_("This page was changed somewhere else in the meantime."))
    entry.version = version + 1


def _tell_readers(entry: Entry, at: datetime) -> None:
    shares = Share.objects.filter(entry=entry, ended_at__isnull=True)
    readers = list(shares.values_list("care__member_id", flat=True))
    shares.update(shared_at=at, first_read_at=None)
    people.touch(readers)


def _record(action: str, entry: Entry, *, by: Member, at: datetime) -> None:
    audit.record(
        action=action,
        resource="entry",
        object_id=entry.pk,
        subjects=[entry.person_id],
        service_id=entry.service_id,
        by=by,
        at=at,
    )
