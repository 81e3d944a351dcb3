"""Jobs, what happens again and again, and the worker's signs of life."""

from django.db import models
from django.db.models import Q

from openipt.core.ids import new_id
from openipt.sql.rows import Row


class Job(Row):
    """One piece of work. It names its task and ids, never what the ids stand for."""

    class State(models.TextChoices):
        QUEUED = "queued"
        DONE = "done"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service_id = models.UUIDField(null=True, editable=False)
    kind = models.CharField(max_length=200)
    """The task's full name, `openipt.safety.jobs.tell_deputy`."""
    payload = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    dedupe_key = models.CharField(max_length=200, null=True, unique=True)  # noqa: DJ001 -- many jobs have none
    attempts = models.PositiveIntegerField(default=0)
    """How often somebody began; a worker that was killed counts."""
    lease_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=6, choices=State, default=State.QUEUED)
    last_error = models.CharField(max_length=200, blank=True)
    """The class of the last exception; its message may quote a person."""
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False)
                | Q(~Q(state="done"), done_at__isnull=True),
                name="job_is_done_at_an_instant",
            ),
        )
        indexes = (
            models.Index(
                fields=["due_at", "id"], condition=Q(state="queued"), name="job_queued"
            ),
            models.Index(
                fields=["service_id"], condition=Q(state="failed"), name="job_failed"
            ),
            models.Index(
                fields=["done_at"], condition=Q(state="done"), name="job_done"
            ),
        )

    def __str__(self) -> str:
        return f"job {self.pk} {self.kind}"


class Periodic(Row):
    """Something that happens every so often; it never fails for good."""

    kind = models.CharField(primary_key=True, max_length=100)
    every_seconds = models.PositiveIntegerField()
    next_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveIntegerField(default=0)
    """Failures since it last went well."""
    lease_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=100, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"every {self.every_seconds} s {self.kind}"


class Heartbeat(Row):
    """When a worker last said that it is alive."""

    worker = models.CharField(primary_key=True, max_length=100)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"worker {self.worker}"
