"""The keyring: one wrapped data key for each person, service, member or system."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class DataKey(models.Model):
    """The key that seals everything about one subject, wrapped by a key file.

    A backup of the record leaves this table out and keeps it apart, so that a destroyed
    key is gone everywhere once the last keyring backup that held it has expired.
    """

    class Kind(models.TextChoices):
        PERSON = "person"
        SERVICE = "service"
        MEMBER = "member"
        SYSTEM = "system"

    subject = models.UUIDField(primary_key=True, editable=False)
    service_id = models.UUIDField(null=True, editable=False, db_index=True)
    """The tenant as a bare id: the vault lies below the part that knows services."""
    kind = models.CharField(max_length=10, choices=Kind)
    kek_id = models.CharField(max_length=40)
    wrapped = models.BinaryField()
    """Empty once destroyed; the row stays, so that no new key takes its place unseen."""
    created_at = models.DateTimeField(db_default=Now())
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True, kek_id__gt="")
                | Q(destroyed_at__isnull=False, kek_id=""),
                name="datakey_names_its_kek_until_destroyed",
            ),
        )
        indexes = (models.Index(fields=["kek_id"], name="datakey_by_kek"),)

    def __str__(self) -> str:
        return f"data key of {self.kind} {self.subject}"
