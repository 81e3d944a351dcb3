"""A therapist puts a reading first for a person, and takes it back."""

from datetime import datetime

from django.db import transaction

from openipt.core.errors import Invalid, Refused
from openipt.core.readings import Reading
from openipt.courses.models import Course
from openipt.courses.operations import lock_open
from openipt.learning import access
from openipt.learning.models import Suggestion
from openipt.people.models import Member

from .trace import say


@transaction.atomic
def suggest(
    *, course: Course, reading: Reading, words: str, by: Member, at: datetime
) -> Suggestion:
    """Suggest a reading to the person of a course, with a word of one's own or none.

    The same reading with the same words changes nothing while it waits; other words end
    that row and begin a new one.

    :raises Refused: if the member does not lead the course now, or it has ended
    :raises Invalid: if too many are waiting
    """
    _check(course, by, at)
    before = Suggestion.objects.filter(
        course=course, reading=reading.id, ended_at__isnull=True
    ).first()
    if before is not None:
        if (before.words or "") == words:
            return before
        _end(before, by=by, at=at)
    if reason := access.refusal_of_another(course):
        raise Invalid(reason)
    made = Suggestion.objects.create(
        service_id=course.service_id,
        person_id=course.person_id,
        course=course,
        reading=reading.id,
        words=words or None,
        suggested_at=at,
        suggested_by=by,
    )
    _say(course, "learning.reading.suggested", reading.id, by=by, at=at)
    return made


@transaction.atomic
def take_back(*, suggestion: Suggestion, by: Member, at: datetime) -> None:
    """Take a suggestion back; the row stays. A second time changes nothing.

    :raises Refused: if the member does not lead the course now, or it has ended
    """
    course = suggestion.course
    _check(course, by, at)
    if _end(suggestion, by=by, at=at):
        _say(course, "learning.reading.taken_back", suggestion.reading, by=by, at=at)


def _check(course: Course, by: Member, at: datetime) -> None:
    """Let one change happen at a time, in a course that is open now.

    :raises Refused: if the member does not lead the course now, or it has ended
    """
    lock_open(course)
    if reason := access.refusal_to_suggest(by, course, at):
        raise Refused(reason)


def _end(suggestion: Suggestion, *, by: Member, at: datetime) -> bool:
    waiting = Suggestion.objects.filter(pk=suggestion.pk, ended_at__isnull=True)
    return bool(waiting.update(ended_at=at, ended_by=by))


def _say(
    course: Course, action: str, reading: str, *, by: Member, at: datetime
) -> None:
    others = {course.therapist_id}
    say(course.person, action, reading=reading, others=others, by=by, at=at)
