"""Appointments: planned in wall time, kept as instants, and what became of each."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row


class Series(Row):
    """A weekly slot: the same clock time in the service's zone, whatever the season."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="series")
    member = models.ForeignKey("people.Member", models.PROTECT, related_name="series")
    starts_on = models.DateField()
    weekday = models.PositiveSmallIntegerField()
    """Monday is 0."""
    wall_time = models.TimeField()
    zone = models.CharField(max_length=60)
    minutes = models.PositiveSmallIntegerField()
    count = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"series {self.pk}"


class Appointment(Row):
    """One planned session. `starts_at` follows from the wall time and the zone."""

    class State(models.TextChoices):
        PLANNED = "planned"
        ATTENDED = "attended"
        LATE_CANCEL = "late_cancel"
        MISSED = "missed"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    series = models.ForeignKey(Series, models.PROTECT, related_name="appointments")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="appointments"
    )
    member = models.ForeignKey(
        "people.Member", models.PROTECT, related_name="appointments"
    )
    number = models.PositiveSmallIntegerField()
    on_date = models.DateField()
    wall_time = models.TimeField()
    zone = models.CharField(max_length=60)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State, default=State.PLANNED)
    """The newest of its attendance rows, kept here for lists."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["series", "number"], name="appointment_number_once"
            ),
            models.UniqueConstraint(
                fields=["member", "starts_at"],
                condition=Q(state="planned"),
                name="appointment_slot_once",
            ),
        )
        indexes = (
            models.Index(fields=["series", "starts_at"], name="appointment_order"),
            models.Index(fields=["person", "starts_at"], name="appointment_of_person"),
        )

    def __str__(self) -> str:
        return f"appointment {self.pk}"


class Attendance(Row):
    """What was recorded about an appointment; a correction is a new row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("people.Service", models.PROTECT, related_name="+")
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, related_name="attendance"
    )
    state = models.CharField(max_length=12, choices=Appointment.State)
    by = models.ForeignKey("people.Member", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"attendance {self.pk}"
