"""What the illness has to do with the person's life, in words that both agreed to."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row
from openipt.vault.fields import SealedText

from .course import Course


class Formulation(Row):
    """One version of the paragraph to the person; the newest that was shown counts."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="formulations")
    number = models.PositiveSmallIntegerField()
    text = SealedText(max_length=6000)
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True, blank=True)
    shown_by = models.ForeignKey(
        "people.Member", models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["course", "number"], name="formulation_number_once"
            ),
            models.CheckConstraint(
                condition=Q(shown_at__isnull=True, shown_by__isnull=True)
                | Q(shown_at__isnull=False, shown_by__isnull=False),
                name="formulation_shown_by_and_at",
            ),
        )

    def __str__(self) -> str:
        return f"formulation {self.pk} {self.number}"


class FormulationAnswer(Row):
    """What one of the two says to a version: that it fits, or what does not.

    The newest row of each side counts.
    """

    sealed_for = "person_id"
    sealed_kind = "person"

    class Side(models.TextChoices):
        PERSON = "person"
        THERAPIST = "therapist"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    formulation = models.ForeignKey(Formulation, models.PROTECT, related_name="answers")
    side = models.CharField(max_length=12, choices=Side)
    agrees = models.BooleanField()
    words = SealedText(max_length=4000, null=True, blank=True)
    """What does not fit."""
    spoken_on = models.DateField(null=True, blank=True)
    """The day on which somebody without an account said it, written down by `by`."""
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"formulation answer {self.pk}"
