"""What the last phase of a variant asks for, and how far it is."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from openipt.core.protocols import PhaseTask
from openipt.courses import queries as courses
from openipt.courses.models import Ending
from openipt.encounters import queries as encounters

PAGES = {
    "progress": "home:course-progress",
    "relapse_plan": "home:staying-well",
    "maintenance": "home:maintenance",
}
"""Where a task is done, besides the page of the ending itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskLine:
    """A task of the last phase; `address` is empty where it is done by talking."""

    task: PhaseTask
    done_at: datetime | None
    address: str


def ending_tasks(record: courses.Record, ending: Ending | None) -> tuple[TaskLine, ...]:
    """Return the tasks of the ending in the words of the variant."""
    done = encounters.done_in(record.course)
    raised = ending.raised_at if ending else None
    return tuple(
        TaskLine(
            task=task,
            done_at=raised if task.every_session else done.get(task.key),
            address=_address(task, record),
        )
        for task in record.variant.phases[-1].shown_tasks
    )


def _address(task: PhaseTask, record: courses.Record) -> str:
    name = PAGES.get(task.opens)
    return reverse(name, args=[record.course.pk]) if name else ""
