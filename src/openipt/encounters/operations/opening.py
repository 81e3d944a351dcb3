"""A session is there once somebody writes about it."""

from datetime import datetime

from django.db import transaction

from openipt.calendar.models import Appointment
from openipt.core.errors import Refused
from openipt.courses.models import Course
from openipt.encounters import access
from openipt.encounters.models import Encounter
from openipt.people.models import Member
from openipt.sql.locks import lock_row


@transaction.atomic
def open_encounter(
    *, appointment: Appointment, course: Course, by: Member, at: datetime
) -> Encounter:
    """Return the encounter of an appointment; the first who writes opens it.

    :raises Refused: if the member is not of the course's care team, or the session is
        beyond the contract (P17)
    """
    if reason := access.refusal_to_write(by, course, at):
        raise Refused(reason)
    if reason := access.refusal_of_overrun(appointment, course):
        raise Refused(reason)
    encounter, _new = Encounter.objects.get_or_create(
        appointment=appointment,
        defaults={
            "service_id": course.service_id,
            "person_id": course.person_id,
            "course": course,
            "number": appointment.number,
            "opened_at": at,
            "opened_by": by,
        },
    )
    return encounter


def lock(encounter: Encounter) -> None:
    """Let one change of a session happen at a time."""
    lock_row(Encounter, encounter.pk)


def lock_course(encounter: Encounter) -> None:
    """Let one change of what a whole course has only once happen at a time."""
    lock_row(Course, encounter.course_id)
