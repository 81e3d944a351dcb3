"""How a course comes to its end, and the page that is kept of it."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row
from openipt.vault.fields import SealedJSON, SealedText

from .course import Course


class Ending(Row):
    """How a course comes to its end: raised in time, looked back on, ended.

    The words are the person's own. Where the person has no account, the therapist writes
    them down as they say them.
    """

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    course = models.OneToOneField(Course, models.PROTECT, related_name="ending")
    raised_at = models.DateTimeField(null=True, blank=True)
    raised_by = models.ForeignKey(
        "people.Member", models.PROTECT, related_name="+", null=True, blank=True
    )
    better = SealedText(max_length=4000, null=True, blank=True)
    """What is better now."""
    helped = SealedText(max_length=4000, null=True, blank=True)
    """What helped, and what the person did for it."""
    unfinished = SealedText(max_length=4000, null=True, blank=True)
    """What is not finished, and what might become hard."""
    signs = SealedText(max_length=4000, null=True, blank=True)
    """How the person would notice that it comes back, and what they will do then."""
    shared = models.BooleanField(default=False)
    """Whether the care team reads these words; their author decides."""
    words_version = models.PositiveIntegerField(default=0)
    words_by = models.ForeignKey(
        "people.Member", models.PROTECT, related_name="+", null=True, blank=True
    )
    words_at = models.DateTimeField(null=True, blank=True)
    afterwards = SealedText(max_length=2000, null=True, blank=True)
    """What was agreed for the time after; the person reads it."""
    early_reason = models.CharField(max_length=20, blank=True, default="")
    """A key of `core.course.load_early_reasons`; empty for an ending as agreed."""
    early_words = SealedText(max_length=2000, null=True, blank=True)
    """More about why it ended early, for the care team; kept, too, if the last session
    began while it was written."""
    despite = SealedText(max_length=1000, null=True, blank=True)
    """Why it ended as agreed though something was open, for the care team."""
    ended_by = models.ForeignKey(
        "people.Member", models.PROTECT, related_name="+", null=True, blank=True
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(raised_at__isnull=True, raised_by__isnull=True)
                | Q(raised_at__isnull=False, raised_by__isnull=False),
                name="ending_raised_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(words_at__isnull=True, words_by__isnull=True)
                | Q(words_at__isnull=False, words_by__isnull=False),
                name="ending_words_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="ending_ended_by_and_at",
            ),
        )

    def __str__(self) -> str:
        return f"ending {self.pk}"


class EndingVersion(Row):
    """What the person's words said before they were changed; nothing written is lost."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    ending = models.ForeignKey(Ending, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    words = SealedJSON()
    written_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["ending", "number"], name="ending_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"ending version {self.pk}"


class Outreach(Row):
    """One try to reach somebody who stays away."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="outreach")
    submission_id = models.UUIDField(default=new_id)
    """Made by the form: the same form sent twice records one try."""
    way = models.CharField(max_length=20)
    reached = models.BooleanField()
    note = SealedText(max_length=1000, null=True, blank=True)
    on_date = models.DateField()
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["service", "submission_id"], name="outreach_submitted_once"
            ),
        )

    def __str__(self) -> str:
        return f"outreach {self.pk}"


class Paper(Row):
    """The page of before and after, typeset for whoever asked; only they can open it."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, models.PROTECT, related_name="papers")
    asked_by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    language = models.CharField(max_length=12)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    """None while it is being made."""
    content = SealedText(null=True, blank=True)
    """The PDF in base64."""
    words_version = models.PositiveIntegerField(null=True, blank=True)
    """Which of the person's words stand on it, 0 for none; None where nobody knows."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["course", "asked_by"], name="paper_once_per_reader"
            ),
        )

    def __str__(self) -> str:
        return f"paper {self.pk}"
