"""Leases: who is at a job, until when, and what becomes of it afterwards.

Nothing here keeps a promise by being alive. A worker that dies leaves a lease that runs
out, and somebody else begins again: every job is done at least once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

LEASE = timedelta(seconds=60)
TRIES = 8
_FIRST_WAIT = timedelta(seconds=5)
_LONGEST_WAIT = timedelta(minutes=15)
_LONGER_EACH_TIME = 3
_LONGEST_HOLD = _LONGEST_WAIT + LEASE
"""No lease and no rest ends later than this, unless the clock was set back since."""

_TAKE = """
    UPDATE outbox_job SET attempts = attempts + 1, lease_until = %s, leased_by = %s
    WHERE id = (
        SELECT id FROM outbox_job
        WHERE state = 'queued' AND due_at <= %s AND attempts < %s
            AND (lease_until IS NULL OR lease_until <= %s OR lease_until > %s)
        ORDER BY due_at, id LIMIT 1 {locked}
    ) RETURNING id
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A job in somebody's hands. The attempt tells this hold from every other one."""

    job_id: UUID
    kind: str
    payload: dict[str, Any]
    attempt: int
    worker: str


def free(at: datetime) -> Q:
    """Return the condition of jobs that wait and that nobody is at."""
    return Q(state="queued") & (ripe(at) | Q(leased_by=""))


def ripe(at: datetime) -> Q:
    """Return the condition of what nobody is at and what has rested long enough.

    A lease that ends too far ahead was written by a clock that was set right since: it
    must not hold a job until the clock has come that far again.
    """
    ended = Q(lease_until=None) | Q(lease_until__lte=at)
    return ended | Q(lease_until__gt=at + _LONGEST_HOLD)


def wait_after(attempts: int) -> timedelta:
    """Return how long a job rests after so many failures: 5 s, 15 s, … 15 minutes."""
    longer: int = _LONGER_EACH_TIME ** (min(attempts, TRIES) - 1)
    return min(_FIRST_WAIT * longer, _LONGEST_WAIT)


def take(worker: str, at: datetime) -> Claim | None:
    """Lease the job that has been due longest, or return None if there is none.

    The lease is one statement on both databases: two workers never hold one job, and
    on PostgreSQL neither waits for the other.
    """
    from .models import Job

    while (attempts := _next_attempts(at)) is not None:
        if attempts >= TRIES:
            _bury(at)
            continue
        if job_id := _lease(worker, at):
            job = Job.objects.get(pk=job_id)
            return Claim(
                job_id=job.pk,
                kind=job.kind,
                payload=job.payload,
                attempt=job.attempts,
                worker=worker,
            )
    return None


def renew(claim: Claim, at: datetime) -> bool:
    """Keep a job for another lease; return False if it is somebody else's by now."""
    return bool(_held(claim).update(lease_until=at + LEASE))


def finish(claim: Claim, at: datetime) -> bool:
    """Mark a job as done, after its effect; return False if it is somebody else's."""
    return bool(
        _held(claim).update(state="done", done_at=at, lease_until=None, leased_by="")
    )


def give_back(claim: Claim, error: type[BaseException], at: datetime) -> bool:
    """Let a job that failed rest and be tried again, or after the last try fail it.

    It keeps the time at which it was due, so that health tells how late it really is.
    Returns False if it is somebody else's by now.
    """
    name = error.__qualname__[:200]
    if claim.attempt >= TRIES:
        return bool(
            _held(claim).update(
                state="failed", last_error=name, lease_until=None, leased_by=""
            )
        )
    rests_until = at + wait_after(claim.attempt)
    return bool(
        _held(claim).update(last_error=name, lease_until=rests_until, leased_by="")
    )


def _held(claim: Claim) -> Any:
    from .models import Job

    return Job.objects.filter(
        pk=claim.job_id,
        state="queued",
        leased_by=claim.worker,
        attempts=claim.attempt,
    )


def _next_attempts(at: datetime) -> int | None:
    """Return how often the next job was begun; a read, so that idling writes nothing."""
    from .models import Job

    waiting = Job.objects.filter(ripe(at), state="queued", due_at__lte=at)
    return waiting.order_by("due_at", "pk").values_list("attempts", flat=True).first()


def _lease(worker: str, at: datetime) -> UUID | None:
    as_stored = connection.ops.adapt_datetimefield_value
    locked = "FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(
            _TAKE.format(locked=locked),
            [
                as_stored(at + LEASE),
                worker,
                as_stored(at),
                TRIES,
                as_stored(at),
                as_stored(at + _LONGEST_HOLD),
            ],
        )
        row = cursor.fetchone()
    return UUID(str(row[0])) if row else None


def _bury(at: datetime) -> None:
    """Fail what was begun too often and never came back: it may be what kills workers."""
    from .models import Job

    Job.objects.filter(ripe(at), state="queued", attempts__gte=TRIES).update(
        state="failed", last_error="WorkerLost", lease_until=None, leased_by=""
    )
