"""What the agenda knows to be done, where its points lead, and what a focus brings along."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from openipt.core.afterwards import Contact, StayingWell
from openipt.core.ids import new_id
from openipt.core.inventory import Tie
from openipt.core.protocols import load_variants
from openipt.core.protocols.parts import PAGES
from openipt.courses import operations as courses
from openipt.courses.queries.places import PLACES
from openipt.encounters.models import FocusWorked
from openipt.inventory import operations as inventory
from tests import people
from tests.access.story import moved_house

from .page import address, appointment, text_of

BEFORE = people.NOW - timedelta(days=30)


@pytest.fixture
def client(cast):
    return cast.client("tomas")


@pytest.fixture
def course(cast):
    return cast.extra["ana"]


def points(client, planned):
    return re.findall(r'id="point-([^"]+)"', text_of(client.get(address(planned))))


def say_diagnosis(cast, course, at):
    courses.say_diagnosis(
        course=course, version=0, named="A depression", said_on=at.date(),
        by=cast.tomas, at=at,
    )  # fmt: skip


def give_role(cast, course, at):
    courses.give_recovery_role(
        course=course, version=0, is_last_phase=False, rests="Cooking",
        review_on=at.date() + timedelta(days=20), by=cast.tomas, at=at,
    )  # fmt: skip


def list_people(cast, course, at):
    own = {"person": cast.ana, "by": cast.ana.member, "at": at}
    inventory.add(submission_id=new_id(), tie=Tie(label="Ruth"), **own)
    inventory.agree(**own)


def tell_timeline(cast, course, at):
    own = {"person": cast.ana, "by": cast.ana.member, "at": at}
    inventory.add_event(
        submission_id=new_id(), event=moved_house("", is_onset=True), **own
    )
    inventory.agree(**own)


def set_focus(cast, course, at):
    courses.set_focus(course=course, area="grief", about="Ruth", by=cast.tomas, at=at)


def formulate(cast, course, at):
    by = {"by": cast.tomas, "at": at}
    text = courses.write_formulation(course=course, text="So.", version=0, **by)
    courses.show_formulation(formulation=text, **by)
    text.refresh_from_db()
    text.course = course
    courses.agree_formulation(formulation=text, **by)
    courses.answer_formulation(
        formulation=text, agrees=True, words="", by=cast.ana.member, at=at
    )


def plan_to_stay_well(cast, course, at):
    courses.write_plan(
        person=cast.ana,
        plan=StayingWell(
            signs=("No sleep", "No calls", "No food"),
            contacts=(Contact(name="A", how="1"), Contact(name="B", how="2")),
            review_on=date(2027, 2, 1),
        ),
        version=0, shared=True, by=cast.ana.member, at=at,
    )  # fmt: skip


def decide_maintenance(cast, course, at):
    courses.decide_maintenance(
        course=course, submission_id=new_id(), discussed=True, maintenance=False,
        reason="It came once", needed_medicine=False, with_medicine=False, by=cast.tomas, at=at,
    )  # fmt: skip


FACTS = [
    (3, "name_diagnosis", say_diagnosis),
    (3, "sick_role", give_role),
    (3, "inventory", list_people),
    (3, "timeline", tell_timeline),
    (3, "choose_focus", set_focus),
    (3, "formulation", formulate),
    (16, "plan_for_return", plan_to_stay_well),
    (16, "maintenance", decide_maintenance),
]


@pytest.mark.parametrize(
    ("session", "key", "happen"), FACTS, ids=[key for _session, key, _happen in FACTS]
)
def test_what_a_page_holds_is_done_on_the_agenda(
    cast, client, course, session, key, happen
):
    planned = appointment(cast.ana, session)
    assert f"task:{key}" in points(client, planned)

    happen(cast, course, BEFORE)

    page = text_of(client.get(address(planned)))
    assert f"task:{key}" not in points(client, planned)
    assert f'value="{key}"' not in page
    assert "done on 23 Oct 2026" in page


def test_the_contract_is_agreed_from_the_start(cast, client):
    assert "task:contract" not in points(client, appointment(cast.ana, 3))


def test_something_on_the_timeline_links_no_onset_yet(cast, client, course):
    tell_timeline(cast, course, BEFORE)

    assert "task:link_onset" in points(client, appointment(cast.ana, 3))


def test_people_that_are_not_shared_yet_are_still_to_be_gone_through(cast, client):
    inventory.add(
        person=cast.ana, submission_id=new_id(), tie=Tie(label="Ruth"),
        by=cast.ana.member, at=BEFORE,
    )  # fmt: skip

    assert "task:inventory" in points(client, appointment(cast.ana, 3))


def test_what_was_done_in_a_session_stays_on_its_agenda(cast, client, course):
    first = appointment(cast.ana, 1)
    say_diagnosis(cast, course, first.starts_at + timedelta(minutes=20))

    assert "task:name_diagnosis" in points(client, first)
    assert "task:name_diagnosis" not in points(client, appointment(cast.ana, 2))


def test_what_was_done_later_was_open_in_the_session(cast, client, course):
    first = appointment(cast.ana, 1)
    before = points(client, first)

    for happen in (say_diagnosis, give_role, list_people):
        happen(cast, course, first.starts_at + timedelta(days=3))

    assert points(client, first) == before


def test_every_page_that_a_task_can_open_has_an_address():
    assert set(PLACES) == set(PAGES) - {""}
    opened = {
        task.opens
        for variant in load_variants().values()
        for phase in variant.phases
        for task in phase.tasks
    }
    assert opened - {""} <= set(PLACES)


@pytest.mark.parametrize("opens", PLACES)
def test_every_place_opens_for_the_therapist(cast, client, course, opens):
    place = PLACES[opens]
    subject = cast.ana.pk if place.of_person else course.pk

    assert client.get(reverse(place.page, args=[subject])).status_code == 200


def test_points_lead_to_the_page_where_they_are_done(cast, client, course):
    page = text_of(client.get(address(appointment(cast.ana, 3))))
    agenda = page[page.index('id="agenda"') : page.index("All that this phase")]

    for name in ("diagnosis", "focus", "formulation", "progress"):
        assert f'href="/courses/{course.pk}/{name}/"' in agenda
    assert f'href="/persons/{cast.ana.pk}/timeline/"' in agenda
    reader = text_of(cast.client("sofia").get(address(appointment(cast.ana, 3))))
    assert f'href="/courses/{course.pk}/focus/"' not in reader
    assert f'href="/courses/{course.pk}/formulation/"' in reader


def test_the_page_leads_to_the_pages_of_the_course(cast, client, course):
    page = text_of(client.get(address(appointment(cast.ana, 6))))

    for place in (f"courses/{course.pk}", f"courses/{course.pk}/issues"):
        assert f'href="/{place}/"' in page


def test_the_point_of_the_focus_is_its_tick(cast, client, course):
    focus = courses.set_focus(
        course=course, area="grief", about="Ruth", by=cast.tomas, at=BEFORE
    )
    six = appointment(cast.ana, 6)
    button = (
        f'name="focus" value="{focus.pk}" aria-pressed="false" aria-label="Worked on'
    )
    assert button in text_of(client.get(address(six)))

    answer = client.post(address(six, "worked/?agenda"), {"focus": str(focus.pk)})

    assert answer["Location"] == f"{address(six)}#agenda"
    assert FocusWorked.objects.get(ended_at=None).focus == focus
    assert (
        f'name="focus" value="-{focus.pk}" aria-pressed="true" aria-label="Worked on'
        in text_of(client.get(address(six)))
    )


def test_without_a_focus_its_point_leads_to_where_one_is_chosen(cast, client, course):
    page = text_of(client.get(address(appointment(cast.ana, 6))))

    point = page[page.index('id="point-task:work_on_focus"') :].partition("</li>")[0]
    assert f'href="/courses/{course.pk}/focus/"' in point


NOTED = {"who": "Ruth", "when": "2019", "unsaid": "That I was angry"}


def test_what_was_written_of_the_focus_stands_on_its_point(cast, client, course):
    focus = courses.set_focus(
        course=course, area="grief", about="Her mother", by=cast.tomas, at=BEFORE
    )
    focus.details = NOTED
    focus.save(update_fields=["details"])

    page = text_of(client.get(address(appointment(cast.ana, 6))))

    point = page[page.index('id="point-focus:grief"') :].partition("</li>")[0]
    for word in ("Her mother", "What was left unsaid", *NOTED.values()):
        assert word in point


def test_a_name_of_the_circle_is_kept_where_the_person_did_not_agree(
    cast, client, course
):
    ruth = inventory.add(
        person=cast.ana, submission_id=new_id(), tie=Tie(label="Ruth Sommer"),
        by=cast.ana.member, at=BEFORE,
    )  # fmt: skip
    focus = courses.set_focus(
        course=course, area="grief", about="", by=cast.tomas, at=BEFORE
    )
    focus.details, focus.relationship = NOTED | {"who": "Ruth Sommer"}, ruth
    focus.save(update_fields=["details", "relationship"])
    six = address(appointment(cast.ana, 6))
    page = text_of(client.get(six))
    assert "Ruth Sommer" not in page
    assert "That I was angry" in page
    assert "<datalist" not in page

    inventory.agree(person=cast.ana, by=cast.ana.member, at=people.NOW)

    page = text_of(client.get(six))
    assert "Ruth Sommer</bdi>" in page
    assert '<option value="Ruth Sommer">' in page
    assert re.search(r'name="link_whom"[^>]* list="names"', page)


def test_a_link_that_was_noted_does_the_point_that_asks_for_one(cast, client):
    six = address(appointment(cast.ana, 6))
    point = r'class="agenda-item phase( done)?" id="point-task:link_mood_and_event"'
    assert not re.search(point, text_of(client.get(six)))[1]

    client.post(f"{six}links/", {"link_what": "A call", "link_moved": "-2"})

    assert re.search(point, text_of(client.get(six)))[1]


def test_the_last_session_says_goodbye(cast, client):
    last = text_of(client.get(address(appointment(cast.ana, 16))))

    assert "Say what each of you takes along, and say goodbye" in last
    assert "until you meet again" not in last
    assert "To try from now on" in last
