"""Handing a care over takes the course and its coming sessions along."""

from datetime import timedelta

import pytest
from django.urls import reverse

from openipt.audit.models import AuditEvent
from openipt.calendar import queries as calendar
from openipt.calendar.models import Appointment
from openipt.core.errors import Missing
from openipt.courses import operations
from openipt.courses import queries as courses
from openipt.courses.models import Course
from openipt.people import operations as people_operations
from openipt.people.models import CareRelationship
from openipt.web.clock import now
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return people.gather_with_courses()


@pytest.fixture
def care(cast):
    return CareRelationship.objects.get(person=cast.ana)


@pytest.fixture
def ada(cast):
    return cast.client("ada")


def hand_over(client, care, to, **sent):
    return client.post(
        reverse("home:hand-over-care", args=[care.pk]),
        {"to": to.pk, "reason": "Moves away.", **sent},
    )


def planned(course, after):
    return Appointment.objects.filter(
        series=course.series, state="planned", starts_at__gt=after
    )


def reads(member, course):
    try:
        courses.course_for(member, course.pk, now())
    except Missing:
        return False
    return True


def test_the_course_and_its_coming_sessions_go_along(cast, ada, care):
    course, at = cast.extra["ana"], now()
    before = list(
        Appointment.objects.filter(series=course.series, starts_at__lte=at).values_list(
            "member_id", flat=True
        )
    )

    answer = hand_over(ada, care, cast.ines)

    assert answer.status_code == 302
    assert Course.objects.get(pk=course.pk).therapist == cast.ines
    assert (reads(cast.tomas, course), reads(cast.ines, course)) == (False, True)
    coming = planned(course, at)
    assert coming.count() > 5
    assert set(coming.values_list("member_id", flat=True)) == {cast.ines.pk}
    assert set(before) == {cast.tomas.pk}
    next_on = coming.order_by("starts_at")[0].on_date
    assert [row.series_id for row in calendar.day_of(cast.ines, next_on)] == [
        course.series_id
    ]


def clashing_course(cast, care):
    """Ines has a course at the same hour as Ana's, with somebody else."""
    theirs = cast.extra["ana"].series
    other = people.make_person(
        cast.service, "Cleo Marsh", "cleo@test.example", by=cast.ines
    )
    first_on = planned(cast.extra["ana"], now()).order_by("starts_at")[1].on_date
    return operations.start_course(
        person=other,
        condition="depression",
        variant_id="ipt_individual_columbia",
        sessions=12,
        minutes=50,
        first_on=first_on,
        wall_time=theirs.wall_time,
        missing_rule="",
        reason="Twelve weeks are what both can give.",
        by=cast.ines,
        at=now(),
    )


def test_sessions_that_overlap_are_named_and_nothing_changes(cast, ada, care):
    clashing_course(cast, care)

    answer = hand_over(ada, care, cast.ines)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "sessions overlap others" in page
    assert "Moves away." in page
    assert 'name="cancel_clashing"' in page
    assert CareRelationship.objects.get(pk=care.pk).state == "active"
    assert Course.objects.get(pk=cast.extra["ana"].pk).therapist == cast.tomas


def test_sessions_that_overlap_can_be_cancelled_with_the_hand_over(cast, ada, care):
    clashing_course(cast, care)
    course, at = cast.extra["ana"], now()
    count = planned(course, at).count()

    answer = hand_over(ada, care, cast.ines, cancel_clashing="on")

    cancelled = Appointment.objects.filter(series=course.series, state="cancelled")
    assert answer.status_code == 302
    assert cancelled.count() > 0
    assert planned(course, at).count() == count - cancelled.count()
    assert all(row.attendance.exists() for row in cancelled)


def test_a_course_that_ended_keeps_its_therapist(cast, ada, care):
    Course.objects.filter(pk=cast.extra["ana"].pk).update(ended_at=now())

    hand_over(ada, care, cast.ines)

    assert Course.objects.get(pk=cast.extra["ana"].pk).therapist == cast.tomas


def test_care_without_a_course_is_handed_over_alone(cast, ada):
    alone = people_operations.open_care(
        person=cast.bea, member=cast.tomas, by=cast.ada, at=now()
    )

    assert hand_over(ada, alone, cast.ines).status_code == 302
    assert Course.objects.get(pk=cast.extra["bea"].pk).therapist == cast.tomas


def test_the_hand_over_is_in_the_trail(cast, ada, care):
    hand_over(ada, care, cast.ines)

    found = AuditEvent.objects.filter(
        action__in=(
            "people.care.handed_over",
            "courses.course.handed_over",
            "calendar.series.given",
        ),
        at__gt=now() - timedelta(minutes=5),
    )
    assert {event.actor_id for event in found} == {cast.ada.pk}
    assert found.count() == 3
