"""Each question about sessions, answered with the reason or an empty string for yes."""

from datetime import datetime

from django.utils.translation import gettext as _

from openipt.calendar.models import Appointment
from openipt.courses import access as courses_access
from openipt.courses import queries as courses
from openipt.courses.models import Course
from openipt.people import queries as people
from openipt.people.models import Member

from .models import Encounter, Note

MOST_TASKS = 10
LONGEST_TASK = 500


def refusal_to_write(member: Member, course: Course, at: datetime) -> str:
    """Return why this member cannot write about a session of the course, or ""."""
    if people.has_care(member, course.person_id, course.pk, at):
        return ""
    return _("Only the care team of this course writes here. You can read.")


def refusal_of_overrun(appointment: Appointment, course: Course) -> str:
    """Return that this session is beyond the contract of its course (P17), or ""."""
    contract = courses.latest_contract(course)
    return courses_access.refusal_of_overrun(contract, appointment.number)


def refusal_to_sign(encounter: Encounter, text: str, at: datetime) -> str:
    """Return why the note cannot be signed now, or ""."""
    if at < encounter.appointment.starts_at:
        return _("This session has not begun yet. The note can be kept as a draft.")
    if not text.strip():
        return _("There is nothing to sign yet: write the note first.")
    return ""


def refusal_to_add(note: Note | None) -> str:
    """Return why nothing can be added to the note, or ""."""
    if note is None or note.signed_at is None:
        return _(
            "Something is added to a note once it is signed. Change the note itself."
        )
    return ""
