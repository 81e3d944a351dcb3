"""What the beginning of a course is made of: the diagnosis, what rests, the phases."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row
from openipt.vault.fields import SealedText

from .course import Course


class Diagnosis(Row):
    """The illness as it was said to the person. The row with the highest number counts."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="diagnoses")
    number = models.PositiveSmallIntegerField()
    named = SealedText(max_length=300)
    """The illness in the words that were used."""
    measure = models.CharField(max_length=40, blank=True, default="")
    """The questionnaire it rests on, where it does."""
    total = models.SmallIntegerField(null=True, blank=True)
    scored_on = models.DateField(null=True, blank=True)
    treatable = models.BooleanField(default=False)
    """It was said that this can be treated."""
    no_fault = models.BooleanField(default=False)
    """It was said that it is nobody's fault."""
    explained = SealedText(max_length=2000, null=True, blank=True)
    own_words = SealedText(max_length=2000, null=True, blank=True)
    """How the person says it themselves."""
    present = SealedText(max_length=300, null=True, blank=True)
    """Who was there."""
    said_on = models.DateField()
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["course", "number"], name="diagnosis_number_once"
            ),
            models.CheckConstraint(
                condition=Q(measure="", total__isnull=True, scored_on__isnull=True)
                | Q(total__isnull=False, scored_on__isnull=False) & ~Q(measure=""),
                name="diagnosis_score_is_whole",
            ),
        )

    def __str__(self) -> str:
        return f"diagnosis {self.pk}"


class RecoveryRole(Row):
    """What may rest for now so that the person can recover, and what they keep up.

    The row with the highest number counts. It is for the two of them: no letter and no
    export to others names it.
    """

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="recovery_roles")
    number = models.PositiveSmallIntegerField()
    rests = SealedText(max_length=2000)
    keeps = SealedText(max_length=2000, null=True, blank=True)
    told = SealedText(max_length=500, null=True, blank=True)
    """Who was told of it."""
    review_on = models.DateField(null=True, blank=True)
    """The day on which the two look at it again."""
    reason = SealedText(max_length=1000, null=True, blank=True)
    """Why it departs from the rule, where it does."""
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "people.Member", models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["course", "number"], name="recovery_role_number_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="recovery_role_ended_by_and_at",
            ),
        )

    def __str__(self) -> str:
        return f"recovery role {self.pk}"


class PhaseEntry(Row):
    """A phase was opened; a row of the first phase says why it takes longer."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="phase_entries")
    phase = models.CharField(max_length=40)
    reason = SealedText(max_length=1000, null=True, blank=True)
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["course", "phase"], name="phase_entered_once"
            ),
        )

    def __str__(self) -> str:
        return f"phase entry {self.pk} {self.phase}"


class Remission(Row):
    """It was found that the illness has gone, on a day, by a measure."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="remissions")
    measure = models.CharField(max_length=40)
    total = models.SmallIntegerField()
    on_date = models.DateField()
    words = SealedText(max_length=1000, null=True, blank=True)
    """Why it counts as gone, where the measure does not say so."""
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["course", "measure", "on_date"], name="remission_once_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"remission {self.pk}"
