"""Who comes in, and who leads on."""

from datetime import date, datetime

from django.db import transaction

from openipt.calendar import operations as calendar
from openipt.core.errors import Refused
from openipt.courses import access
from openipt.courses.models import Course
from openipt.people import operations as people
from openipt.people.models import CareRelationship, Member

from .trace import say


@transaction.atomic
def invite(*, course: Course, by: Member, at: datetime, on: date) -> str:
    """Return a new one-time code for the person of a course; an older one is revoked.

    `on` is today in the service's zone.

    :raises Refused: with the reason of `access.refusal_to_invite`
    """
    if reason := access.refusal_to_invite(course.person, on):
        raise Refused(reason)
    return people.invite_person(person=course.person, by=by, at=at)


@transaction.atomic
def hand_over(
    *,
    care: CareRelationship,
    to: Member,
    reason: str,
    cancel_clashing: bool,
    by: Member,
    at: datetime,
) -> CareRelationship:
    """Hand a care over, and with it the course it was opened for; return the new care.

    Whoever has the care then leads the course and holds the sessions still to come.

    :raises Refused: as `people.hand_over_care`
    :raises Invalid: without a reason, or as `calendar.give_series`
    """
    opened = people.hand_over_care(care=care, to=to, reason=reason, by=by, at=at)
    course = Course.objects.filter(
        pk__in=[care.course_id], therapist_id=care.member_id, ended_at__isnull=True
    ).first()
    if course is not None:
        calendar.give_series(
            series=course.series,
            to=to,
            cancel_clashing=cancel_clashing,
            by=by,
            at=at,
        )
        course.therapist = to
        course.save(update_fields=["therapist"])
        say(course, "courses.course.handed_over", by=by, at=at)
    return opened
