"""A therapist's own thoughts about a session, for nobody else's eyes."""

from django.db import models

from openipt.core.ids import new_id
from openipt.sql.rows import Row
from openipt.vault.fields import SealedText

from .encounter import Encounter


class ProcessNote(Row):
    """What one member of the team thinks about a session; only they read it."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    encounter = models.ForeignKey(
        Encounter, models.PROTECT, related_name="process_notes"
    )
    author = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    text = SealedText(max_length=20000)
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["encounter", "author"], name="process_note_of_author_once"
            ),
        )

    def __str__(self) -> str:
        return f"process note {self.pk}"


class ProcessNoteVersion(Row):
    """What a process note said before its author changed it."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    process_note = models.ForeignKey(
        ProcessNote, models.PROTECT, related_name="versions"
    )
    author = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    text = SealedText(max_length=20000)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["process_note", "version"], name="process_note_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"process note version {self.pk}"
