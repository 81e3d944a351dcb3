"""What a course works on."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id
from openipt.vault.fields import SealedText

from .course import Course


class Focus(models.Model):
    """The problem area, tied to someone or a role, that the course works on."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="foci")
    area = models.CharField(max_length=40)
    about = SealedText(max_length=400, null=True, blank=True)
    agreed_by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["course", "area"],
                condition=Q(ended_at__isnull=True),
                name="focus_area_once",
            ),
        )

    def __str__(self) -> str:
        return f"focus {self.pk} {self.area}"
