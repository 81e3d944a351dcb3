"""What pages say to the team in other words than to the person, and on which day it ended."""

import re
from datetime import UTC, datetime

import pytest

from openipt.calendar.models import Appointment
from openipt.core.ids import new_id
from openipt.core.timeline import Event, Moment
from openipt.inventory import operations as inventory
from tests import people
from tests.journeys.steps import answered_before

TO_THE_PERSON, NAME = "How your mood has been", "Patient Health Questionnaire (PHQ-9)"


@pytest.fixture
def course(cast):
    course = cast.extra["ana"]
    answered_before(course, [18, 12, 9])
    return course


def text_of(response):
    return response.content.decode()


@pytest.mark.parametrize(
    "page", ["progress/", "ending/", "ending/maintenance/", "ending/went/"]
)
def test_the_team_reads_what_a_measure_is_called(cast, course, page):
    text = text_of(cast.client("tomas").get(f"/courses/{course.pk}/{page}"))

    assert NAME in text
    assert TO_THE_PERSON not in text


@pytest.mark.parametrize("page", ["/progress/", "/my/ending/{}/"])
def test_the_person_reads_what_it_asks(cast, course, page):
    text = text_of(cast.client("ana").get(page.format(course.pk)))

    assert f"{TO_THE_PERSON} (PHQ-9)" in text


def tell(cast):
    """Put something that lasted on Ana's timeline; both look at it."""
    own = {"person": cast.ana, "by": cast.ana.member, "at": people.NOW}
    inventory.agree(**own)
    event = Event(
        title="Work by night", kind="work", when=Moment.of("2026-05"), lasts=True
    )
    return inventory.add_event(submission_id=new_id(), event=event, **own)


def test_the_columns_of_a_timeline_are_named_for_both(cast, course):
    tell(cast)
    theirs = text_of(cast.client("tomas").get(f"/persons/{cast.ana.pk}/timeline/"))
    own = text_of(cast.client("ana").get("/my/timeline/"))

    assert f"Line with large dots: {NAME}" in theirs
    assert TO_THE_PERSON not in theirs
    assert f"Line with large dots: {TO_THE_PERSON} (PHQ-9)" in own


@pytest.mark.parametrize("who", ["ana", "tomas"])
def test_a_bar_leads_to_what_lasted(cast, course, who):
    event = tell(cast)
    page = "/my/timeline/" if who == "ana" else f"/persons/{cast.ana.pk}/timeline/"

    text = text_of(cast.client(who).get(page))

    assert f'<li id="event-{event.pk}">' in text
    bars = re.findall(r'<a href="#event-([^"]+)" tabindex="-1"><title>([^<]*)<', text)
    assert set(bars) == {(str(event.pk), "Work by night, since May 2026")}


def test_a_course_ends_on_the_day_of_the_service(cast, course, clock):
    cast.service.zone = "America/Los_Angeles"
    cast.service.save()
    Appointment.objects.filter(
        series=course.series, starts_at__lt=people.NOW
    ).update(state="attended")  # fmt: skip
    clock.move_to(datetime(2026, 11, 24, 2, tzinfo=UTC))  # Monday, 18:00 there
    tomas = cast.client("tomas")

    ended = tomas.post(
        f"/courses/{course.pk}/ending/end/",
        {"sure": "on", "early_reason": "circumstances"},
    )

    assert ended.status_code == 302
    letter = text_of(tomas.get(f"/courses/{course.pk}/ending/letter/"))
    own = text_of(cast.client("ana").get(f"/my/ending/{course.pk}/"))
    assert "23 Nov 2026" in letter
    assert "23 Nov 2026" in own
    assert "24 Nov 2026" not in letter
    assert "24 Nov 2026" not in own
