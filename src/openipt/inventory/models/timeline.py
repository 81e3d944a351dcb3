"""What happened in a life, and every version of what was said of it."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row
from openipt.vault.fields import SealedJSON


class LifeEvent(Row):
    """Something that happened in the life of a person; what is said of it now."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="life_events"
    )
    submission_id = models.UUIDField()
    """Made by the form that adds it: sent twice, it is there once."""
    content = SealedJSON()
    """A `core.timeline.Event`."""
    is_onset = models.BooleanField(default=False)
    """Whether the present episode began here."""
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "submission_id"], name="life_event_submitted_once"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(is_onset=True, removed_at__isnull=True),
                name="life_event_one_onset",
            ),
        )

    def __str__(self) -> str:
        return f"life event {self.pk}"


class LifeEventVersion(Row):
    """What was said of something that happened, from an instant on."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    life_event = models.ForeignKey(LifeEvent, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    content = SealedJSON()
    is_onset = models.BooleanField(default=False)
    is_removed = models.BooleanField(default=False)
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["life_event", "version"], name="life_event_version_once"
            ),
        )
        indexes = (models.Index(fields=["person", "at"], name="life_event_version_at"),)

    def __str__(self) -> str:
        return f"life event version {self.pk}"
