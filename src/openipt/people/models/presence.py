"""What keeps pages alive: drafts, change counts and pointers by mail."""

from django.db import models

from openipt.core.ids import new_id
from openipt.sql.rows import Row
from openipt.vault.fields import SealedJSON

from .members import Member, Service


class Draft(Row):
    """What somebody was typing, kept so that no sentence is lost; gone once it is saved."""

    sealed_for = "subject_id"
    sealed_kind = "member"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=120)
    """Which form: a word, and the id of what it is about."""
    subject_id = models.UUIDField()
    """Whose key seals it: the author's own."""
    content = SealedJSON()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["member", "key"], name="draft_once_a_form"),
        )

    def __str__(self) -> str:
        return f"draft {self.pk}"


class ChangeCount(Row):
    """Rises whenever something on a member's pages changed; read by the pulse."""

    member = models.OneToOneField(
        Member, models.CASCADE, primary_key=True, related_name="+"
    )
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    n = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"change count {self.pk}"


class MailPointer(Row):
    """A neutral mail that says only that there is something to read after signing in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    dedupe_key = models.CharField(max_length=160, unique=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"mail pointer {self.pk}"
