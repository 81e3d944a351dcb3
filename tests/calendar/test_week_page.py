"""The therapist's week."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openipt.audit.models import AuditEvent
from openipt.calendar import queries
from openipt.calendar.models import Appointment
from openipt.people import operations as people_operations
from openipt.people.models import CareRelationship
from tests import people


def test_week_shows_each_session_on_its_day(cast):
    page = cast.client("tomas").get("/calendar/2026-11-23/").content.decode()

    assert "23 Nov 2026 to 29 Nov 2026" in page
    assert page.count('class="slot"') == 2
    assert page.index("10:00") < page.index("17:00")
    session = Appointment.objects.get(person=cast.ana, number=7)
    assert f"/sessions/{session.pk}/" in page
    assert "Ana Holm" in page
    assert "Eva Stern" not in page


def test_week_begins_on_monday_and_leads_on(cast):
    page = cast.client("tomas").get("/calendar/").content.decode()

    assert "16 Nov 2026 to 22 Nov 2026" in page
    assert "/calendar/2026-11-09/" in page
    assert "/calendar/2026-11-23/" in page


@pytest.mark.parametrize(
    "day",
    ["tomorrow", "2026-13-01", "20261123", "2026-W48", "1999-12-31", "9999-01-01"],
)
def test_week_of_no_day_is_not_there(cast, day):
    assert cast.client("tomas").get(f"/calendar/{day}/").status_code == 404


@pytest.mark.parametrize("who", ["ana", "sofia", "max", "ada"])
def test_week_is_the_therapists_alone(cast, who):
    assert cast.client(who).get("/calendar/").status_code == 404


def test_other_therapists_week_is_empty(cast):
    page = cast.client("ines").get("/calendar/2026-11-23/").content.decode()

    assert 'class="slot"' not in page


def test_name_goes_when_the_care_ends(cast):
    care = CareRelationship.objects.get(member=cast.tomas, person=cast.ana)
    people_operations.end_care(care=care, reason="moved", by=cast.ada, at=people.NOW)

    page = cast.client("tomas").get("/calendar/2026-11-16/").content.decode()

    assert "Ana Holm" not in page
    assert "no longer in your care" in page
    assert str(Appointment.objects.get(person=cast.ana, number=6).pk) not in page


def test_reading_the_week_leaves_a_trace(cast):
    cast.client("tomas").get("/calendar/2026-11-23/")

    event = AuditEvent.objects.filter(action="calendar.week.read").get()
    assert event.actor_id == cast.tomas.pk
    assert set(event.subject_ids) == {str(cast.ana.pk), str(cast.bea.pk)}


@pytest.mark.parametrize("count", [1, 3])
def test_week_costs_the_same_for_one_and_three(cast, count):
    from openipt.courses import operations as courses

    client = cast.client("ines")
    for n in range(count):
        person = people.make_person(
            cast.service, f"Person {n}", f"p{n}@test.example", by=cast.ines
        )
        courses.start_course(
            person=person,
            condition="depression",
            variant_id="ipt_individual_uk",
            sessions=16,
            minutes=50,
            first_on=date(2026, 11, 24),
            wall_time=time(9 + n),
            by=cast.ines,
            at=people.NOW,
        )
    client.get("/calendar/2026-11-23/")

    with CaptureQueriesContext(connection) as queries_made:
        page = client.get("/calendar/2026-11-23/").content.decode()

    assert page.count('class="slot"') == count
    assert len(queries_made) == 15


def test_day_is_in_the_zone_of_the_service(cast):
    """Half past midnight in Berlin is still the day before in UTC."""
    midnight = Appointment.objects.get(person=cast.ana, number=7)
    Appointment.objects.filter(pk=midnight.pk).update(
        starts_at=midnight.starts_at - timedelta(hours=16, minutes=30)
    )

    first = queries.day_of(cast.tomas, date(2026, 11, 26))[0]
    assert first.pk == midnight.pk
    assert queries.day_of(cast.tomas, date(2026, 11, 25)) == []
