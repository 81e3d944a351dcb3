"""What is read while an answer is kept says what plain reads say, one thing at a time."""

from datetime import timedelta

import pytest

from openipt.calendar.models import Appointment
from openipt.core.errors import Missing, Stale
from openipt.courses.models import Course, CourseFact
from openipt.courses.operations import record_answer
from openipt.questionnaires import operations, queries
from openipt.questionnaires.models import Answering, AskedBy
from openipt.questionnaires.queries import openings
from openipt.vault import keys
from tests import people
from tests.questionnaires.answers import begin, fill

LAST, NEXT = timedelta(minutes=-1), timedelta(minutes=1)


def plainly_open(person, measure, at):
    """Return the same from the openings of every session, with nothing left out."""
    running = Course.objects.filter(person=person, ended_at=None)
    asking = [
        course
        for course in running
        if measure in {one.id for one in queries.measures_of(course)}
    ]
    return [
        course_id
        for course_id, every in openings.openings_of(asking).items()
        if any(opening.holds(at) for opening in every)
    ]


def instants(course):
    """Return the start and the end of each session, and a minute to either side."""
    yield course.started_at
    yield course.started_at + LAST
    for session in Appointment.objects.filter(series=course.series_id):
        for edge in (0, session.minutes):
            at = session.starts_at + timedelta(minutes=edge)
            yield from (at + LAST, at, at + NEXT)


@pytest.mark.parametrize("cancelled", [(), (1, 2), (3, 4, 5), (16,)])
def test_courses_take_answers_when_one_of_their_openings_holds(cast, cancelled):
    course = cast.extra["ana"]
    Appointment.objects.filter(series=course.series_id, number__in=cancelled).update(
        state="cancelled"
    )
    found = {
        at: queries.courses_open_to(cast.ana.pk, "phq9", at) for at in instants(course)
    }

    assert found == {at: plainly_open(cast.ana, "phq9", at) for at in found}
    assert [course.pk] in found.values()
    assert [] in found.values()


def test_a_measure_nobody_asks_for_and_an_ended_course_take_none(cast):
    assert queries.courses_open_to(cast.ana.pk, "who5", people.NOW) == []
    Course.objects.update(ended_at=people.NOW)
    assert queries.courses_open_to(cast.ana.pk, "phq9", people.NOW) == []


def test_the_last_total_may_be_of_an_earlier_form(cast, ana, clock):
    open_one = Answering(person=cast.ana, measure="phq9", service=cast.service)
    with keys.scope():
        assert queries.last_finished(open_one) == ({}, None)

    fill(ana, [1] * 9)
    clock.shift(timedelta(days=7))
    fill(people.signed_in(cast.ana.member), [2, None, None, None, 1, 1, 1, 1, 0])

    with keys.scope():
        items = {"1": 2, "5": 1, "6": 1, "7": 1, "8": 1, "9": 0}
        assert queries.last_finished(open_one) == (items, 9)


def test_a_sheet_is_found_as_plain_reads_find_it(cast, ana, clock):
    begin(ana)
    [begun] = Answering.objects.all()
    own = cast.ana.member

    def sheet(member=own, measure="phq9", named=None, days=0):
        at = people.NOW + timedelta(days=days)
        found = queries.sheet_for(member, measure, at, named)
        return found and found.answering

    for found in (sheet(), sheet(named=begun.pk), sheet(days=13, named=begun.pk)):
        for field in Answering._meta.concrete_fields:
            assert getattr(found, field.attname) == getattr(begun, field.attname)
    assert sheet(days=14) is None
    assert sheet(measure="gad7") is None
    assert sheet(member=cast.bea.member) is None
    for other in ({"member": cast.bea.member}, {"measure": "gad7"}):
        with pytest.raises(Missing):
            sheet(named=begun.pk, **other)
    with pytest.raises(Stale):
        sheet(days=14, named=begun.pk)


def test_an_answering_that_is_gone_cannot_be_kept(cast, ana):
    begin(ana)
    [begun] = Answering.objects.all()
    AskedBy.objects.all().delete()
    Answering.objects.all().delete()

    with pytest.raises(Answering.DoesNotExist):
        operations.choose(
            answering=begun, item="1", code=0, by=cast.ana.member, at=people.NOW
        )


@pytest.mark.parametrize("courses", [1, 2, 3])
def test_facts_are_found_for_one_course_as_for_several(cast, courses):
    asked = [cast.extra[name].pk for name in ("ana", "bea")][:courses]
    asked += [cast.extra["eva"].pk] * (courses == 3)
    for times, total in enumerate((7, 12), 1):
        record_answer(
            service_id=cast.service.pk,
            course_ids=asked,
            measure="phq9",
            total=total,
            at=people.NOW,
        )
        facts = CourseFact.objects.filter(measure="phq9", count=times)
        assert {fact.course_id for fact in facts} == set(asked)
        assert {fact.last for fact in facts} == {total}


def test_the_team_is_who_is_in_charge_of_one_of_the_courses(cast):
    from openipt.people import queries as people_queries
    from openipt.people.models import CareRelationship

    course = cast.extra["ana"]
    plain = {
        care.member_id
        for care in people_queries.care_for(cast.ana, people.NOW)
        if care.course_id == course.pk
    }

    assert plain
    assert people_queries.team_of(cast.ana.pk, [course.pk], people.NOW) == plain
    assert people_queries.team_of(cast.ana.pk, [], people.NOW) == set()
    CareRelationship.objects.update(state="paused")
    assert people_queries.team_of(cast.ana.pk, [course.pk], people.NOW) == set()
