"""Which tasks of a course's phases are done: ticked off, or kept on their pages."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from openipt.core.agenda import done_by_pages
from openipt.core.protocols import Phase
from openipt.courses import queries as courses
from openipt.courses.models import Course
from openipt.encounters.models import PhaseTaskDone
from openipt.people.models import Member
from openipt.sql.prepared import Prepared


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """When a task was done; `encounter_id` is the session that ticked it off, if one did."""

    at: datetime
    encounter_id: UUID | None = None
    on_page: bool = False
    """Its page holds what it asks for: that is changed there, not by a tick."""


def done_in(course: Course) -> dict[str, datetime]:
    """Return when each task was ticked off, by its key in the variant."""
    rows = PhaseTaskDone.objects.filter(course=course, ended_at__isnull=True)
    return dict(rows.values_list("key", "at"))


_TICKED = Prepared(
    lambda course: PhaseTaskDone.objects.filter(
        course_id=course, ended_at__isnull=True
    ).values_list("key", "at", "encounter_id"),
    course=UUID,
)


def done_of(
    member: Member, course: Course, phase: Phase, at: datetime
) -> dict[str, Done]:
    """Return what is done of a phase, by the key of the task; the course was reached."""
    done = {
        key: Done(at=since, encounter_id=encounter_id)
        for key, since, encounter_id in _TICKED.rows(course=course.pk)
    }
    opened = {task.opens for task in phase.shown_tasks}
    kept = courses.kept_on_pages(member, course, opened, at)
    for key, since in done_by_pages(phase, kept).items():
        ticked = done.get(key)
        done[key] = Done(
            at=ticked.at if ticked else since,
            encounter_id=ticked.encounter_id if ticked else None,
            on_page=True,
        )
    return done
