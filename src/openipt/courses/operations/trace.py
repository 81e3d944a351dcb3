"""The trace of a change, and word of it to open pages."""

from datetime import datetime

from openipt import audit
from openipt.courses.models import Course
from openipt.people import operations as people
from openipt.people.models import Member


def say(
    course: Course, action: str, *, by: Member, at: datetime, reason: str = ""
) -> None:
    """Leave the trace of a change, and tell the open pages of whom it concerns."""
    audit.record(
        action=action,
        resource="course",
        object_id=course.pk,
        subjects=[course.person_id],
        reason=reason,
        by=by,
        at=at,
    )
    people.touch({course.therapist_id, by.pk, course.person.member_id})
