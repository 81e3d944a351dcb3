"""Which courses a member reads, in how many look-ups, and what lists are made of."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openipt.core.errors import Missing
from openipt.courses import operations, queries
from openipt.courses.models import CourseFact
from openipt.people import operations as people_operations
from openipt.people.models import CareRelationship
from tests import people


def names(courses):
    return sorted(course.person.called for course in courses)


def test_therapist_has_their_own_courses(cast):
    assert names(queries.own_courses(cast.tomas, people.NOW)) == ["Ana", "Bea"]
    assert names(queries.own_courses(cast.omar, people.NOW)) == ["Eva"]
    assert queries.own_courses(cast.ines, people.NOW) == []


def test_supervisor_has_those_of_whom_they_supervise(cast):
    assert names(queries.supervised_courses(cast.sofia, people.NOW)) == ["Ana", "Bea"]
    assert names(queries.courses_of(cast.sofia, people.NOW)) == ["Ana", "Bea"]
    assert queries.own_courses(cast.sofia, people.NOW) == []
    assert queries.supervised_courses(cast.tomas, people.NOW) == []


def test_care_that_is_paused_or_over_hides_the_course(cast):
    care = CareRelationship.objects.get(course_id=cast.extra["ana"].pk)
    people_operations.pause_care(
        care=care, reason="holiday", by=cast.ada, at=people.NOW
    )

    assert names(queries.own_courses(cast.tomas, people.NOW)) == ["Bea"]
    assert names(queries.supervised_courses(cast.sofia, people.NOW)) == ["Bea"]
    with pytest.raises(Missing):
        queries.course_for(cast.tomas, cast.extra["ana"].pk, people.NOW)


def test_care_for_one_course_does_not_open_another(cast):
    """Dr Roth leads Ana's second course; the first stays closed to her."""
    people_operations.open_care(
        person=cast.ana, member=cast.ines, course_id=None, by=cast.ada, at=people.NOW
    )
    second = operations.start_course(
        person=cast.ana,
        by=cast.ines,
        at=people.NOW,
        condition="anxiety",
        variant_id="ipt_individual_uk",
        sessions=16,
        minutes=50,
        first_on=date(2026, 12, 1),
        wall_time=time(8),
        reason="Both are needed for a while.",
    )

    assert queries.course_for(cast.ines, second.pk, people.NOW) == second
    with pytest.raises(Missing):
        queries.course_for(cast.ines, cast.extra["ana"].pk, people.NOW)
    assert [c.pk for c in queries.open_courses_of_person(cast.ana.pk)] == [
        cast.extra["ana"].pk,
        second.pk,
    ]


def test_supervisor_reads_and_does_not_write(cast):
    course = queries.course_for(cast.sofia, cast.extra["ana"].pk, people.NOW)

    assert not queries.may_write(cast.sofia, course, people.NOW)
    with pytest.raises(Missing):
        queries.course_to_write(cast.sofia, course.pk, people.NOW)
    assert queries.course_to_write(cast.tomas, course.pk, people.NOW) == course


@pytest.mark.parametrize(
    ("today", "week", "phase"),
    [
        (date(2026, 10, 14), None, "initial"),
        (date(2026, 10, 15), 1, "initial"),
        (date(2026, 10, 21), 1, "initial"),
        (date(2026, 11, 4), 3, "initial"),
        (date(2026, 11, 5), 4, "middle"),
        (date(2027, 1, 13), 13, "middle"),
        (date(2027, 1, 14), 14, "ending"),
        (date(2027, 5, 1), 16, "ending"),
    ],
)
def test_phase_and_session_follow_the_first_session(cast, today, week, phase):
    course = cast.extra["ana"]
    course.opened_phase = "" if phase == "initial" else "middle"
    contract = queries.latest_contract(course)

    found = queries.phase_and_session(course, contract, today)

    assert (found[0].key, found[1], found[2]) == (phase, week, 16)


@pytest.mark.parametrize("count", [1, 3])
def test_lists_are_made_of_one_look_up_each(cast, count):
    courses = [cast.extra[name] for name in ("ana", "bea", "eva")][:count]
    ids = [course.pk for course in courses]
    for course in courses:
        operations.set_focus(
            course=course,
            area="grief",
            about="",
            by=course.therapist,
            at=people.NOW,
        )

    for look_up in (queries.latest_contracts, queries.foci_of, queries.facts_of):
        with CaptureQueriesContext(connection) as made:
            found = look_up(ids)
        assert set(found) == set(ids)
        assert len(made) == 1


def test_score_moves_the_row_of_facts(cast):
    course = cast.extra["ana"]
    for n, total in enumerate((18, 15, 11)):
        operations.record_answer(
            service_id=course.service_id,
            course_ids=[course.pk],
            measure="phq9",
            total=total,
            at=people.NOW + timedelta(weeks=n),
        )

    fact = queries.facts_of([course.pk])[course.pk]["phq9"]
    assert (fact.first, fact.last, fact.count) == (18, 11, 3)
    assert fact.recent == [18, 15, 11]
    assert fact.first_at == people.NOW
    assert fact.last_at == people.NOW + timedelta(weeks=2)


def test_zero_is_a_score_and_nothing_is_none(cast):
    course = cast.extra["ana"]
    operations.record_answer(
        service_id=course.service_id,
        course_ids=[course.pk],
        measure="phq9",
        total=0,
        at=people.NOW,
    )
    operations.record_answer(
        service_id=course.service_id,
        course_ids=[course.pk],
        measure="phq9",
        total=None,
        at=people.NOW,
    )

    fact = queries.facts_of([course.pk])[course.pk]["phq9"]
    assert (fact.first, fact.last, fact.count) == (0, 0, 1)


def test_a_row_of_facts_knows_the_newest_answer_with_a_total_or_without(cast):
    course = cast.extra["ana"]
    day = timedelta(days=1)

    def after(total, at):
        operations.record_answer(
            service_id=course.service_id,
            course_ids=[course.pk],
            measure="phq9",
            total=total,
            at=at,
        )
        fact = CourseFact.objects.get(course=course, measure="phq9")
        return fact.answered_at, fact.last, fact.last_at, fact.count

    now = people.NOW
    assert CourseFact.objects.exclude(answered_at=None).count() == 0
    assert after(None, now) == (now, None, None, 0)
    assert after(18, now + day) == (now + day, 18, now + day, 1)
    assert after(None, now + 2 * day) == (now + 2 * day, 18, now + day, 1)
    assert after(None, now) == (now + 2 * day, 18, now + day, 1)
    assert after(11, now + day) == (now + 2 * day, 11, now + day, 2)
    assert CourseFact.objects.exclude(answered_at=None).count() == 1


@pytest.mark.parametrize("total", [None, 7])
def test_an_answer_is_kept_for_lists_with_two_questions(
    cast, total, django_assert_num_queries
):
    course = cast.extra["ana"]
    with django_assert_num_queries(2):
        operations.record_answer(
            service_id=course.service_id,
            course_ids=[course.pk],
            measure="phq9",
            total=total,
            at=people.NOW,
        )


def test_only_the_last_sixteen_scores_are_kept_for_lists(cast):
    course = cast.extra["ana"]
    for total in range(20):
        operations.record_answer(
            service_id=course.service_id,
            course_ids=[course.pk],
            measure="gad7",
            total=total,
            at=people.NOW,
        )

    fact = CourseFact.objects.get(course=course, measure="gad7")
    assert fact.recent == list(range(4, 20))
    assert (fact.first, fact.count) == (0, 20)


def test_measure_that_the_course_did_not_begin_with_gets_a_row(cast):
    course = cast.extra["ana"]
    operations.record_answer(
        service_id=course.service_id,
        course_ids=[course.pk],
        measure="who5",
        total=40,
        at=people.NOW,
    )

    assert queries.facts_of([course.pk])[course.pk]["who5"].last == 40
