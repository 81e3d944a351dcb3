"""The note of a session: as it stands, and as it stood."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from openipt.encounters.models import Addendum, Encounter, Note, NoteVersion
from openipt.vault import keys


@dataclass(frozen=True, kw_only=True, slots=True)
class Addition:
    """Something that was added to a signed note."""

    text: str
    author: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteLine:
    """The note as it stands, with what was added since; version 0 is no note yet."""

    text: str = ""
    version: int = 0
    author: str = ""
    updated_at: datetime | None = None
    signed_at: datetime | None = None
    signed_by: str = ""
    without_link: str = ""
    """Why no link between mood and an event was noted (T04)."""
    additions: tuple[Addition, ...] = ()

    @property
    def is_signed(self) -> bool:
        """Whether the text is fixed."""
        return self.signed_at is not None


def note_of(encounter: Encounter | None) -> NoteLine:
    """Return the note of an encounter that was reached by this member."""
    note = (
        Note.objects.filter(encounter=encounter)
        .select_related("author", "signed_by")
        .first()
        if encounter
        else None
    )
    if note is None:
        return NoteLine()
    added = list(
        Addendum.objects.filter(note=note).select_related("author").order_by("at", "pk")
        if note.signed_at
        else ()
    )
    keys.prefetch({note.author_id, *(one.author_id for one in added)})
    return NoteLine(
        text=note.text,
        version=note.version,
        author=note.author.name,
        updated_at=note.updated_at,
        signed_at=note.signed_at,
        signed_by=note.signed_by.name if note.signed_by else "",
        without_link=note.without_link or "",
        additions=tuple(
            Addition(text=one.text, author=one.author.name, at=one.at) for one in added
        ),
    )


def text_read(appointment_id: UUID, version: str) -> str:
    """Return what the note of a session said in the version that a form names.

    Empty for version 0 and for whatever is no version: then nothing had been read.
    """
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        return ""
    note = Note.objects.filter(encounter__appointment_id=appointment_id).first()
    if note is None or int(version) == 0:
        return ""
    kept = NoteVersion.objects.filter(note=note, version=int(version)).first()
    return kept.text if kept else note.text
