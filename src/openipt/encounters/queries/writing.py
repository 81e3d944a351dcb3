"""Sessions that a member may write about, and what can be done in them."""

from datetime import date, datetime
from uuid import UUID

from openipt.calendar import queries as calendar
from openipt.calendar.models import Appointment
from openipt.core.errors import Gone, Missing
from openipt.courses import queries as courses
from openipt.courses.models import Course
from openipt.encounters import access
from openipt.people.models import Member
from openipt.practice.models import Task


def session_to_write(
    member: Member, appointment_id: UUID, at: datetime
) -> tuple[Appointment, Course]:
    """Return a session that this member may write about: only the active care team.

    :raises Missing: also for a supervisor, who reads
    """
    appointment = calendar.appointment_for(member, appointment_id, at)
    course = courses.course_of_series(member, appointment.series_id, at)
    if not courses.may_write(member, course, at):
        raise Missing
    return appointment, course


def task_in(course: Course, task_id: UUID) -> Task:
    """Return a task of a course that was reached by this member.

    :raises Missing: if it is none of it
    :raises Gone: if the person has dropped it
    """
    found = Task.objects.filter(pk=task_id, course=course).select_related("person")
    task = found.first()
    if task is None:
        raise Missing
    if reason := access.refusal_of_dropped(task):
        raise Gone(reason)
    return task


def phase_keys(appointment: Appointment, course: Course, today: date) -> list[str]:
    """Return the tasks that can be ticked off in a session: those its phase does once."""
    contract = courses.latest_contract(course)
    phase = courses.phase_of_session(
        course,
        appointment.number,
        sessions=contract.sessions,
        reached=courses.session_on(contract, today),
    )
    return [task.key for task in phase.shown_tasks if not task.every_session]
