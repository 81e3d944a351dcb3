"""The service in counts: right ones, and nothing by which anybody is known."""

from datetime import timedelta

import pytest

from openipt.calendar import operations as calendar
from openipt.calendar.models import Appointment
from openipt.courses.models import Course
from openipt.home.queries import service as queries
from openipt.people import operations as people_operations
from openipt.safety import operations as safety
from openipt.safety.operations import RiskSource
from tests import people
from tests.journal import text_of, write


def counts(cast, name="max"):
    return queries.counts_of(cast.member(name), people.NOW)


def test_people_and_courses_are_counted_within_the_service(cast):
    found = counts(cast)

    assert (found.persons, found.courses, found.therapists) == (2, 2, 1)
    assert dict(found.phases) == {"Beginning phase": 1, "Middle phase": 1}
    assert found.overdue == 2
    assert counts(cast, "mia").courses == 1


def test_sessions_are_counted_by_week_and_by_what_became_of_them(cast):
    sixth = Appointment.objects.get(person=cast.ana, number=6)
    second = Appointment.objects.get(person=cast.bea, number=2)
    for planned, state in ((sixth, "attended"), (second, "missed")):
        calendar.record_attendance(
            appointment=planned, state=state, version=1, by=cast.tomas, at=people.NOW
        )

    found = counts(cast)

    assert len(found.weeks) == queries.WEEKS_SHOWN
    assert str(found.this_week.monday) == "2026-11-16"
    assert found.this_week.counts == (1, 0, 1)
    assert found.this_week.still_planned == 0
    assert found.weeks[-2].still_planned == 2
    assert [bar.total for bar in found.drawing.bars][-1] == 2


def test_open_alerts_are_counted_by_level_and_age(cast):
    for person, level, hours in ((cast.ana, "red", 1), (cast.bea, "amber", 3)):
        alert = safety.raise_alert(
            person=person,
            source=RiskSource(kind="answer", measure="phq9", item=9, answer="Canary"),
            level=level,
            by=person.member,
            at=people.NOW - timedelta(hours=hours),
        )
    safety.acknowledge(alert=alert, by=cast.tomas, at=people.NOW)

    red, amber = counts(cast).alerts

    assert (red.count, red.waiting) == (1, 1)
    assert red.oldest_at == people.NOW - timedelta(hours=1)
    assert (amber.count, amber.waiting) == (1, 0)


def test_invitations_are_counted_until_they_are_used_or_run_out(cast):
    person = people_operations.create_person(
        service=cast.service,
        name="Cem Aydin",
        called="Cem",
        born_on=None,
        phone="",
        country="DE",
        by=cast.tomas,
        at=people.NOW,
    )
    people_operations.invite_person(person=person, by=cast.tomas, at=people.NOW)

    assert counts(cast).invitations == 1
    later = people.NOW + timedelta(days=400)
    assert queries.counts_of(cast.max, later).invitations == 0


def test_the_page_names_nobody(cast):
    write(cast.ana, "Canary of the journal.", share=True)
    safety.raise_alert(
        person=cast.ana,
        source=RiskSource(kind="answer", measure="phq9", item=9, answer="Canary"),
        level="red",
        by=cast.ana.member,
        at=people.NOW,
    )

    page = text_of(cast.client("max").get("/service/"))

    for name in ("Ana", "Holm", "Bea", "Wolf", "Tomas", "Lind", "Canary", "PHQ"):
        assert name not in page
    assert "People in therapy" in page
    assert "<table" in page


def test_a_service_born_five_minutes_ago_is_told_where_numbers_come_from(cast):
    Course.objects.all().update(ended_at=people.NOW)

    page = text_of(cast.client("max").get("/service/"))

    assert "Nothing to count yet" in page


@pytest.mark.parametrize("who", ["ana", "tomas", "sofia", "ada"])
def test_it_is_a_page_of_managers_only(cast, who):
    assert cast.client(who).get("/service/").status_code == 404
