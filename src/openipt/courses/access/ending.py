"""When a course can end, and whose its words are."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from openipt.calendar import queries as calendar
from openipt.courses.models import Course
from openipt.people.models import Member
from openipt.safety import queries as safety
from openipt.web import dates

CLOSING = timedelta(days=28)
"""How long after the end the care team can still finish its notes."""


def refusal_of_ended(course: Course) -> str:
    """Return that the course has ended, if it has, or ""."""
    if course.ended_at is None:
        return ""
    return _("This course has ended on %(day)s. Its record stays as it is.") % {
        "day": dates.day(timezone.localdate(course.ended_at), year=True)
    }


def refusal_of_words(member: Member, course: Course) -> str:
    """Return why the words of looking back are not this member's to write, or "".

    They are the person's. Only for somebody without an account does the therapist write
    them down.
    """
    own = course.person.member
    if own is not None and own.pk == member.pk:
        return ""
    if own is None or own.account_id is None:
        return ""
    return _("These words are the person's own. They write them on their own page.")


def refusal_to_end(course: Course, at: datetime) -> str:
    """Return why the course cannot end now, or "".

    Not while an answer about safety waits for somebody, and not before it is recorded what
    became of the sessions that lie behind.
    """
    if reason := refusal_of_ended(course):
        return reason
    if safety.has_open_alert(course.person_id):
        return _(
            "An alert about this person is still open. Respond to it and close it; then "
            "the course can end."
        )
    if unrecorded := calendar.unrecorded([course.series_id], at):
        first = unrecorded[0]
        return _(
            "Session %(n)s on %(day)s has no attendance yet. Record what became of it; "
            "then the course can end."
        ) % {"n": first.number, "day": dates.day(first.on_date)}
    return ""
