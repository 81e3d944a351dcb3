"""Alerts and what people did about them, and the help numbers of a service."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row
from openipt.vault.fields import SealedText


class Alert(Row):
    """A risk answer that waits for a person. One open alert per person: others merge in.

    `state` and `level` repeat the newest event for lists; events are the truth.
    """

    class Level(models.TextChoices):
        AMBER = "amber"
        RED = "red"

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="alerts")
    owner = models.ForeignKey(
        "people.Member", models.PROTECT, related_name="alerts_owned"
    )
    """The named member who answers for it: at first the therapist, then who took it."""
    level = models.CharField(max_length=5, choices=Level)
    state = models.CharField(max_length=20, default="raised")
    raised_at = models.DateTimeField()
    """When the newest answer came in: the clock of escalation runs from here."""
    first_raised_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        "people.Member", models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = SealedText(max_length=4000, null=True, blank=True)
    escalations = models.PositiveSmallIntegerField(default=0)
    tell_at = models.DateTimeField(null=True, blank=True)
    """When the clock next has somebody to tell; empty when it has nobody left."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(closed_at__isnull=True),
                name="alert_one_open_per_person",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(outcome__isnull=False),
                name="alert_closes_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="alert_acknowledged_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(tell_at__isnull=True),
                name="alert_closed_tells_nobody",
            ),
        )
        indexes = (
            models.Index(fields=["service", "closed_at"], name="alert_open"),
            models.Index(
                fields=["tell_at", "state"],
                condition=Q(closed_at__isnull=True),
                name="alert_clock",
            ),
        )

    def __str__(self) -> str:
        return f"alert {self.pk}"


class AlertSource(Row):
    """One answer behind an alert: which item of which measure, and how high."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    alert = models.ForeignKey(Alert, models.PROTECT, related_name="sources")
    kind = models.CharField(max_length=20)
    """What kind of trigger it was, in the words of the core: `answer`, `not_safe`, …"""
    level = models.CharField(max_length=5, choices=Alert.Level)
    measure = models.CharField(max_length=40, blank=True)
    item = models.PositiveSmallIntegerField(null=True, blank=True)
    answering_id = models.UUIDField(null=True, blank=True)
    answer = SealedText(max_length=400, null=True, blank=True)
    """The words of the answer as the person saw them."""
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["alert", "answering_id", "kind", "item", "level"],
                name="alert_source_once",
            ),
        )

    def __str__(self) -> str:
        return f"alert source {self.pk}"


class AlertEvent(Row):
    """A step in the life of an alert; rows are never changed."""

    sealed_for = "person_id"
    sealed_kind = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    alert = models.ForeignKey(Alert, models.PROTECT, related_name="events")
    state = models.CharField(max_length=20)
    step = models.CharField(max_length=80, blank=True)
    """Which step of the clock, where the clock made it."""
    to = models.ForeignKey(
        "people.Member", models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(
        "people.Member", models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = SealedText(max_length=4000, null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["alert", "step", "to"],
                condition=~Q(step=""),
                name="alert_step_once",
            ),
        )
        indexes = (models.Index(fields=["alert", "at"], name="alert_event_order"),)

    def __str__(self) -> str:
        return f"alert event {self.pk}"


class AlertRecipient(Row):
    """Who has been told of an alert, and may therefore open it and nothing else by it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    alert = models.ForeignKey(Alert, models.PROTECT, related_name="recipients")
    member = models.ForeignKey(
        "people.Member", models.PROTECT, related_name="alerts_told"
    )
    role = models.CharField(max_length=20)
    """therapist, deputy, supervisor or manager: what they were told as."""
    told_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["alert", "member"], name="alert_recipient_once"
            ),
        )

    def __str__(self) -> str:
        return f"alert recipient {self.pk}"


class HelpLine(Row):
    """A number or place to turn to. Live only once a named member has checked it."""

    class Kind(models.TextChoices):
        EMERGENCY = "emergency"
        CRISIS = "crisis"
        OTHER = "other"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(
        "people.Service", models.PROTECT, related_name="help_lines"
    )
    country = models.CharField(max_length=2)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=120)
    number = models.CharField(max_length=60)
    hours = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300)
    checked_by = models.ForeignKey(
        "people.Member", models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    """Twelve months after the check; the line disappears then, an emergency number stays."""
    retired_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    checked_by__isnull=True,
                    checked_on__isnull=True,
                    expires_on__isnull=True,
                )
                | Q(
                    checked_by__isnull=False,
                    checked_on__isnull=False,
                    expires_on__isnull=False,
                ),
                name="help_line_checked_by_and_on",
            ),
            models.UniqueConstraint(
                fields=["service", "country", "number"],
                condition=Q(retired_at__isnull=True),
                name="help_line_once",
            ),
        )

    def __str__(self) -> str:
        return f"help line {self.pk}"
