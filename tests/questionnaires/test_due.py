"""What is asked when: from the end of one session to the start of the next."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from openipt.calendar.models import Appointment
from openipt.core.errors import Missing
from openipt.questionnaires import queries
from openipt.questionnaires.models import Answering
from tests import people
from tests.questionnaires.answers import begin, choose, codes_to, fill, text_of
from tests.questionnaires.second_course import second_course

# Ana's sessions are on Thursdays at 17:00 in Berlin, 50 minutes; in winter 16:00 UTC.
LAST_ENDED = datetime(2026, 11, 19, 16, 50, tzinfo=UTC)
NEXT_BEGINS = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def states(cast, at=people.NOW):
    return {due.measure: due.state for due in queries.due_for(cast.ana, at)}


def test_both_measures_are_due_before_the_next_session(cast):
    phq9, gad7 = queries.due_for(cast.ana, people.NOW)

    assert (phq9.measure, gad7.measure) == ("phq9", "gad7")
    assert (phq9.state, gad7.state) == ("due", "due")
    assert (phq9.opens_at, phq9.due_at) == (LAST_ENDED, NEXT_BEGINS)
    assert phq9.course_ids == (cast.extra["ana"].pk,)
    assert (phq9.minutes, gad7.minutes) == (3, 2)
    assert phq9.about == "How your mood has been"


@pytest.mark.parametrize(
    ("at", "is_due"),
    [
        (LAST_ENDED - TICK, False),
        (LAST_ENDED, True),
        (NEXT_BEGINS - TICK, True),
        (NEXT_BEGINS, False),
    ],
)
def test_it_is_due_from_the_end_of_a_session_to_the_start_of_the_next(cast, at, is_due):
    assert bool(queries.due_for(cast.ana, at)) is is_due


def test_before_the_first_session_it_is_due_from_the_start_of_the_course(cast):
    course = cast.extra["ana"]

    assert states(cast, course.started_at) == {"phq9": "due", "gad7": "due"}
    assert states(cast, course.started_at - TICK) == {}


def test_a_cancelled_session_leaves_its_time_to_the_next(cast):
    Appointment.objects.filter(
        series=cast.extra["ana"].series, starts_at=NEXT_BEGINS
    ).update(state=Appointment.State.CANCELLED)

    due = queries.due_for(cast.ana, people.NOW)[0]

    assert due.due_at == NEXT_BEGINS + timedelta(weeks=1)


def test_after_the_last_session_nothing_is_due(cast):
    assert states(cast, people.NOW + timedelta(weeks=20)) == {}


def test_an_ended_course_asks_nothing(cast):
    course = cast.extra["ana"]
    course.ended_at = people.NOW
    course.save(update_fields=["ended_at"])

    assert states(cast) == {}
    with pytest.raises(Missing):
        queries.asking_for(cast.ana, "phq9", people.NOW)


def test_begun_and_done_are_told_apart(cast, ana):
    begin(ana)
    assert states(cast)["phq9"] == "in_progress"

    fill(ana, codes_to(3))

    assert states(cast) == {"phq9": "done", "gad7": "due"}


def test_what_is_done_is_due_again_after_the_session(cast, ana):
    fill(ana, codes_to(3))

    after = NEXT_BEGINS + timedelta(minutes=50)
    assert states(cast, after - TICK) == {}
    assert states(cast, after) == {"phq9": "due", "gad7": "due"}


def test_what_was_begun_can_be_finished_while_the_session_runs(cast, ana, clock):
    begin(ana)
    clock.move_to(NEXT_BEGINS + timedelta(minutes=5))
    ana = cast.client("ana")

    assert states(cast, NEXT_BEGINS + timedelta(minutes=5)) == {"phq9": "in_progress"}
    choose(ana, 1, 1)
    assert ana.post("/measures/phq9/finish/").status_code == 302
    assert Answering.objects.get().completed_at is not None


def test_what_lies_unfinished_for_two_weeks_is_due_anew(cast, ana):
    begin(ana)

    assert states(cast, people.NOW + timedelta(days=14))["phq9"] == "due"


def test_it_cannot_be_begun_while_a_session_runs(cast, clock):
    clock.move_to(NEXT_BEGINS + timedelta(minutes=5))
    ana = cast.client("ana")

    response = begin(ana)

    assert response.status_code == 403
    assert "nothing to answer here right now" in text_of(response)
    assert "Thursday 26 November, 17:50" in text_of(response)
    assert not Answering.objects.exists()


def test_two_courses_ask_once(cast, ana):
    second = second_course(cast)

    due = queries.due_for(cast.ana, people.NOW)[0]
    fill(ana, codes_to(3))

    assert set(due.course_ids) == {cast.extra["ana"].pk, second.pk}
    asked = set(Answering.objects.get().asked_by.values_list("course_id", flat=True))
    assert asked == {cast.extra["ana"].pk, second.pk}
    assert states(cast)["phq9"] == "done"


def test_a_course_that_began_meanwhile_has_the_answer_too(cast, ana):
    begin(ana)
    second = second_course(cast)

    fill(ana, codes_to(3))

    assert Answering.objects.get().asked_by.filter(course=second).exists()


def test_a_course_that_begins_after_the_answer_asks_anew(cast, ana, clock):
    fill(ana, codes_to(3))
    clock.shift(timedelta(hours=1))
    second = second_course(cast, at=people.NOW + timedelta(hours=1))

    asking = queries.asking_for(cast.ana, "phq9", people.NOW + timedelta(hours=2))
    due = asking.due

    assert due.state == "due"
    assert due.course_ids == (second.pk,)


def test_a_measure_not_answered_for_the_last_session_is_overdue(cast, ana, clock):
    course = cast.extra["ana"]
    assert overdue(cast, people.NOW) == ["phq9", "gad7"]

    fill(ana, codes_to(3))
    assert overdue(cast, people.NOW) == ["gad7"]
    assert overdue(cast, NEXT_BEGINS) == ["gad7"]
    assert overdue(cast, NEXT_BEGINS + timedelta(weeks=1)) == ["phq9", "gad7"]
    assert queries.overdue([course.pk], course.started_at) == {}


def overdue(cast, at):
    course = cast.extra["ana"]
    return queries.overdue([course.pk, uuid4()], at).get(course.pk, [])


def test_overdue_asks_as_often_for_three_courses_as_for_one(
    cast, django_assert_num_queries
):
    courses = [course.pk for course in cast.extra.values()]
    with django_assert_num_queries(3):
        queries.overdue(courses[:1], people.NOW)
    with django_assert_num_queries(3):
        assert len(queries.overdue(courses, people.NOW)) == 3


def test_the_list_shows_what_is_due_and_what_is_done(cast, ana):
    fill(ana, codes_to(3))

    text = text_of(ana.get("/measures/"))

    assert "How your mood has been" in text
    assert "PHQ-9, done for your session on Thursday 26 November" in text
    assert 'href="/measures/gad7/"' in text
    assert 'href="/measures/phq9/"' not in text


def answered(cast, measure, at):
    """Answer every question of a measure at that instant."""
    from openipt.questionnaires import operations

    sheet = operations.start_answering(
        person=cast.ana, measure=measure, by=cast.ana.member, at=at
    )
    codes = {str(item): 1 for item in range(1, 8 if measure == "gad7" else 9)}
    operations.choose_all(answering=sheet, codes=codes, by=cast.ana.member, at=at)
    operations.finish(answering=sheet, by=cast.ana.member, at=at)


WEEK = timedelta(weeks=1)


@pytest.mark.parametrize(
    ("weeks", "found"),
    [(0, ["phq9", "gad7"]), (1, ["phq9"]), (2, ["phq9"]), (3, ["phq9"]), (4, ["phq9", "gad7"])],
)  # fmt: skip
def test_gad7_is_asked_at_the_start_and_every_four_sessions(cast, weeks, found):
    answered(cast, "gad7", people.NOW)

    asked = states(cast, people.NOW + weeks * WEEK)

    assert sorted(asked) == sorted(found)
    assert asked["gad7" if weeks == 4 else "phq9"] == "due"


def test_gad7_says_when_it_is_asked_again(cast, ana, clock):
    answered(cast, "gad7", people.NOW)
    clock.shift(WEEK)
    ana = cast.client("ana")

    asking = queries.asking_for(cast.ana, "gad7", people.NOW + WEEK)
    response = ana.post("/measures/gad7/begin/")

    assert asking.due is None
    assert asking.opens_next_at == LAST_ENDED + 4 * WEEK
    assert response.status_code in {403, 404}
    assert Answering.objects.count() == 1


def test_a_cancelled_session_does_not_count_among_the_four(cast):
    answered(cast, "gad7", people.NOW)
    Appointment.objects.filter(
        series=cast.extra["ana"].series, starts_at=NEXT_BEGINS + WEEK
    ).update(state=Appointment.State.CANCELLED)

    assert "gad7" not in states(cast, people.NOW + 4 * WEEK)
    assert "gad7" in states(cast, people.NOW + 5 * WEEK)


def test_nobody_is_said_to_be_late_with_what_was_not_asked(cast):
    answered(cast, "gad7", people.NOW)

    late = {week: overdue(cast, NEXT_BEGINS + week * WEEK) for week in range(5)}

    assert late[0] == ["phq9"]
    assert late[3] == ["phq9"]
    assert late[4] == ["phq9", "gad7"]
