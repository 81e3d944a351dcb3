"""Starting a course: everything lands in the calendar, once."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from openipt.audit.models import AuditEvent
from openipt.calendar.models import Appointment
from openipt.courses import queries
from openipt.courses.models import Contract, Course, CourseFact, CourseState
from openipt.people.models import CareRelationship, Draft, Person
from tests.sent_again import new_id_in

from .starting import START, filled, text_of

BERLIN = ZoneInfo("Europe/Berlin")


def test_course_with_somebody_new_begins(cast):
    client = cast.client("ines")

    response = client.post(START, filled())

    course = Course.objects.get(therapist=cast.ines)
    assert response.status_code == 302
    assert response["Location"] == f"/courses/{course.pk}/"
    assert (course.person.name, course.person.called) == ("Clara Moss", "Clara")
    assert (course.person.born_on, course.person.country) == ("1988-03-09", "DE")
    assert (course.condition, course.variant_version) == ("depression", "2026.1")
    assert queries.state_of(course) == "active"
    assert client.get(response["Location"]).status_code == 200


def test_contract_keeps_what_was_agreed(cast):
    cast.client("ines").post(START, filled())

    contract = Contract.objects.get(course__therapist=cast.ines)
    assert (contract.version, contract.sessions, contract.minutes) == (1, 16, 50)
    assert (contract.first_on, contract.last_on) == (
        date(2026, 12, 1),
        date(2027, 3, 16),
    )
    assert contract.wall_time == time(17, 0)
    assert contract.missing_rule == "It still counts."
    assert contract.reason is None


def test_every_session_lands_at_five_on_the_wall(cast):
    """From December to March: sixteen Tuesdays, and the last one after no clock change."""
    cast.client("ines").post(START, filled(first_on="2027-02-02"))

    rows = list(Appointment.objects.filter(member=cast.ines).order_by("number"))
    assert len(rows) == 16
    assert {row.starts_at.astimezone(BERLIN).time() for row in rows} == {time(17, 0)}
    assert {row.starts_at.hour for row in rows} == {15, 16}
    assert {row.on_date.weekday() for row in rows} == {1}
    assert rows[0].starts_at == datetime(2027, 2, 2, 17, 0, tzinfo=BERLIN)


def test_care_is_opened_for_the_course_and_measures_get_their_rows(cast):
    cast.client("ines").post(START, filled())

    course = Course.objects.get(therapist=cast.ines)
    care = CareRelationship.objects.get(course_id=course.pk)
    assert (care.member_id, care.person_id) == (cast.ines.pk, course.person_id)
    assert (care.role, care.state) == ("therapist", "active")
    measures = CourseFact.objects.filter(course=course).values_list(
        "measure", flat=True
    )
    assert set(measures) == {"phq9", "gad7"}


def test_start_leaves_a_trace_without_words(cast):
    cast.client("ines").post(START, filled())

    course = Course.objects.get(therapist=cast.ines)
    event = AuditEvent.objects.get(action="courses.course.started", object_id=course.pk)
    assert event.actor_id == cast.ines.pk
    assert event.subject_ids == [str(course.person_id)]
    assert "Clara" not in str(list(AuditEvent.objects.values()))


def test_course_with_somebody_known_begins(cast):
    response = cast.client("tomas").post(
        START,
        filled(
            who="known",
            person=str(cast.ana.pk),
            variant_id="ipt_individual_uk",
            reason="Both are needed for a while.",
        ),
    )

    assert response.status_code == 302
    assert Course.objects.filter(person=cast.ana).count() == 2
    assert Person.objects.count() == 3


def test_somebody_with_an_open_course_of_this_kind_is_refused_with_a_sentence(cast):
    response = cast.client("tomas").post(
        START, filled(who="known", person=str(cast.ana.pk))
    )

    assert response.status_code == 422
    assert "already an open course" in text_of(response)
    assert Course.objects.filter(person=cast.ana).count() == 1


def test_ended_course_lets_another_one_begin(cast):
    Course.objects.filter(person=cast.ana).update(ended_at=cast.extra["ana"].started_at)

    response = cast.client("tomas").post(
        START, filled(who="known", person=str(cast.ana.pk))
    )

    assert response.status_code == 302


def test_only_persons_in_my_care_can_be_chosen(cast):
    client = cast.client("ines")

    page = text_of(client.get(START))
    response = client.post(START, filled(who="known", person=str(cast.ana.pk)))

    assert "Ana Holm" not in page
    assert "Ana Holm" in text_of(cast.client("tomas").get(START))
    assert response.status_code == 422
    assert not Course.objects.filter(therapist=cast.ines).exists()


def test_form_sent_twice_starts_one_course(cast):
    client, form = cast.client("ines"), filled()

    first = client.post(START, form)
    second = client.post(START, form)

    assert first["Location"] == second["Location"]
    assert Course.objects.filter(therapist=cast.ines).count() == 1
    assert Person.objects.filter(created_by=cast.ines).count() == 1
    assert CourseState.objects.filter(course__therapist=cast.ines).count() == 1
    assert Appointment.objects.filter(member=cast.ines).count() == 16


def test_clash_names_the_date_and_keeps_everything(cast):
    """Ana comes on Thursdays at 17:00; nobody is registered when the slot is taken."""
    response = cast.client("tomas").post(START, filled(first_on="2026-12-03"))

    page = text_of(response)
    assert response.status_code == 422
    assert "3 December 2026 at 17:00" in page.replace("\xa0", " ")
    assert 'value="Clara Moss"' in page
    assert 'value="2026-12-03"' in page
    assert Person.objects.count() == 3


def test_what_was_typed_comes_back_on_another_day(cast):
    client = cast.client("ines")
    client.post(
        "/drafts/",
        {"key": "start-course", "fields": {"name": "Clara", "sessions": "14"}},
        content_type="application/json",
    )

    page = text_of(client.get(START))
    assert 'value="Clara"' in page
    assert 'value="14"' in page

    client.post(START, filled())
    assert not Draft.objects.filter(member=cast.ines).exists()


@pytest.mark.parametrize("who", ["ana", "sofia", "max", "ada"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_therapists_start_courses(cast, who, method):
    before = Course.objects.count()

    response = getattr(cast.client(who), method)(START, filled())

    assert response.status_code == 404
    assert Course.objects.count() == before


def test_nobody_signed_out_starts_one(cast, client):
    assert client.post(START, filled()).status_code == 302
    assert Course.objects.count() == 3


def test_a_course_corrected_after_going_back_is_never_said_to_be_there(cast):
    client = cast.client("ines")
    form = filled()
    for _click in range(2):
        begun = client.post(START, form)
        assert "The course is in the calendar" in text_of(client.get(begun["Location"]))

    late = client.post(START, form | {"first_on": "2026-12-03"})

    page = text_of(late)
    assert late.status_code == 409
    assert "This form was sent before" in page
    assert 'value="2026-12-03"' in page
    assert new_id_in(page) != form["submission_id"]
    assert "The course is in the calendar" not in page
    assert Course.objects.filter(therapist=cast.ines).count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Clara Moser"},
        {"born_on": "1988-03-10"},
        {"condition": "anxiety"},
        {"sessions": "14"},
        {"minutes": "60"},
        {"wall_time": "16:00"},
        {"missing_rule": "We move it."},
        {"prescriber": "Dr Beispiel"},
        {"days_between": "9", "sessions": "13"},
    ],
)
def test_another_course_under_one_id_is_not_thrown_away(cast, changes):
    client = cast.client("ines")
    form = filled()
    client.post(START, form)

    assert client.post(START, form | changes).status_code == 409
    assert Course.objects.filter(therapist=cast.ines).count() == 1


def test_the_id_of_another_therapists_form_is_no_error(cast):
    form = filled()
    assert cast.client("ines").post(START, form).status_code == 302

    assert cast.client("tomas").post(START, form).status_code == 409
    assert Course.objects.filter(therapist=cast.tomas).count() == 2
