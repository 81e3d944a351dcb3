"""Which tasks of a course's phases were ticked off in its sessions."""

from datetime import datetime

from openipt.courses.models import Course
from openipt.encounters.models import PhaseTaskDone


def done_in(course: Course) -> dict[str, datetime]:
    """Return when each task was ticked off, by its key in the variant."""
    rows = PhaseTaskDone.objects.filter(course=course, ended_at__isnull=True)
    return dict(rows.values_list("key", "at"))
