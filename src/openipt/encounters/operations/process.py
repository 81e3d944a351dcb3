"""A therapist's own thoughts about a session. Nobody but their author reads them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from openipt.core.errors import Refused, Stale
from openipt.encounters import access
from openipt.encounters.models import Encounter, ProcessNote, ProcessNoteVersion
from openipt.people.models import Member

from .opening import lock
from .trace import say


@transaction.atomic
def save_process_note(
    *, encounter: Encounter, text: str, version: int, by: Member, at: datetime
) -> ProcessNote:
    """Keep what this member thinks about a session; what it said before stays a version.

    `version` is the one that was read, 0 where there was none. The same text again
    changes nothing.

    :raises Refused: if the member is not of the course's care team
    :raises Stale: if they changed it in another window meanwhile
    """
    if reason := access.refusal_to_write(by, encounter.course, at):
        raise Refused(reason)
    lock(encounter)
    note = ProcessNote.objects.filter(encounter=encounter, author=by).first()
    if note is not None and note.text == text:
        return note
    if version != (note.version if note else 0):
        raise Stale(_("You changed this in another window meanwhile."))
    if note is None:
        note = ProcessNote.objects.create(
            service_id=encounter.service_id,
            person_id=encounter.person_id,
            encounter=encounter,
            author=by,
            text=text,
            at=at,
        )
    else:
        _keep_version(note)
        note.text, note.at = text, at
        note.version += 1
        note.save(update_fields=["text", "at", "version"])
    say(encounter, "encounters.process_note.saved", by=by, at=at, quietly=True)
    return note


def _keep_version(note: ProcessNote) -> None:
    ProcessNoteVersion.objects.create(
        service_id=note.service_id,
        person_id=note.person_id,
        process_note=note,
        author_id=note.author_id,
        version=note.version,
        text=note.text,
        at=note.at,
    )
