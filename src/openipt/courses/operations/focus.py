"""What a course works on."""

from datetime import datetime

from django.db import transaction

from openipt.core.errors import Invalid, Refused
from openipt.courses import access, queries
from openipt.courses.models import Course, Focus
from openipt.people.models import Member

from .trace import say


@transaction.atomic
def set_focus(
    *, course: Course, area: str, about: str, by: Member, at: datetime
) -> Focus:
    """Take up a problem area, and whom or what it is about; one or two at a time (P08).

    The same words again change nothing; other words for an area that is open end that row
    and begin a new one.

    :raises Refused: if the course has ended
    :raises Invalid: if the variant does not have the area, or it would be the third
    """
    Course.objects.select_for_update().filter(pk=course.pk).values_list("pk").first()
    if reason := access.refusal_of_ended(course):
        raise Refused(reason)
    foci = queries.foci_of([course.pk]).get(course.pk, [])
    if reason := access.refusal_to_focus(queries.variant_of(course), area, foci):
        raise Invalid(reason)
    before = next((focus for focus in foci if focus.area == area), None)
    if before is not None:
        if (before.about or "") == about:
            return before
        before.ended_at = at
        before.save(update_fields=["ended_at"])
    focus = Focus.objects.create(
        service_id=course.service_id,
        person_id=course.person_id,
        course=course,
        area=area,
        about=about or None,
        agreed_by=by,
        agreed_at=at,
    )
    say(course, "courses.focus.set", by=by, at=at, reason=area)
    return focus


@transaction.atomic
def end_focus(*, focus: Focus, by: Member, at: datetime) -> Focus:
    """End the work on a problem area; the row stays. A second time changes nothing."""
    ended = Focus.objects.filter(pk=focus.pk, ended_at__isnull=True).update(ended_at=at)
    if ended:
        focus.ended_at = at
        say(focus.course, "courses.focus.ended", by=by, at=at, reason=focus.area)
    return focus
