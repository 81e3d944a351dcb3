"""What was answered on scales about attachment and support."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row
from openipt.vault.fields import SealedJSON

from .people import Relationship


class ScaleEntry(Row):
    """One administration of a scale, entered by the care team from a service's own copy.

    A wrong one is set aside, never changed.
    """

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    relationship = models.ForeignKey(
        Relationship, models.PROTECT, related_name="+", null=True, blank=True
    )
    """Whom it is about, where the scale is about one person."""
    submission_id = models.UUIDField()
    scale = models.CharField(max_length=40)
    scale_version = models.CharField(max_length=20)
    answers = SealedJSON()
    """A number or null for each item, in their order."""
    on_date = models.DateField()
    entered_by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    removed_by = models.ForeignKey(
        "people.Member", models.PROTECT, related_name="+", null=True, blank=True
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "submission_id"], name="scale_entry_submitted_once"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="scale_entry_removed_by_and_at",
            ),
        )

    def __str__(self) -> str:
        return f"scale entry {self.pk} {self.scale}"
