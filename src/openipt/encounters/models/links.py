"""What happened and how mood moved with it."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row
from openipt.vault.fields import SealedJSON

from .encounter import Encounter


class MoodLink(Row):
    """A link between something that happened with somebody and how mood moved."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    encounter = models.ForeignKey(Encounter, models.PROTECT, related_name="mood_links")
    focus = models.ForeignKey(
        "courses.Focus", models.PROTECT, related_name="+", null=True, blank=True
    )
    """The focus it belongs to, if any."""
    content = SealedJSON()
    """What happened, with whom, and how far mood moved, -3 to +3."""
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        "people.Member", models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="mood_link_removed_by_and_at",
            ),
        )

    def __str__(self) -> str:
        return f"mood link {self.pk}"


class MoodLinkVersion(Row):
    """What a link said before it was changed; nothing written is lost."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    link = models.ForeignKey(MoodLink, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    content = SealedJSON()
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["link", "version"], name="mood_link_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"mood link version {self.pk}"
