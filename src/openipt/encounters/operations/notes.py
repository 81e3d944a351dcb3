"""The note of a session. Nothing that was written is lost."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from openipt.core.errors import Invalid, Refused, Stale
from openipt.encounters import access
from openipt.encounters.models import Addendum, Encounter, Note, NoteVersion
from openipt.people.models import Member

from .opening import lock
from .trace import say


@transaction.atomic
def save_note(
    *, encounter: Encounter, text: str, version: int, by: Member, at: datetime
) -> Note:
    """Keep the note as a draft; what it said before becomes a version of its own.

    `version` is the one that was read, 0 where there was no note. The same text again
    changes nothing.

    :raises Refused: if the member is not of the course's care team
    :raises Stale: if somebody changed or signed it meanwhile
    """
    if reason := access.refusal_to_write(by, encounter.course, at):
        raise Refused(reason)
    note = _locked(encounter)
    if note is None:
        return _first(encounter, text, by=by, at=at)
    if note.text == text:
        return note
    if note.signed_at is not None:
        raise Stale(
            _("This note was signed meanwhile. What you wrote can be added below it.")
        )
    if note.version != version:
        raise Stale(_("Somebody else changed this note meanwhile."))
    _keep_version(note)
    note.text, note.author, note.updated_at = text, by, at
    note.version += 1
    note.save(update_fields=["text", "author", "updated_at", "version"])
    say(encounter, "encounters.note.saved", by=by, at=at)
    return note


@transaction.atomic
def sign_note(
    *,
    encounter: Encounter,
    text: str,
    version: int,
    by: Member,
    at: datetime,
    without_link: str = "",
) -> Note:
    """Sign the note with this text; from then on it is fixed. A second click is harmless.

    `without_link` is why a session of the middle links no mood to an event (T04).

    :raises Refused: if the member is not of the team, or the session has not begun
    :raises Invalid: if there is nothing to sign, or a reason is wanted
    :raises Stale: if somebody changed or signed it meanwhile
    """
    if reason := access.refusal_to_sign(encounter, text, at):
        raise Invalid(reason)
    note = save_note(encounter=encounter, text=text, version=version, by=by, at=at)
    if note.signed_at is not None:
        return note
    wanted = access.reason_wanted_to_sign(encounter, at)
    if wanted and not without_link.strip():
        raise Invalid(wanted)
    note.without_link = without_link if wanted else None
    note.signed_at, note.signed_by = at, by
    note.version += 1
    note.save(update_fields=["signed_at", "signed_by", "without_link", "version"])
    say(encounter, "encounters.note.signed", by=by, at=at)
    return note


@transaction.atomic
def add_addendum(
    *, encounter: Encounter, text: str, by: Member, at: datetime
) -> Addendum:
    """Add something to a signed note. The same words of the same author are added once.

    :raises Refused: if the member is not of the team, or the note is not signed
    """
    note = _locked(encounter)
    reason = access.refusal_to_write(by, encounter.course, at)
    reason = reason or access.refusal_to_add(note)
    if note is None or reason:
        raise Refused(reason)
    for before in Addendum.objects.filter(note=note, author=by):
        if before.text == text:
            return before
    addendum = Addendum.objects.create(
        service_id=encounter.service_id,
        person_id=encounter.person_id,
        note=note,
        author=by,
        text=text,
        at=at,
    )
    say(encounter, "encounters.addendum.added", by=by, at=at)
    return addendum


def _locked(encounter: Encounter) -> Note | None:
    """Return the note as it is now; nobody else changes it until the transaction ends.

    The encounter is locked, so that two first drafts do not race.
    """
    lock(encounter)
    return Note.objects.filter(encounter=encounter).select_related("author").first()


def _first(encounter: Encounter, text: str, *, by: Member, at: datetime) -> Note:
    note = Note.objects.create(
        service_id=encounter.service_id,
        person_id=encounter.person_id,
        encounter=encounter,
        author=by,
        text=text,
        updated_at=at,
    )
    say(encounter, "encounters.note.saved", by=by, at=at)
    return note


def _keep_version(note: Note) -> None:
    NoteVersion.objects.create(
        service_id=note.service_id,
        person_id=note.person_id,
        note=note,
        version=note.version,
        text=note.text,
        author=note.author,
        at=note.updated_at,
    )
