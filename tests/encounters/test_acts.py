"""Attendance, agenda and tasks on the session page."""

from datetime import date

import pytest
from django.db.models import QuerySet

from openipt.calendar import operations as calendar
from openipt.calendar.models import Attendance
from openipt.encounters.models import PhaseTaskDone
from openipt.people import operations as people_operations
from openipt.practice import operations as practice
from openipt.practice import queries as practice_queries
from openipt.practice.models import Task
from tests import people

from .page import address, appointment, text_of, typed


@pytest.fixture
def held(cast):
    return appointment(cast.ana, 6)


@pytest.fixture
def coming(cast):
    return appointment(cast.ana, 7)


@pytest.fixture
def client(cast):
    return cast.client("tomas")


def record(client, planned, state, version=None):
    planned.refresh_from_db()
    form = {"state": state, "attendance_version": version or planned.version}
    return client.post(address(planned, "attendance/"), form)


def agree(client, planned, text, due_on="2026-11-26"):
    form = {"new_tasks": text, "due_on": due_on}
    return client.post(address(planned, "tasks/"), form)


@pytest.mark.parametrize("state", ["attended", "late_cancel", "missed"])
def test_attendance_is_recorded(client, held, state):
    response = record(client, held, state)

    held.refresh_from_db()
    assert response["Location"] == address(held) + "#attendance"
    assert held.state == state


def test_attendance_can_be_corrected_and_says_by_whom(client, held, clock):
    record(client, held, "missed")
    clock.shift(60)
    record(client, held, "attended")

    page = text_of(client.get(address(held)))
    assert Attendance.objects.count() == 2
    assert page.index("missed <span") < page.index("attended <span")
    assert "Dr Tomas Lind" in page


def test_attendance_that_a_colleague_recorded_is_not_overwritten(cast, client, held):
    calendar.record_attendance(
        appointment=held, state="missed", version=1, by=cast.ines, at=people.NOW
    )

    response = client.post(
        address(held, "attendance/"),
        {"state": "attended", "attendance_version": "1", "text": "Typed.",
         "note_version": "0"},
    )  # fmt: skip

    held.refresh_from_db()
    assert response.status_code == 409
    assert "Somebody else recorded" in text_of(response)
    assert "Typed." in text_of(response)
    assert held.state == "missed"


def test_session_to_come_is_not_attended(client, coming):
    page = text_of(client.get(address(coming)))
    response = record(client, coming, "attended")

    assert 'value="attended"' not in page
    assert response.status_code == 403
    assert "not begun" in text_of(response)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"state": "attended"},
        {"state": "away", "attendance_version": "1"},
        {"state": "cancelled", "attendance_version": "1"},
        {"state": "attended", "attendance_version": "x"},
        {"state": "attended", "attendance_version": "0"},
    ],
)
def test_bad_attendance_is_refused(client, held, form):
    response = client.post(address(held, "attendance/"), form)

    assert response.status_code == 422
    assert 'role="alert"' in text_of(response)
    assert not Attendance.objects.exists()


def test_tasks_reach_the_persons_list_and_the_next_session(cast, client, held, coming):
    response = agree(client, held, "Call her sister\n\nSay it to Tomas\n")

    page = text_of(client.get(address(held)))
    next_page = text_of(client.get(address(coming)))
    assert response["Location"] == address(held) + "#tasks"
    assert [task.text for task in practice_queries.open_tasks(cast.ana)] == [
        "Call her sister",
        "Say it to Tomas",
    ]
    assert {task.due_on for task in Task.objects.all()} == {date(2026, 11, 26)}
    assert "Call her sister" in page
    assert "Hear what came of what you agreed" not in page
    assert "Hear what came of what you agreed" in next_page
    assert "Say it to Tomas" in next_page


def test_tasks_are_due_at_the_next_session_unless_said(client, held):
    assert typed(client, held)["due_on"] == "2026-11-26"


def test_tasks_of_an_earlier_session_are_not_due_in_the_past(cast, client):
    assert typed(client, appointment(cast.ana, 4))["due_on"] == "2026-11-26"


def test_tasks_of_the_last_session_are_due_a_week_later(cast, client):
    assert typed(client, appointment(cast.ana, 16))["due_on"] == "2027-02-04"


@pytest.mark.parametrize(
    "due_on", ["1900-01-01", "2026-11-21", "2029-11-25", "9999-12-31", "soon"]
)
def test_tasks_are_due_on_a_day_that_is_meant(client, held, due_on):
    refused = agree(client, held, "Call her sister", due_on=due_on)

    assert refused.status_code == 422
    assert "Call her sister" in text_of(refused)
    assert f'value="{due_on}"' in text_of(refused)
    assert not Task.objects.exists()


@pytest.mark.parametrize("due_on", ["2026-11-22", "2029-11-24", ""])
def test_tasks_may_be_due_today_much_later_or_without_a_day(client, held, due_on):
    assert agree(client, held, "Call her sister", due_on=due_on).status_code == 302


def test_tasks_sent_twice_are_agreed_once(client, held):
    agree(client, held, "Call her sister\nSay it to Tomas")
    agree(client, held, "Call her sister\nSay it to Tomas\nCall her sister")

    assert Task.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "due_on"),
    [
        ("", "2026-11-26"),
        (" \n ", "2026-11-26"),
        ("x" * 501, "2026-11-26"),
        ("\n".join(f"Task {n}" for n in range(11)), "2026-11-26"),
        ("a\0b", "2026-11-26"),
        ("x" * 1_000_000, "2026-11-26"),
        ("Call her", "soon"),
    ],
    ids=["empty", "blank", "long", "eleven", "nul", "huge", "no-day"],
)
def test_bad_tasks_get_a_sentence_and_come_back(client, held, text, due_on):
    response = agree(client, held, text, due_on)

    assert response.status_code == 422
    assert "field-error" in text_of(response)
    assert text.strip() in text_of(response)
    assert not Task.objects.exists()


def test_task_that_was_talked_about_leaves_the_next_agenda(cast, client, held, coming):
    agree(client, held, "Call her sister")
    task = Task.objects.get()

    response = client.post(address(coming, f"tasks/{task.pk}/"))

    page = text_of(client.get(address(coming)))
    assert response["Location"] == address(coming) + "#tried"
    assert "talked about" in page
    assert practice_queries.tasks_for_session(cast.extra["ana"].pk) == []
    later = text_of(client.get(address(appointment(cast.ana, 8))))
    assert "Call her sister" in later  # session 7 has not taken place yet


def test_task_of_another_course_is_not_there(cast, client, coming):
    other = practice.agree_task(
        course=cast.extra["bea"],
        text="Not hers",
        due_on=None,
        encounter_id=None,
        by=cast.tomas,
        at=people.NOW,
    )

    assert client.post(address(coming, f"tasks/{other.pk}/")).status_code == 404
    other.refresh_from_db()
    assert other.reviewed_at is None


def test_words_typed_while_a_task_was_dropped_stay(cast, client, held, coming):
    agree(client, held, "Call her sister")
    task = Task.objects.get()
    Task.objects.update(state=Task.State.DROPPED)
    form = {"text": "A long note typed here", "note_version": "0"}

    response = client.post(address(coming, f"tasks/{task.pk}/"), form)

    page = text_of(response)
    assert response.status_code == 409
    assert "This was dropped meanwhile." in page
    assert "A long note typed here</textarea>" in page
    assert "A long note typed here" in text_of(client.get(address(coming)))
    task.refresh_from_db()
    assert task.reviewed_at is None


def test_attendance_changed_meanwhile_is_no_conflict_about_the_note(cast, client, held):
    record(client, held, "attended")
    form = {"state": "missed", "attendance_version": "1"}

    response = client.post(
        address(held, "attendance/"), form | {"text": "Mine", "note_version": "0"}
    )

    page = text_of(response)
    assert response.status_code == 409
    assert "Mine</textarea>" in page
    assert page.count("Mine") == 1


def test_ticks_of_two_at_once_are_one_and_lose_no_word(cast, client, monkeypatch):
    first = appointment(cast.ana, 1)
    course = cast.extra["ana"]
    client.post(address(first, "agenda/"), {"tick": "sick_role"})
    there, looks = PhaseTaskDone.objects.get(), []
    looked = QuerySet.get

    def too_early(self, *args, **named):
        """Look before the other one has ticked, once."""
        if self.model is PhaseTaskDone and not looks:
            looks.append(named)
            raise PhaseTaskDone.DoesNotExist
        return looked(self, *args, **named)

    monkeypatch.setattr(QuerySet, "get", too_early)
    form = {"tick": "sick_role", "text": "A long note typed here", "note_version": "0"}

    response = client.post(address(first, "agenda/"), form)

    assert response.status_code == 302
    assert looks
    assert PhaseTaskDone.objects.filter(course=course).values_list("pk").get() == (
        there.pk,
    )
    assert "A long note typed here" in text_of(client.get(address(first)))


def test_ticked_task_of_the_phase_makes_room_for_the_next(cast, client):
    first, second = appointment(cast.ana, 1), appointment(cast.ana, 2)
    client.post(address(first, "agenda/"), {"tick": "name_diagnosis"})

    here = text_of(client.get(address(first)))
    there = text_of(client.get(address(second)))
    agenda = there[there.index('id="agenda"') : there.index("All that this phase")]
    assert 'name="untick" value="name_diagnosis"' in here
    assert "name_diagnosis" not in agenda
    assert "sick_role" in agenda


def test_tick_is_taken_away_and_set_once(cast, client):
    first = appointment(cast.ana, 1)
    for form in ({"tick": "sick_role"}, {"tick": "sick_role"}):
        client.post(address(first, "agenda/"), form)
    assert PhaseTaskDone.objects.count() == 1

    client.post(address(first, "agenda/"), {"untick": "sick_role"})
    assert not PhaseTaskDone.objects.filter(ended_at=None).exists()
    assert PhaseTaskDone.objects.count() == 1


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"tick": "work_on_focus"},
        {"tick": "x"},
        {"tick": "sick_role", "untick": "sick_role"},
    ],
)
def test_only_tasks_of_this_phase_are_ticked(cast, client, form):
    response = client.post(address(appointment(cast.ana, 1), "agenda/"), form)

    assert response.status_code == 422
    assert not PhaseTaskDone.objects.exists()


@pytest.mark.parametrize("who", ["sofia", "ines", "max", "ana", "omar"])
@pytest.mark.parametrize(
    ("act", "form"),
    [
        ("attendance/", {"state": "attended", "attendance_version": "1"}),
        ("tasks/", {"new_tasks": "x", "due_on": ""}),
        ("agenda/", {"tick": "link_mood_and_event"}),
    ],
)
def test_only_the_care_team_acts(cast, held, who, act, form):
    assert cast.client(who).post(address(held, act), form).status_code == 404
    assert not Attendance.objects.exists()
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    "act", ["note/", "sign/", "addendum/", "attendance/", "tasks/", "agenda/"]
)
def test_acts_are_sent_not_fetched(client, held, act):
    assert client.get(address(held, act)).status_code == 405


def test_supervisor_who_is_a_therapist_too_still_only_reads(cast, held):
    cast.sofia.roles = ["supervisor", "therapist"]
    cast.sofia.save(update_fields=["roles"])
    client = cast.client("sofia")

    assert client.get(address(held)).status_code == 200
    assert record(client, held, "attended").status_code == 404
    assert agree(client, held, "Call her").status_code == 404
    assert client.post(address(held, "agenda/"), {"tick": "x"}).status_code == 404
    assert not Attendance.objects.exists()
    assert not Task.objects.exists()


def test_care_for_another_course_of_the_same_person_opens_nothing_here(cast, held):
    """Dr Roth leads a second course with Ana; the sessions of the first stay closed."""
    people_operations.open_care(
        person=cast.ana, member=cast.ines, course_id=None, by=cast.ada, at=people.NOW
    )
    client = cast.client("ines")

    assert client.get(address(held)).status_code == 404
    assert record(client, held, "attended").status_code == 404
    assert not Attendance.objects.exists()
