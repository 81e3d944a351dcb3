"""Endings: raised in time, looked back on, as agreed or early."""

from datetime import datetime, timedelta

from openipt.core.course import ending_is_near
from openipt.core.ids import new_id
from openipt.courses import operations as courses
from openipt.courses.models import Course
from openipt.people.models import Member

from .afterwards import decide, go_on, write_own_plan
from .cast import invented
from .stories import AS_AGREED, NO_CONTACT, Story


def part(story: Story, course: Course, *, by: Member, at: datetime) -> Course | None:
    """Live what there is of the ending of a course; return what it goes on as, if it does."""
    told = invented()["endings"]
    if ending_is_near(story.held, story.weeks):
        raised = at - timedelta(days=6)
        courses.raise_ending(course=course, by=by, at=raised)
        write_own_plan(story, course, at=at - timedelta(days=3))
    if story.ending == NO_CONTACT:
        for days, way in ((9, "phone"), (5, "letter")):
            courses.record_outreach(
                course=course,
                submission_id=new_id(),
                way=way,
                reached=False,
                note=told[way],
                on_date=(at - timedelta(days=days)).date(),
                by=by,
                at=at - timedelta(days=days),
            )
    if not story.ending:
        return None
    member = course.person.member
    if story.ending == AS_AGREED and member is not None:
        courses.keep_words(
            course=course,
            words=told["words"],
            shared=True,
            version=0,
            by=member,
            at=at - timedelta(days=2),
        )
    is_early = story.ending == NO_CONTACT
    if not is_early:
        decide(story, course, by=by, at=at - timedelta(days=2))
    courses.end_course(
        course=course,
        afterwards=told["afterwards"][story.ending],
        early_reason=story.ending if is_early else "",
        early_words=told["early_words"] if is_early else "",
        by=by,
        at=at - timedelta(days=1),
    )
    return go_on(story, course, by=by, at=at - timedelta(hours=20))
