"""A course, the states it entered, and its row of facts for lists."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row


class Course(Row):
    """One person's course of therapy, following one version of one variant."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="courses")
    therapist = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    """Who leads it now; access comes from the care relationship, not from here."""
    submission_id = models.UUIDField(default=new_id)
    """Made by the form that starts it: the same form sent twice starts one course."""
    condition = models.CharField(max_length=40)
    variant_id = models.CharField(max_length=60)
    variant_version = models.CharField(max_length=20)
    series = models.OneToOneField(
        "calendar.Series", models.PROTECT, related_name="course"
    )
    opened_phase = models.CharField(max_length=40, blank=True, default="")
    """The newest phase that was opened by hand, "" for none; kept here for lists."""
    continues = models.ForeignKey(
        "self", models.PROTECT, related_name="continued_by", null=True, blank=True
    )
    """The course that this one goes on from, as maintenance does."""
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["service", "submission_id"], name="course_submitted_once"
            ),
            models.UniqueConstraint(
                fields=["person", "variant_id"],
                condition=Q(ended_at__isnull=True),
                name="course_open_once_per_variant",
            ),
        )
        indexes = (
            models.Index(fields=["person", "ended_at"], name="course_of_person"),
        )

    def __str__(self) -> str:
        return f"course {self.pk} {self.variant_id}"


class CourseState(Row):
    """A state the course entered; the newest row is the state, none is overwritten."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="states")
    state = models.CharField(max_length=20)
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"course state {self.pk} {self.state}"


class CourseFact(Row):
    """One row per course and measure, kept up on write, so that lists read one table."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="facts")
    measure = models.CharField(max_length=40)
    first = models.SmallIntegerField(null=True, blank=True)
    first_at = models.DateTimeField(null=True, blank=True)
    last = models.SmallIntegerField(null=True, blank=True)
    last_at = models.DateTimeField(null=True, blank=True)
    recent = models.JSONField(default=list)
    """The last sixteen totals, oldest first."""
    count = models.PositiveIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    """When it was last answered for the course, with a total or without."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["course", "measure"], name="course_fact_once"
            ),
        )

    def __str__(self) -> str:
        return f"course fact {self.pk}"
