"""The outbox behind the task API of Django 6, so that the move there is an import."""

from typing import Any

from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import TaskResult, TaskResultStatus
from django_tasks.exceptions import InvalidTaskError

from . import clock, operations
from .payload import of_ids


class OutboxBackend(BaseTaskBackend):  # type: ignore[misc]  # the package is not followed
    """Writes a job in the caller's transaction; `worker` does it later."""

    supports_defer = True
    supports_async_task = False
    supports_get_result = False
    supports_priority = False

    def validate_task(self, task: Any) -> None:
        """Refuse what the outbox cannot promise.

        :raises InvalidTaskError: if the task wants its context
        """
        super().validate_task(task)
        if task.takes_context:
            raise InvalidTaskError("A job of the outbox gets ids, not a context.")

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        """Write the job; the result tells its id and that it waits."""
        self.validate_task(task)
        at = clock.now()
        job_id = operations.add(
            task, args=args, kwargs=kwargs, due_at=task.run_after or at
        )
        return TaskResult(
            task=task,
            id=str(job_id),
            status=TaskResultStatus.READY,
            enqueued_at=at,
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=of_ids(list(args)),
            kwargs={name: of_ids(value) for name, value in kwargs.items()},
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
