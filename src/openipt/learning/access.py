"""Each question about readings, answered with the reason or an empty string for yes."""

from datetime import datetime

from django.utils.translation import gettext as _

from openipt.courses import queries as courses
from openipt.courses.models import Course
from openipt.people.models import Member, Person

from .models import Suggestion

MOST = 5
"""How many suggestions wait at a time: more would be a pile."""


def refusal_to_note(member: Member, person: Person) -> str:
    """Return why the member cannot say that this person read something, or ""."""
    if person.member_id == member.pk:
        return ""
    return _("Only the person themselves notes what they have read.")


def refusal_to_suggest(member: Member, course: Course, at: datetime) -> str:
    """Return why the member cannot suggest something to read in this course, or ""."""
    if course.ended_at is not None:
        return _("This course has ended. It stays as it is.")
    if not courses.may_write(member, course, at):
        return _("Only whoever leads this course now suggests something to read.")
    return ""


def refusal_of_another(course: Course) -> str:
    """Return why no other reading can be suggested now, or ""."""
    waiting = Suggestion.objects.filter(course=course, ended_at__isnull=True).count()
    if waiting < MOST:
        return ""
    return _("%(n)s suggestions are waiting already. Take one back first.") % {
        "n": MOST
    }
