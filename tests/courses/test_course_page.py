"""The page of a course: who reads it, what it says."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openipt.audit.models import AuditEvent
from openipt.calendar.models import Appointment
from openipt.core.ids import new_id
from openipt.courses import operations
from openipt.courses.models import Contract
from openipt.people import operations as people_operations
from openipt.people.models import CareRelationship
from tests import people

from .starting import text_of


@pytest.fixture
def course(cast):
    return cast.extra["ana"]


def without_token(response):
    """Leave out the form's token, which is masked anew in every answer."""
    return re.sub(r'(?:content|value)="[0-9A-Za-z]{64}"', "", text_of(response))


def address(course, rest=""):
    return f"/courses/{course.pk}/{rest}"


def test_page_says_whose_and_where_it_stands(cast, course):
    page = text_of(cast.client("tomas").get(address(course)))

    assert "Ana Holm" in page
    assert "17 May 1990" in page
    assert "session 6 of 16" in page
    assert "Middle phase" in page
    assert "Depression" in page
    assert "Individual IPT, Columbia tradition" in page


def test_page_lists_every_session_and_marks_the_next(cast, course):
    page = text_of(cast.client("tomas").get(address(course)))

    rows = list(Appointment.objects.filter(series=course.series).order_by("number"))
    assert all(f"/sessions/{row.pk}/" in page for row in rows)
    assert page.count('aria-current="step"') == 1
    assert "Prepare session 7" in page


def test_page_leads_to_progress(cast, course):
    page = text_of(cast.client("tomas").get(address(course)))

    assert address(course, "progress/") in page


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("tomas", 200),
        ("sofia", 200),
        ("ines", 404),
        ("max", 404),
        ("ada", 404),
        ("ana", 404),
        ("bea", 404),
        ("omar", 404),
        ("mia", 404),
        ("eva", 404),
    ],
)
def test_page_is_for_the_team_and_its_supervisor(cast, course, who, status):
    response = cast.client(who).get(address(course))

    assert response.status_code == status
    assert ("Ana Holm" in text_of(response)) is (status == 200)


def test_unknown_course_looks_like_one_that_is_not_mine(cast, course):
    client = cast.client("ines")
    not_mine = client.get(address(course))
    unknown = client.get(f"/courses/{cast.ana.pk}/")

    assert (not_mine.status_code, unknown.status_code) == (404, 404)
    assert without_token(not_mine) == without_token(unknown)


def test_supervisor_reads_and_finds_nothing_to_change(cast, course):
    page = text_of(cast.client("sofia").get(address(course)))

    assert "you read as supervisor" in page
    assert address(course, "focus/") not in page
    assert address(course, "invite/") not in page
    assert "Prepare session" not in page


def test_page_closes_with_the_care(cast, course):
    care = CareRelationship.objects.get(course_id=course.pk)
    people_operations.end_care(care=care, reason="moved", by=cast.ada, at=people.NOW)

    assert cast.client("tomas").get(address(course)).status_code == 404
    assert cast.client("sofia").get(address(course)).status_code == 404


def test_reading_leaves_one_trace(cast, course):
    cast.client("tomas").get(address(course))

    event = AuditEvent.objects.get(action="courses.course.read")
    assert (event.actor_id, event.object_id) == (cast.tomas.pk, course.pk)
    assert event.subject_ids == [str(cast.ana.pk)]


def test_newest_contract_holds(cast, course):
    first = Contract.objects.get(course=course)
    first.pk, first.version, first.sessions = None, 2, 14
    first.pk = new_id()
    first.save(force_insert=True)

    assert "session 6 of 14" in text_of(cast.client("tomas").get(address(course)))


@pytest.mark.parametrize("foci", [1, 2])
def test_page_costs_the_same_for_one_focus_and_two(cast, course, foci):
    client = cast.client("tomas")
    for area in ("role_dispute", "grief")[:foci]:
        operations.set_focus(
            course=course, area=area, about="Tomas", by=cast.tomas, at=people.NOW
        )
    client.get(address(course))

    with CaptureQueriesContext(connection) as made:
        response = client.get(address(course))

    assert response.status_code == 200
    assert len(made) == 33
