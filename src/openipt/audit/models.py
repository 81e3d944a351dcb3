"""One row for each thing somebody did, was refused, or looked at."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row


class AuditEvent(Row):
    """An event, first unsealed, then with its place and hash in the chain.

    Only ids, codes and counts: whoever reads the trail learns who acted on which record,
    not what it says. The database refuses every other change of a row, and its removal.
    """

    class Decision(models.TextChoices):
        ALLOW = "allow"
        DENY = "deny"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service_id = models.UUIDField(null=True, editable=False)
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True, editable=False)
    """The member who acted; empty for the program itself."""
    account_id = models.UUIDField(null=True, editable=False)
    role = models.CharField(max_length=80, blank=True)
    on_behalf_of = models.UUIDField(null=True, editable=False)
    action = models.CharField(max_length=80)
    resource = models.CharField(max_length=80)
    object_id = models.UUIDField(null=True, editable=False)
    subject_ids = models.JSONField(default=list)
    """The persons whose record it concerns, as text, sorted."""
    decision = models.CharField(max_length=5, choices=Decision, default=Decision.ALLOW)
    reason_code = models.CharField(max_length=80, blank=True)
    fields = models.JSONField(default=list)
    """Names of the fields that were changed or shown, sorted."""
    count = models.PositiveIntegerField(null=True)
    request_id = models.CharField(max_length=40, blank=True)
    ip_prefix = models.CharField(max_length=45, blank=True)
    app_version = models.CharField(max_length=20)
    seq = models.BigIntegerField(null=True, unique=True, editable=False)
    hash = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001 -- unsealed is not an empty hash

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(seq__isnull=True, hash__isnull=True)
                | Q(seq__gte=1, hash__isnull=False),
                name="auditevent_is_sealed_whole",
            ),
        )
        indexes = (
            models.Index(
                fields=["id"],
                condition=Q(seq__isnull=True),
                name="auditevent_unsealed",
            ),
            models.Index(fields=["service_id", "at"], name="auditevent_of_service"),
            models.Index(fields=["actor_id", "at"], name="auditevent_of_actor"),
        )

    def __str__(self) -> str:
        return f"audit event {self.pk}"
