"""What is hard between somebody and others, in the order of how hard it is."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row
from openipt.vault.fields import SealedJSON, SealedText

from .course import Course

HARDEST = 10


class Issue(Row):
    """One thing that is hard; any of them may become a focus."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="issues")
    submission_id = models.UUIDField()
    """Made by the form that adds it: sent twice, it is there once."""
    title = SealedText(max_length=200)
    about = SealedText(max_length=2000, null=True, blank=True)
    relationship = models.ForeignKey(
        "inventory.Relationship",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    who = SealedText(max_length=120, null=True, blank=True)
    """With whom, typed: for somebody who is not among the people."""
    area = models.CharField(max_length=40, blank=True, default="")
    """Key of the problem area; empty while it is not sorted."""
    answers = SealedJSON(null=True, blank=True)
    """Which questions of the areas were answered with yes, as "area.question"."""
    severity = models.PositiveSmallIntegerField()
    """From 0, not hard, to `HARDEST`."""
    near_onset = models.BooleanField(null=True, blank=True)
    """Whether it happened near the start of the illness; None where nobody said."""
    rank = models.PositiveIntegerField()
    """Its place in the list, the hardest first."""
    moves = models.PositiveIntegerField(default=0)
    """How often the list was put in order: an order that is older than that is refused."""
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["course", "submission_id"], name="issue_submitted_once"
            ),
            models.CheckConstraint(
                condition=Q(severity__lte=HARDEST), name="issue_severity_in_range"
            ),
        )
        indexes = (models.Index(fields=["course", "rank"], name="issue_in_order"),)

    def __str__(self) -> str:
        return f"issue {self.pk}"


class IssueVersion(Row):
    """What was said of something hard from an instant on."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    content = SealedJSON()
    """The fields of the issue that were said, by name."""
    is_removed = models.BooleanField(default=False)
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["issue", "version"], name="issue_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"issue version {self.pk}"
