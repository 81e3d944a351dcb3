"""One administration of a measure: what was answered, and what it adds up to."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row
from openipt.vault.fields import SealedJSON


class Answering(Row):
    """A person's answers to one measure. Items are kept the moment they are chosen."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="answerings"
    )
    measure = models.CharField(max_length=40)
    measure_version = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    items = SealedJSON()
    """Item number, or an extra question's key, -> option code; unanswered is absent."""
    started_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    """When it lay unfinished for too long to go on with; its answers stay."""
    total = models.SmallIntegerField(null=True, blank=True)
    """None when too much is missing for a score."""
    band = models.CharField(max_length=20, blank=True)
    prorated = models.BooleanField(default=False)
    missing = models.PositiveSmallIntegerField(default=0)
    risk = models.CharField(max_length=5, blank=True)
    """The highest level that an answer of it ever raised; it does not fall."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "measure"],
                condition=Q(completed_at__isnull=True, set_aside_at__isnull=True),
                name="answering_one_open_per_measure",
            ),
        )
        indexes = (
            models.Index(
                fields=["person", "measure", "completed_at"], name="answering_history"
            ),
        )

    def __str__(self) -> str:
        return f"answering {self.pk} {self.measure}"


class AskedBy(Row):
    """A course that asked for an answering; a measure is asked once for all of them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    answering = models.ForeignKey(Answering, models.PROTECT, related_name="asked_by")
    course = models.ForeignKey(
        "courses.Course", models.PROTECT, related_name="asked_for"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["answering", "course"], name="asked_by_course_once"
            ),
        )

    def __str__(self) -> str:
        return f"asked by {self.pk}"
