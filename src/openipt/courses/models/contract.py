"""What both agreed to."""

from django.db import models

from openipt.core.ids import new_id
from openipt.sql.rows import Row
from openipt.vault.fields import SealedText

from .course import Course


class Contract(Row):
    """What both agreed to: how many sessions, when, how long. A change is a new version."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="contracts")
    version = models.PositiveSmallIntegerField()
    sessions = models.PositiveSmallIntegerField()
    days_between = models.PositiveSmallIntegerField(default=7)
    """The agreed rhythm, from one session to the next."""
    turns = models.JSONField(default=list)
    """Where contracts gave the course another rhythm: `core.course.Turn`, in order."""
    minutes = models.PositiveSmallIntegerField()
    first_on = models.DateField()
    last_on = models.DateField()
    wall_time = models.TimeField()
    missing_rule = SealedText(max_length=1000, null=True, blank=True)
    """What happens when a session is missed, in the words of the two."""
    prescriber = SealedText(max_length=200, null=True, blank=True)
    """Who prescribes the medicine, where the variant goes together with it."""
    reason = SealedText(max_length=1000, null=True, blank=True)
    """Why it departs from what the variant advises, where it does."""
    agreed_by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["course", "version"], name="contract_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"contract {self.pk} version {self.version}"
