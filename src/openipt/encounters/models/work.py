"""What was done in a session: techniques, and which focus was worked on."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row

from .encounter import Encounter


class TechniqueUsed(Row):
    """A technique that was used in a session. Taking it away ends the row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    course = models.ForeignKey("courses.Course", models.PROTECT, related_name="+")
    encounter = models.ForeignKey(
        Encounter, models.PROTECT, related_name="techniques_used"
    )
    key = models.CharField(max_length=60)
    """The technique's key in the variant."""
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["encounter", "key"],
                condition=Q(ended_at__isnull=True),
                name="technique_used_once",
            ),
        )

    def __str__(self) -> str:
        return f"technique used {self.pk} {self.key}"


class FocusWorked(Row):
    """That a session worked on a focus. Taking it away ends the row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    course = models.ForeignKey("courses.Course", models.PROTECT, related_name="+")
    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="foci_worked")
    focus = models.ForeignKey("courses.Focus", models.PROTECT, related_name="+")
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["encounter", "focus"],
                condition=Q(ended_at__isnull=True),
                name="focus_worked_once",
            ),
        )

    def __str__(self) -> str:
        return f"focus worked {self.pk}"
