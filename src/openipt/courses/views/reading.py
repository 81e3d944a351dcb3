"""Says in the trail that a course was read."""

from uuid import UUID

from openipt import audit
from openipt.web import clock
from openipt.web.http import Request


def say_read(request: Request, course_id: UUID, person_id: UUID) -> None:
    """Record that this member opened the course."""
    audit.record_read(
        action="courses.course.read",
        resource="course",
        object_id=course_id,
        subjects=[person_id],
        by=request.member,
        at=clock.now(),
    )
