"""What the last phase of a variant asks for, and how far it is."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from openipt.core.agenda import done_by_pages
from openipt.core.protocols import PhaseTask
from openipt.courses import queries as courses
from openipt.courses.models import Ending
from openipt.encounters import queries as encounters
from openipt.people.models import Member


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskLine:
    """A task of the last phase; `address` is empty where it is done by talking."""

    task: PhaseTask
    done_at: datetime | None
    address: str


def ending_tasks(
    record: courses.Record, ending: Ending | None, by: Member, at: datetime
) -> tuple[TaskLine, ...]:
    """Return the tasks of the ending in the words of the variant.

    One is done when it was ticked off in a session, or by what its own page keeps:
    whoever decided on maintenance there has decided.
    """
    phase = record.variant.phases[-1]
    opened = {task.opens for task in phase.shown_tasks}
    kept = courses.kept_on_pages(by, record.course, opened, at)
    done = done_by_pages(phase, kept) | encounters.done_in(record.course)
    raised = ending.raised_at if ending else None
    return tuple(
        TaskLine(
            task=task,
            done_at=raised if task.every_session else done.get(task.key),
            address=_address(task, record),
        )
        for task in phase.shown_tasks
    )


def _address(task: PhaseTask, record: courses.Record) -> str:
    """Return where a task is done, besides the page of the ending itself."""
    place = courses.place_of(task.opens, record)
    if place is None or task.opens == "ending":
        return ""
    return reverse(place.page, args=[place.subject])
