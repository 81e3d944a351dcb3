"""Requests for erasure: asked by the person, decided by two people of the service."""

from django.db import models
from django.db.models import F, Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row
from openipt.vault.fields import SealedText


class ErasureRequest(Row):
    """What a person asked to have erased, and what the service decided.

    Nothing is erased by a decision: it says from which day on the keys may be destroyed.
    """

    class State(models.TextChoices):
        ASKED = "asked"
        PROPOSED = "proposed"
        ACCEPTED = "accepted"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    why = SealedText(max_length=2000, null=True, blank=True)
    """What the person says about it, if anything."""
    asked_at = models.DateTimeField()
    ground = models.CharField(max_length=20, blank=True, default="")
    """Why it is refused: a key of `core.exchange.load_grounds`; empty to accept."""
    answer = SealedText(max_length=2000, null=True, blank=True)
    """What the service tells the person."""
    proposed_by = models.ForeignKey(
        "people.Member", models.PROTECT, related_name="+", null=True, blank=True
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "people.Member", models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    not_before = models.DateField(null=True, blank=True)
    """From when on it may be carried out, where it was accepted."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=["asked", "proposed"]),
                name="erasure_one_open_request",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="erasure_decided_by_two",
            ),
            models.CheckConstraint(
                condition=Q(proposed_at__isnull=True, proposed_by__isnull=True)
                | Q(proposed_at__isnull=False, proposed_by__isnull=False),
                name="erasure_proposed_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="erasure_decided_by_and_at",
            ),
        )

    def __str__(self) -> str:
        return f"erasure request {self.pk} {self.state}"
