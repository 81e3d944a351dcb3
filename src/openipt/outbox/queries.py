"""How the outbox is doing: for the health page, and for staff who must see failures."""

from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID

from django.db.models import Min, QuerySet

from openipt.sql.prepared import Prepared

from .claims import LEASE, TRIES
from .models import Heartbeat, Job, Periodic


class Health(TypedDict):
    """Seconds since the last sign of life and since the oldest job was due; failures."""

    worker_age: float | None
    oldest_due_age: float | None
    failed: int


def health(at: datetime) -> Health:
    """Return how the outbox stands at this instant.

    `worker_age` is None if no worker ever ran, `oldest_due_age` if nothing is overdue.
    `failed` counts jobs that failed for good and recurring work that keeps failing.
    """
    alive = last_sign_of_life(at)
    waiting = Job.objects.filter(state="queued", due_at__lte=at)
    oldest = waiting.aggregate(first=Min("due_at"))["first"]
    return Health(
        worker_age=_seconds(alive, at),
        oldest_due_age=_seconds(oldest, at),
        failed=Job.objects.filter(state="failed").count()
        + Periodic.objects.filter(attempts__gte=TRIES).count(),
    )


def last_sign_of_life(at: datetime) -> datetime | None:
    """Return when a worker last said that it is there; None if none ever ran.

    A sign from later than this instant is of a clock that was set right since: the worker
    that gave it has given another by now, or it is dead.
    """
    heard = _HEARD.rows(at=at + LEASE)
    return heard[0][0] if heard else None


def _heard(at: datetime) -> QuerySet[Heartbeat, Any]:
    by_then = Heartbeat.objects.filter(at__lte=at)
    return by_then.order_by("-at").values_list("at")[:1]


_HEARD = Prepared(_heard, at=datetime)
"""Every page of the staff says it when nobody works."""


def failed(service_id: UUID | None) -> list[Job]:
    """Return the jobs of a service that failed for good, the oldest first."""
    gone = Job.objects.filter(state="failed", service_id=service_id)
    return list(gone.order_by("due_at", "pk"))


def _seconds(since: datetime | None, at: datetime) -> float | None:
    return None if since is None else max(0.0, (at - since).total_seconds())
