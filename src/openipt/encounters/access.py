"""Each question about sessions, answered with the reason or an empty string for yes."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from openipt.calendar.models import Appointment
from openipt.core.protocols import links_mood
from openipt.core.protocols.rules import check_mood_link
from openipt.courses import access as courses_access
from openipt.courses import queries as courses
from openipt.courses.models import Course, Focus
from openipt.people import queries as people
from openipt.people.models import Member
from openipt.practice.models import Task

from .models import Encounter, MoodLink, Note

MOST_TASKS = 10
LONGEST_TASK = 500
MOST_LINKS = 12
"""How many links one session holds."""


def refusal_to_write(member: Member, course: Course, at: datetime) -> str:
    """Return why this member cannot write about a session of the course, or ""."""
    if people.has_care(member, course.person_id, course.pk, at):
        return ""
    return _("Only the care team of this course writes here. You can read.")


def refusal_of_overrun(appointment: Appointment, course: Course) -> str:
    """Return that this session is beyond the contract of its course (P17), or ""."""
    contract = courses.latest_contract(course)
    return courses_access.refusal_of_overrun(contract, appointment.number)


def refusal_of_removed(link: MoodLink) -> str:
    """Return why a link is no longer changed, or ""."""
    if link.removed_at is not None:
        return _("This link was taken out of the session. It stays in the record.")
    return ""


def refusal_of_dropped(task: Task) -> str:
    """Return why a task is no longer talked about, or ""."""
    if task.state == Task.State.DROPPED:
        return _("This was dropped meanwhile. What you typed is still on the page.")
    return ""


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


def reason_wanted_to_sign(encounter: Encounter, at: datetime) -> str:
    """Return what a reason is asked for before the note is signed, or "" (T04)."""
    course = encounter.course
    contract = courses.latest_contract(course)
    today = at.astimezone(ZoneInfo(course.person.service.zone)).date()
    phase = courses.phase_of_session(
        course,
        encounter.number,
        sessions=contract.sessions,
        reached=courses.session_on(contract, today),
    )
    if not links_mood(phase):
        return ""
    links = MoodLink.objects.filter(encounter=encounter, removed_at__isnull=True)
    found = check_mood_link(is_middle=True, links=links.count())
    return courses_access.reason_wanted([found]) if found else ""


def refusal_to_link(encounter: Encounter, focus: Focus | None) -> str:
    """Return why no link can be added to a session, or ""."""
    if focus is not None and focus.course_id != encounter.course_id:
        return _("That focus belongs to another course.")
    links = MoodLink.objects.filter(encounter=encounter, removed_at__isnull=True)
    if links.count() < MOST_LINKS:
        return ""
    return _("%(n)s are noted already. Take one out first.") % {"n": MOST_LINKS}


def refusal_of_technique(encounter: Encounter, key: str) -> str:
    """Return why a technique cannot be noted, or ""."""
    techniques = courses.variant_of(encounter.course).shown_techniques
    if any(technique.key == key for technique in techniques):
        return ""
    return _("This way of working does not have that technique.")
