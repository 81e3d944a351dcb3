"""After the end: the plan for staying well, maintenance, how it went, and a letter."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row
from openipt.vault.fields import SealedJSON, SealedText

from .course import Course


class StayingWellPlan(Row):
    """A person's plan for staying well, as it is now; it outlives the course."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.OneToOneField(
        "people.Person", models.PROTECT, related_name="staying_well"
    )
    content = SealedJSON()
    """A `core.afterwards.StayingWell`."""
    shared = models.BooleanField(default=False)
    """Whether the care team reads it and writes in it; the person decides."""
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"plan for staying well {self.pk}"


class StayingWellVersion(Row):
    """What a plan for staying well said from an instant on; nothing written is lost."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    plan = models.ForeignKey(StayingWellPlan, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    content = SealedJSON()
    shared = models.BooleanField()
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["plan", "version"], name="staying_well_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"plan for staying well version {self.pk}"


class MaintenanceDecision(Row):
    """What was decided about maintenance; the newest row holds, none is overwritten."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="decisions")
    submission_id = models.UUIDField(default=new_id)
    """Made by the form: the same form sent twice decides once."""
    discussed = models.BooleanField()
    """Whether the two spoke about it."""
    maintenance = models.BooleanField()
    reason = SealedText(max_length=2000)
    needed_medicine = models.BooleanField()
    """Whether it took medicine to get well."""
    with_medicine = models.BooleanField()
    reason_without = SealedText(max_length=2000, null=True, blank=True)
    """Why without medicine, where it had been needed to get well."""
    days_between = models.PositiveSmallIntegerField(null=True, blank=True)
    horizon_months = models.PositiveSmallIntegerField(null=True, blank=True)
    stop_rule = SealedText(max_length=1000, null=True, blank=True)
    """When it stops earlier, or is looked at again."""
    reason_open = SealedText(max_length=1000, null=True, blank=True)
    """Why rhythm, horizon or the rule for stopping are left open, where they are."""
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["service", "submission_id"], name="decision_submitted_once"
            ),
            models.CheckConstraint(
                condition=Q(maintenance=True)
                | Q(days_between__isnull=True, horizon_months__isnull=True),
                name="decision_plan_only_with_maintenance",
            ),
        )

    def __str__(self) -> str:
        return f"maintenance decision {self.pk}"


class HowItWent(Row):
    """How a course went and what comes next; the newest row holds, none is overwritten."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="verdicts")
    submission_id = models.UUIDField(default=new_id)
    """Made by the form: the same form sent twice says it once."""
    went = models.CharField(max_length=20)
    """One of `core.afterwards.WENT`."""
    next_steps = models.JSONField(default=list)
    """Keys of `core.afterwards.load_next_steps`."""
    words = SealedText(max_length=2000, null=True, blank=True)
    """What the two chose, in words."""
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["service", "submission_id"], name="how_it_went_submitted_once"
            ),
        )

    def __str__(self) -> str:
        return f"how it went {self.pk}"


class Letter(Row):
    """A letter about a course that the person can take to their doctor.

    Nothing is sent to anybody: the person has it and decides.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    course = models.OneToOneField(Course, models.PROTECT, related_name="letter")
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"letter {self.pk}"


class LetterVersion(Row):
    """What a letter said in one version; the person reads those that were given to them."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    text = SealedText(max_length=8000)
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    given_by = models.ForeignKey(
        "people.Member", models.PROTECT, related_name="+", null=True, blank=True
    )
    given_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=12, blank=True, default="")
    """Of the words around the text, once it is given."""
    content = SealedText(null=True, blank=True)
    """The PDF in base64, once it is made."""
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["letter", "version"], name="letter_version_once"
            ),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True, given_by__isnull=True)
                | Q(given_at__isnull=False, given_by__isnull=False),
                name="letter_given_by_and_at",
            ),
        )

    def __str__(self) -> str:
        return f"letter version {self.pk}"
