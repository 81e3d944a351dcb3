"""The people in a life, every version of what was said of them, and who may read it."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row
from openipt.vault.fields import SealedJSON


class Relationship(Row):
    """Somebody in the life of a person; what is said of them now."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="relationships"
    )
    submission_id = models.UUIDField()
    """Made by the form that adds them: sent twice, they are there once."""
    content = SealedJSON()
    """A `core.inventory.Tie`."""
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "submission_id"], name="relationship_submitted_once"
            ),
        )

    def __str__(self) -> str:
        return f"relationship {self.pk}"


class RelationshipVersion(Row):
    """What was said of somebody from an instant on, so that the circle has a past."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    relationship = models.ForeignKey(
        Relationship, models.PROTECT, related_name="versions"
    )
    version = models.PositiveIntegerField()
    content = SealedJSON()
    is_removed = models.BooleanField(default=False)
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["relationship", "version"], name="relationship_version_once"
            ),
        )
        indexes = (
            models.Index(fields=["person", "at"], name="relationship_version_at"),
        )

    def __str__(self) -> str:
        return f"relationship version {self.pk}"


class InventoryAgreement(Row):
    """That the person agreed to look at the people in their life with their care team."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()
    noted_by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    """The person, or whoever was told in a session."""
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "people.Member", models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_at__isnull=True),
                name="inventory_agreed_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="inventory_agreement_ended_by_and_at",
            ),
        )

    def __str__(self) -> str:
        return f"inventory agreement {self.pk}"
