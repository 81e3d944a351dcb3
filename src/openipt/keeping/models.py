"""When the record was copied, tried and brought back. Rows of the installation itself."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id


class Happening(models.Model):
    """A copy, a drill or an upgrade, and whether it went well."""

    class Kind(models.TextChoices):
        COPY = "copy"
        DRILL = "drill"
        UPGRADE = "upgrade"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=7, choices=Kind)
    at = models.DateTimeField()
    went_well = models.BooleanField()
    copied_at = models.DateTimeField(null=True)
    """For a drill: when the copy was made that was tried."""
    seconds = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=["kind", "-at"], name="happening_last"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Recovery(models.Model):
    """The time after the record was brought back, until an administrator has looked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service_id = models.UUIDField()
    """Each service looks for itself; a bare id, for services are above this part."""
    copied_at = models.DateTimeField()
    """What was written after this is not in the record."""
    began_at = models.DateTimeField()
    lost_events = models.PositiveIntegerField(null=True)
    """How many entries of the audit trail are missing, as the anchors tell; None if no
    anchors of the time after the copy were there."""
    lost_until = models.DateTimeField(null=True)
    """When the last of them was sealed."""
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    """The member, as a bare id: people are above this part."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["service_id"],
                condition=Q(ended_at__isnull=True),
                name="recovery_open_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="recovery_ended_by_and_at",
            ),
        )

    def __str__(self) -> str:
        return f"recovery {self.pk}"
