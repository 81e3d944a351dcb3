"""Writes jobs; each function works in the caller's transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from . import claims, clock
from .payload import of_ids

DONE_KEPT_FOR = timedelta(days=30)


class Task(Protocol):
    """What `django_tasks.task` makes of a function.

    Where that function lies above the caller, its full name as text serves as well.
    """

    @property
    def module_path(self) -> str: ...


def enqueue(
    task: Task | str,
    *,
    due_at: datetime,
    dedupe_key: str | None = None,
    service_id: UUID | None = None,
    **ids: Any,
) -> UUID:
    """Write a job that runs `task(**ids)` once it is due, and return its id.

    It is there if, and only if, the caller's transaction commits. Ids arrive as text.
    A second job with the same `dedupe_key` is not written, however the first one ended;
    the id of the first is returned.

    :raises ValueError: if something other than ids and codes is to be carried
    """
    return add(
        task,
        args=(),
        kwargs=ids,
        due_at=due_at,
        dedupe_key=dedupe_key,
        service_id=service_id,
    )


def add(
    task: Task | str,
    *,
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
    due_at: datetime,
    dedupe_key: str | None = None,
    service_id: UUID | None = None,
) -> UUID:
    """Write a job with positional arguments as well; see `enqueue`."""
    from .models import Job

    if due_at.utcoffset() is None:
        raise ValueError("A job is due at an instant, not at a wall time.")
    job = Job(
        service_id=service_id,
        kind=task if isinstance(task, str) else task.module_path,
        payload={
            "args": of_ids(list(args)),
            "kwargs": {name: of_ids(value) for name, value in kwargs.items()},
        },
        due_at=due_at,
        dedupe_key=None if dedupe_key is None else of_ids(dedupe_key),
        created_at=clock.now(),
    )
    if dedupe_key is None:
        job.save(force_insert=True)
        return job.pk
    Job.objects.bulk_create([job], ignore_conflicts=True)
    return Job.objects.values_list("pk", flat=True).get(dedupe_key=dedupe_key)


def cancel(*, dedupe_key: str, at: datetime) -> bool:
    """Take back a job that nobody is at just now; return whether there was one.

    The key is free again afterwards: move a reminder by taking it back and writing it
    anew.
    """
    from .models import Job

    waiting = Job.objects.filter(claims.free(at), dedupe_key=dedupe_key)
    removed, _by_model = waiting.delete()
    return bool(removed)


def try_again(*, job_id: UUID, at: datetime) -> bool:
    """Put a job that failed for good back in the queue; return whether there was one."""
    from .models import Job

    failed = Job.objects.filter(pk=job_id, state="failed")
    return bool(failed.update(state="queued", attempts=0, due_at=at, lease_until=None))


def forget_done(*, at: datetime) -> int:
    """Remove jobs that were done 30 days ago or earlier; return how many."""
    from .models import Job

    old = Job.objects.filter(state="done", done_at__lte=at - DONE_KEPT_FOR)
    removed, _by_model = old.delete()
    return removed
