"""The journal, who each page is shared with, and the tasks between sessions."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row
from openipt.vault.fields import SealedJSON, SealedText


class Entry(Row):
    """One page of the journal. Private until it is shared with a member by name."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="entries")
    submission_id = models.UUIDField()
    """Made by whoever sends it: the same page sent twice is kept once."""
    kind = models.CharField(max_length=40)
    kind_version = models.CharField(max_length=20)
    happened_on = models.DateField()
    content = SealedJSON()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "submission_id"], name="entry_submitted_once"
            ),
        )
        indexes = (
            models.Index(fields=["person", "happened_on"], name="entry_of_person"),
        )

    def __str__(self) -> str:
        return f"entry {self.pk} {self.kind}"


class EntryVersion(Row):
    """What an entry said before it was changed; nothing written is lost."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    content = SealedJSON()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["entry", "version"], name="entry_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"entry version {self.pk}"


class Share(Row):
    """An entry shown to one member, for as long as the relationship it was given to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="shares")
    care = models.ForeignKey(
        "people.CareRelationship", models.PROTECT, related_name="shares"
    )
    shared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    first_read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["entry", "care"],
                condition=Q(ended_at__isnull=True),
                name="share_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"share {self.pk}"


class Task(Row):
    """Something agreed in a session to be tried before the next one."""

    class State(models.TextChoices):
        AGREED = "agreed"
        DONE = "done"
        NOT_DONE = "not_done"
        DROPPED = "dropped"

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="tasks")
    course = models.ForeignKey("courses.Course", models.PROTECT, related_name="tasks")
    text = SealedText(max_length=500)
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    agreed_in = models.UUIDField(null=True, blank=True)
    """The encounter in which it was agreed; that row lives in a part above."""
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.AGREED)
    state_at = models.DateTimeField(null=True, blank=True)
    what_happened = SealedText(max_length=2000, null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    """When it was talked about in a session and left the agenda."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (models.Index(fields=["person", "state"], name="task_of_person"),)

    def __str__(self) -> str:
        return f"task {self.pk}"
