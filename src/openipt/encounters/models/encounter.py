"""What happened in a session: the encounter and its note."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row
from openipt.vault.fields import SealedText


class Encounter(Row):
    """A session as it happened, for one appointment of one course."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="encounters"
    )
    course = models.ForeignKey(
        "courses.Course", models.PROTECT, related_name="encounters"
    )
    appointment = models.OneToOneField(
        "calendar.Appointment", models.PROTECT, related_name="encounter"
    )
    number = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"encounter {self.pk}"


class PhaseTaskDone(Row):
    """A task of a phase that was ticked off in a session, so that the next one goes on.

    `key` is the task's key in the variant. Taking a tick away ends the row.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    course = models.ForeignKey("courses.Course", models.PROTECT, related_name="+")
    encounter = models.ForeignKey(
        Encounter, models.PROTECT, related_name="phase_tasks_done"
    )
    key = models.CharField(max_length=60)
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["course", "key"],
                condition=Q(ended_at__isnull=True),
                name="phase_task_done_once",
            ),
        )

    def __str__(self) -> str:
        return f"phase task done {self.pk} {self.key}"


class Note(Row):
    """The note of a session: a draft until it is signed, never changed after."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    encounter = models.OneToOneField(Encounter, models.PROTECT, related_name="note")
    author = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    text = SealedText(max_length=20000)
    updated_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        "people.Member", models.PROTECT, null=True, blank=True, related_name="+"
    )
    without_link = SealedText(max_length=2000, null=True, blank=True)
    """Why no link between mood and an event was noted in a session of the middle."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="note_signed_by_and_at",
            ),
        )

    def __str__(self) -> str:
        return f"note {self.pk}"


class NoteVersion(Row):
    """What a note said before it was changed; nothing written is lost."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    note = models.ForeignKey(Note, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    text = SealedText(max_length=20000)
    author = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["note", "version"], name="note_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"note version {self.pk}"


class Addendum(Row):
    """A correction or addition to a signed note, with its own author and time."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    note = models.ForeignKey(Note, models.PROTECT, related_name="addenda")
    author = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    text = SealedText(max_length=8000)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"addendum {self.pk}"
