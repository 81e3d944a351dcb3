"""Persons in therapy, and the only thing that opens their record."""

from django.db import models
from django.db.models import F, Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row
from openipt.vault.fields import SealedText

from .members import Member, Service


class Person(Row):
    """Somebody in therapy. May have no account yet, or never."""

    sealed_for = "id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="persons")
    member = models.OneToOneField(
        Member, models.PROTECT, null=True, blank=True, related_name="person"
    )
    name = SealedText(max_length=120)
    called = SealedText(max_length=60)
    """What they like to be called."""
    born_on = SealedText(max_length=10, null=True, blank=True)
    """ISO date, to tell two of the same name apart."""
    phone = SealedText(max_length=40, null=True, blank=True)
    country = models.CharField(max_length=2)
    """Whose help numbers are shown: chosen, never guessed."""
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"person {self.pk}"


class CareRelationship(Row):
    """A professional's tie to a person: the only thing that opens a record.

    It grants only while `state` is active and the instant lies within its dates.
    `course_id` names the course it was opened for; that row lives in a part above.
    """

    class State(models.TextChoices):
        INVITED = "invited"
        ACTIVE = "active"
        PAUSED = "paused"
        ENDED = "ended"

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="care")
    member = models.ForeignKey(Member, models.PROTECT, related_name="care")
    course_id = models.UUIDField(null=True, blank=True, db_index=True)
    role = models.CharField(max_length=20, default="therapist")
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    end_reason = SealedText(max_length=1000, null=True, blank=True)
    created_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "member", "course_id", "role"],
                condition=~Q(state="ended"),
                name="care_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="care_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(ends_at__isnull=False),
                name="care_that_ended_has_a_date",
            ),
        )
        indexes = (
            models.Index(fields=["member", "state"], name="care_of_member"),
            models.Index(fields=["person", "state"], name="care_of_person"),
        )

    def __str__(self) -> str:
        return f"care {self.pk}"


class CareChange(Row):
    """A step in the life of a care relationship; rows are never changed."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    care = models.ForeignKey(CareRelationship, models.PROTECT, related_name="changes")
    state = models.CharField(max_length=10, choices=CareRelationship.State)
    reason = SealedText(max_length=1000, null=True, blank=True)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"care change {self.pk}"
