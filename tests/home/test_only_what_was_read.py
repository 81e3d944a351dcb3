"""What nobody has read in its source reaches no page, whichever way of working it is of."""

import html
import re

import pytest

from openipt.calendar.models import Appointment
from openipt.core.ids import new_id
from openipt.core.protocols import load_variants
from openipt.core.readings import load_readings
from openipt.courses import operations as courses
from openipt.courses.models import Focus
from openipt.inventory import operations as inventory
from tests import people
from tests.core.test_only_what_was_read import unread_texts
from tests.courses.starting import START

pytestmark = pytest.mark.once

VARIANTS = load_variants().values()
PAGES = (
    "", "focus/", "issues/", "issues/add/", "goals/", "goals/add/", "formulation/",
    "contract/", "contract/new/", "phase/", "diagnosis/", "recovery-role/", "progress/",
    "ending/", "ending/maintenance/", "ending/went/", "readings/",
)  # fmt: skip
OWN = (
    "/today/", "/my/therapy/", "/my/therapy/issues/", "/my/therapy/goals/",
    "/my/therapy/plan/",
    "/progress/", "/learn/", "/week/",
)  # fmt: skip


def words_of(response):
    """Return what somebody reads on a page, without tags, in one line."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(text).split())


def pages_of(course):
    """Go through the addresses that show what a course is made of."""
    for page in PAGES:
        yield f"/courses/{course.pk}/{page}"
    for focus in Focus.objects.filter(course=course, ended_at__isnull=True):
        yield f"/courses/{course.pk}/focus/{focus.pk}/"
    yield f"/persons/{course.person_id}/timeline/"


def sessions_of(course):
    """Go through the pages of a first, a present and a last session."""
    sessions = Appointment.objects.filter(series=course.series, number__in=(1, 6, 16))
    for session in sessions:
        yield f"/sessions/{session.pk}/"
        yield f"/sessions/{session.pk}/beside/focus/"


def followed(cast, variant):
    """Return Ana's course as if it had been agreed in this way of working."""
    course = cast.extra["ana"]
    course.variant_id, course.variant_version = variant.id, variant.version
    course.opened_phase = ""
    course.save(update_fields=["variant_id", "variant_version", "opened_phase"])
    return course


def says_nothing_unread(client, address, unread):
    response = client.get(address)
    assert response.status_code == 200, address
    words = words_of(response)
    for text in unread:
        assert text not in words, (address, text)


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda one: one.id)
def test_no_page_of_a_course_says_what_nobody_has_read(cast, clock, variant):
    course, unread = followed(cast, variant), unread_texts(variant)
    by = {"by": cast.tomas, "at": people.NOW}
    inventory.agree(person=cast.ana, by=cast.ana.member, at=people.NOW)
    courses.add_issue(
        course=course,
        submission_id=new_id(),
        said=courses.IssueSaid(title="Rent", severity=5),
        **by,
    )
    therapist, person = cast.client("tomas"), cast.client("ana")
    for area in variant.shown_areas:
        for before in Focus.objects.filter(course=course, ended_at__isnull=True):
            courses.end_focus(focus=before, **by)
        courses.set_focus(course=course, area=area.key, about="Ruth", **by)
        says_nothing_unread(therapist, f"/courses/{course.pk}/focus/", unread)
        for address in sessions_of(course):
            says_nothing_unread(therapist, address, unread)

    for address in pages_of(course):
        says_nothing_unread(therapist, address, unread)
    for address in OWN:
        says_nothing_unread(person, address, unread)
    for opened in ("", variant.phases[1].key):
        course.opened_phase = opened
        course.save(update_fields=["opened_phase"])
        for address in sessions_of(course):
            says_nothing_unread(therapist, address, unread)


def test_neither_the_form_nor_a_reading_says_it(cast, clock):
    unread = set().union(*map(unread_texts, VARIANTS))
    therapist, person = cast.client("tomas"), cast.client("ana")

    says_nothing_unread(therapist, START, unread)
    for reading in load_readings():
        says_nothing_unread(therapist, f"/readings/{reading}/", unread)
        says_nothing_unread(person, f"/learn/{reading}/", unread)


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda one: one.id)
def test_the_form_tells_no_length_that_nobody_has_read(cast, clock, variant):
    page = cast.client("tomas").get(START).content.decode()
    card = re.search(rf'value="{variant.id}".*?</label>', page, re.DOTALL)[0]
    words = " ".join(re.sub(r"<[^>]+>", " ", card).split())

    for span, unit in ((variant.sessions, "sessions"), (variant.minutes, "minutes")):
        told = re.search(rf"\d+ {unit}\b", words)
        assert bool(told) is span.verified, (words, unit)
