"""What the two want to reach under a focus, and how far it was at which time."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row
from openipt.vault.fields import SealedJSON, SealedText

from .course import Course
from .focus import Focus


class Goal(Row):
    """A goal with five steps, from much less than hoped to much more."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="goals")
    focus = models.ForeignKey(Focus, models.PROTECT, related_name="goals")
    submission_id = models.UUIDField()
    title = SealedText(max_length=300)
    levels = SealedJSON()
    """What each step looks like, by its number "-2" to "2"; some may be empty."""
    version = models.PositiveIntegerField(default=1)
    agreed_by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "people.Member", models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["course", "submission_id"], name="goal_submitted_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="goal_ended_by_and_at",
            ),
        )

    def __str__(self) -> str:
        return f"goal {self.pk}"


class GoalVersion(Row):
    """How a goal was put from an instant on."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    content = SealedJSON()
    """`title` and `levels`."""
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["goal", "version"], name="goal_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"goal version {self.pk}"


class GoalRating(Row):
    """How far a goal was at one time; the newest counts, none is overwritten."""

    class Said(models.TextChoices):
        """Who said how far it is."""

        PERSON = "person"
        THERAPIST = "therapist"

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="ratings")
    submission_id = models.UUIDField()
    goal_version = models.PositiveIntegerField()
    """The words of the steps that were read."""
    level = models.SmallIntegerField()
    said = models.CharField(max_length=20, choices=Said.choices)
    words = SealedText(max_length=1000, null=True, blank=True)
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["goal", "submission_id"], name="goal_rating_submitted_once"
            ),
            models.CheckConstraint(
                condition=Q(level__gte=-2, level__lte=2), name="goal_level_in_range"
            ),
        )
        indexes = (models.Index(fields=["goal", "at"], name="goal_rating_at"),)

    def __str__(self) -> str:
        return f"goal rating {self.pk}"
