"""Which readings a person opened and read, and what their therapist suggested."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row
from openipt.vault.fields import SealedText


class ReadingState(Row):
    """That a person opened a reading in one version, and whether they read it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="readings")
    reading = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    opened_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "reading", "version"], name="reading_state_once"
            ),
        )

    def __str__(self) -> str:
        return f"reading state {self.pk} {self.reading}"


class Suggestion(Row):
    """A reading that a therapist puts first for a person, with a word of their own.

    It ends when the person has read it, or when the therapist takes it back.
    """

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    course = models.ForeignKey("courses.Course", models.PROTECT, related_name="+")
    reading = models.CharField(max_length=40)
    words = SealedText(max_length=300, null=True, blank=True)
    suggested_at = models.DateTimeField()
    suggested_by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "people.Member", models.PROTECT, related_name="+", null=True, blank=True
    )
    """The person, when they have read it, or whoever took it back."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["course", "reading"],
                condition=Q(ended_at__isnull=True),
                name="suggestion_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="suggestion_ended_by_and_at",
            ),
        )
        indexes = (
            models.Index(fields=["person", "ended_at"], name="suggestion_of_person"),
        )

    def __str__(self) -> str:
        return f"suggestion {self.pk} {self.reading}"
