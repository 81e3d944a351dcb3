"""Process notes. Every question starts from their author, who alone reads them."""

from uuid import UUID

from openipt.encounters.models import ProcessNote, ProcessNoteVersion
from openipt.people.models import Member


def own_process_note(author: Member, appointment_id: UUID) -> ProcessNote | None:
    """Return what this member wrote about a session they reached, if anything."""
    return ProcessNote.objects.filter(
        author=author, encounter__appointment_id=appointment_id
    ).first()


def own_process_text(author: Member, appointment_id: UUID, version: int) -> str:
    """Return what this member's note said in a version; empty if there was none."""
    note = own_process_note(author, appointment_id)
    if note is None or version == 0:
        return ""
    kept = ProcessNoteVersion.objects.filter(process_note=note, version=version).first()
    return kept.text if kept else note.text
