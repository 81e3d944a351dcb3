"""What a course works on, and every way in which that was put."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row
from openipt.vault.fields import SealedJSON, SealedText

from .course import Course
from .issues import Issue


class Focus(Row):
    """The problem area, tied to someone or a role, that the course works on."""

    class Why(models.TextChoices):
        """Why the work on it was ended."""

        REACHED = "reached"
        CHANGED = "changed"
        NOT_RIGHT = "not_right"

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="foci")
    area = models.CharField(max_length=40)
    about = SealedText(max_length=400, null=True, blank=True)
    issue = models.ForeignKey(
        Issue, models.PROTECT, related_name="foci", null=True, blank=True
    )
    """What is hard that it came from."""
    relationship = models.ForeignKey(
        "inventory.Relationship",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    """Whom it is about, where they are among the people of this life."""
    details = SealedJSON(null=True, blank=True)
    """A text for each `AreaDetail` of the area that was noted, by its key."""
    reason = SealedText(max_length=1000, null=True, blank=True)
    """Why it departs from what is advised, where it does."""
    version = models.PositiveIntegerField(default=1)
    agreed_by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(
        max_length=20, choices=Why.choices, blank=True, default=""
    )
    """Empty where other words took its place, or the course ended."""
    ended_words = SealedText(max_length=1000, null=True, blank=True)
    """More about why, for the care team."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False)
                | Q(ended_why="", ended_words__isnull=True),
                name="focus_why_it_ended",
            ),
            models.UniqueConstraint(
                fields=["course", "area"],
                condition=Q(ended_at__isnull=True),
                name="focus_area_once",
            ),
        )

    def __str__(self) -> str:
        return f"focus {self.pk} {self.area}"


class FocusVersion(Row):
    """How a focus was put from an instant on: its words, its details, its stage."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    focus = models.ForeignKey(Focus, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    content = SealedJSON()
    """`about`, `details` and `reason`; `ended`, with why, where it was ended by hand."""
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["focus", "version"], name="focus_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"focus version {self.pk}"
