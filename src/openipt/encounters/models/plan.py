"""What was made of the agenda of a session."""

from django.db import models

from openipt.core.ids import new_id
from openipt.sql.rows import Row
from openipt.vault.fields import SealedJSON

from .encounter import Encounter


class SessionPlan(Row):
    """The points of one session in their order, with minutes and own points."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    encounter = models.OneToOneField(Encounter, models.PROTECT, related_name="plan")
    content = SealedJSON()
    """A `core.agenda.Plan`."""
    begun_at = models.DateTimeField(null=True, blank=True)
    """When the quiet clock was started."""
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"session plan {self.pk}"


class SessionPlanVersion(Row):
    """A plan before it was changed; an own point that somebody wrote is never lost."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    plan = models.ForeignKey(SessionPlan, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    content = SealedJSON()
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["plan", "version"], name="session_plan_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"session plan version {self.pk}"
