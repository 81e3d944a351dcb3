"""What the last phase of a variant asks for, and how far it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from openipt.core.protocols import PhaseTask
from openipt.courses import queries as courses
from openipt.courses.models import Course, Ending
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


def ending_tasks(
    record: courses.Record, ending: Ending | None, kept: Mapping[str, datetime]
) -> tuple[TaskLine, ...]:
    """Return the tasks of the ending in the words of the variant.

    One is done when it was ticked off in a session, or by what its own page keeps (`kept`,
    by what a task opens): whoever decided on maintenance there has decided.
    """
    done = encounters.done_in(record.course)
    raised = ending.raised_at if ending else None
    return tuple(
        TaskLine(
            task=task,
            done_at=(raised if task.every_session else done.get(task.key))
            or kept.get(task.opens),
            address=_address(task, record),
        )
        for task in record.variant.phases[-1].shown_tasks
    )


def kept_on_pages(
    course: Course,
    plan: courses.SeenPlan,
    after: courses.Maintenance,
    went: Sequence[courses.Went],
) -> dict[str, datetime]:
    """Return since when the pages of the time after keep what a task asks for.

    A plan counts once it is complete, read by whoever looks, and written in this course.
    Another treatment is decided where it is said how the course went.
    """
    kept: dict[str, datetime] = {}
    written = plan.updated_at if plan.is_there and plan.missing is None else None
    if written is not None and written >= course.started_at:
        kept["relapse_plan"] = written
    if after.decision is not None:
        kept["maintenance"] = after.decision.at
    elif went and went[0].steps:
        kept["maintenance"] = went[0].row.at
    return kept


def _address(task: PhaseTask, record: courses.Record) -> str:
    name = PAGES.get(task.opens)
    return reverse(name, args=[record.course.pk]) if name else ""
