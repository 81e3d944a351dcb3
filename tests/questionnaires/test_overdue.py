"""What is overdue is read from rows of facts, and is what the answers themselves say."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from openipt.calendar.models import Appointment
from openipt.courses.models import Course, CourseFact
from openipt.questionnaires import operations, queries
from openipt.questionnaires.models import Answering, AskedBy
from openipt.questionnaires.queries.openings import openings_of
from tests import people
from tests.questionnaires.second_course import second_course

NEXT_BEGINS = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)
"""Ana's session in the week of the story."""
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
WHOLE = {"phq9": 9, "gad7": 7}
TOO_FEW = {"phq9": 6, "gad7": 5}


def begun(person, measure, at):
    return operations.start_answering(
        person=person, measure=measure, by=person.member, at=at
    )


def finished(sheet, at, *, items=WHOLE):
    by = sheet.person.member
    codes = {str(item): 0 for item in range(1, items[sheet.measure] + 1)}
    operations.choose_all(answering=sheet, codes=codes, by=by, at=at)
    operations.finish(answering=sheet, by=by, at=at)


def answered(person, measure, at, *, items=WHOLE):
    finished(begun(person, measure, at), at, items=items)


@pytest.fixture
def world(cast):
    """Three people and four courses, with every way in which an answer comes about."""
    now, ana, bea, eva = people.NOW, cast.ana, cast.bea, cast.eva
    first = cast.extra["ana"]
    Appointment.objects.filter(
        series=first.series, starts_at__in=[NEXT_BEGINS - 2 * WEEK, NEXT_BEGINS + WEEK]
    ).update(state=Appointment.State.CANCELLED)
    answered(ana, "gad7", now - 4 * WEEK)
    answered(ana, "phq9", now - WEEK, items=TOO_FEW)
    meanwhile = begun(ana, "phq9", now)
    second = second_course(cast, now + HOUR)
    finished(meanwhile, now + 2 * HOUR)
    answered(ana, "gad7", now + 3 * HOUR, items=TOO_FEW)
    finished(begun(ana, "phq9", NEXT_BEGINS + 2 * DAY), NEXT_BEGINS + WEEK + 20 * HOUR)
    answered(bea, "phq9", now)
    begun(bea, "phq9", now + 2 * WEEK)
    begun(bea, "phq9", now + 4 * WEEK + HOUR)
    answered(eva, "gad7", now, items=TOO_FEW)
    CourseFact.objects.filter(course=cast.extra["eva"], measure="phq9").delete()
    answered(eva, "phq9", now + 3 * WEEK, items=TOO_FEW)
    return SimpleNamespace(
        first=first,
        second=second,
        every=list(Course.objects.order_by("pk")),
    )


def plainly_overdue(course, at):
    """Return the same from every session there was and every answer that was given."""
    before = [one for one in openings_of([course])[course.pk] if one.closes_at <= at]
    given = AskedBy.objects.filter(course=course)
    return [
        measure.id
        for measure in queries.measures_of(course)
        if before
        and not given.filter(
            answering__measure=measure.id,
            answering__completed_at__gte=opens_for(course, measure.id, before),
        ).exists()
    ]


def opens_for(course, measure, before):
    """Return since when an answer stands for the last of these sessions."""
    return before[-queries.sessions_for(course, measure) :][0].opens_at


def instants():
    """Return instants from before the story until long after, some of them its edges."""
    for week in range(-6, 7):
        session = NEXT_BEGINS + week * WEEK
        yield from (session - HOUR, session, session + HOUR, session + 20 * HOUR)
        yield from (session + days * DAY for days in range(2, 7))


def test_rows_of_facts_say_what_is_overdue_as_the_answers_do(world):
    ways = {course.pk: set() for course in world.every}
    for at in instants():
        plain = {course.pk: plainly_overdue(course, at) for course in world.every}
        found = queries.overdue(plain, at)

        assert found == {pk: missed for pk, missed in plain.items() if missed}, at
        for pk, missed in plain.items():
            ways[pk].add(tuple(missed))
    assert min(len(found) for found in ways.values()) > 1
    assert len(set.union(*ways.values())) == 4


def test_each_row_of_facts_has_the_newest_answer_to_its_course(world):
    for fact in CourseFact.objects.all():
        given = Answering.objects.filter(
            asked_by__course=fact.course, measure=fact.measure
        ).exclude(completed_at=None)
        newest = given.order_by("completed_at").last()
        assert fact.answered_at == (newest and newest.completed_at)
    assert CourseFact.objects.filter(count=0).exclude(answered_at=None).count() >= 2


def test_the_story_tells_what_it_promises(world):
    """Both courses asked for one answering, one of them late; some are set aside."""
    both = {world.first.pk, world.second.pk}
    for sheet in Answering.objects.filter(person=world.first.person):
        asked = set(sheet.asked_by.values_list("course_id", flat=True))
        assert asked == (both if sheet.started_at >= people.NOW else {world.first.pk})
    assert world.second.started_at > people.NOW
    assert Answering.objects.exclude(set_aside_at=None).count() == 1
    assert Answering.objects.exclude(completed_at=None).filter(total=None).count() == 4
    assert len(world.every) == 4
