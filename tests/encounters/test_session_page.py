"""What a session page says, and to whom."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openipt.audit.models import AuditEvent
from openipt.calendar import operations as calendar
from openipt.core.agenda import MoodMove, Plan, PlanPoint
from openipt.core.ids import new_id
from openipt.courses import operations as courses
from openipt.encounters import operations as encounters
from openipt.encounters.models import Encounter
from openipt.people import operations as people_operations
from openipt.people.models import CareRelationship
from openipt.practice import operations as practice
from openipt.practice.models import Share
from openipt.questionnaires import operations as questionnaires
from tests import people

from .page import address, appointment, text_of


@pytest.fixture
def last(cast):
    """Ana's sixth session, on Thursday."""
    return appointment(cast.ana, 6)


@pytest.fixture
def coming(cast):
    return appointment(cast.ana, 7)


def attend(planned, by):
    return calendar.record_attendance(
        appointment=planned, state="attended", version=1, by=by, at=people.NOW
    )


def answer(cast, total, at, measure="phq9"):
    """Ana answers; every score is made of answers that raise no alarm."""
    codes, left = {}, total
    for number in range(1, 9):
        codes[str(number)] = min(3, left)
        left -= codes[str(number)]
    if measure == "phq9":
        codes["9"] = 0
    begun = questionnaires.start_answering(
        person=cast.ana, measure=measure, by=cast.ana.member, at=at
    )
    questionnaires.choose_all(answering=begun, codes=codes, by=cast.ana.member, at=at)
    return questionnaires.finish(answering=begun, by=cast.ana.member, at=at)


def write_week(cast, what, at, *, share):
    entry = practice.write_entry(
        person=cast.ana,
        submission_id=new_id(),
        kind="weekly_overview",
        happened_on=at.date(),
        content={
            "moments": [
                {
                    "id": "m1",
                    "what_happened": what,
                    "did": "said_it",
                }
            ],
            "how_was_week": "",
        },
        by=cast.ana.member,
        at=at,
    )
    if share:
        care = CareRelationship.objects.get(course_id=cast.extra["ana"].pk)
        practice.share(entry=entry, care=care, by=cast.ana.member, at=at)
    return entry


def agree(cast, text, at=people.NOW - timedelta(days=3)):
    return practice.agree_task(
        course=cast.extra["ana"],
        text=text,
        due_on=None,
        encounter_id=None,
        by=cast.tomas,
        at=at,
    )


def test_page_says_which_session_of_how_many_and_its_phase(cast, coming):
    page = text_of(cast.client("tomas").get(address(coming)))

    assert "Session 7 of 16" in page
    assert "Middle phase" in page
    assert "Thursday 26 November" in page.replace(",", "")
    assert "17 May 1990" in page


@pytest.mark.parametrize(
    ("number", "phase"),
    [(1, "Beginning phase"), (3, "Beginning phase"), (4, "Middle"), (14, "Ending")],
)
def test_phase_is_that_of_the_session_not_of_today(cast, number, phase):
    page = text_of(cast.client("tomas").get(address(appointment(cast.ana, number))))

    assert f'<p class="eyebrow">{phase}' in page


def test_page_leads_to_the_sessions_beside_it(cast, last, coming):
    page = text_of(cast.client("tomas").get(address(last)))

    assert address(appointment(cast.ana, 5)) in page
    assert address(coming) in page


def test_first_session_has_none_before_it(cast):
    page = text_of(cast.client("tomas").get(address(appointment(cast.ana, 1))))

    assert ">Session 2<" in page.replace("</svg>", ">").replace("\n", "")
    assert "Session 0" not in page


def test_agenda_fills_the_session_to_the_minute(cast, coming):
    page = text_of(cast.client("tomas").get(address(coming)))

    minutes = [int(n) for n in re.findall(r'name="minutes-[^"]+" value="(\d+)"', page)]
    assert sum(minutes) == 50
    assert "Agree what to try until you meet again" in page


def test_risk_comes_first(cast, last, coming):
    begun = questionnaires.start_answering(
        person=cast.ana, measure="phq9", by=cast.ana.member, at=people.NOW
    )
    questionnaires.choose(
        answering=begun, item="9", code=1, by=cast.ana.member, at=people.NOW
    )

    page = text_of(cast.client("tomas").get(address(coming)))

    assert "An answer about safety is open." in page
    assert page.index("Talk about safety first") < page.index(
        "Look at the questionnaires"
    )


def test_scores_since_the_last_session_stand_with_the_change(cast, last, coming):
    attend(last, cast.tomas)
    answer(cast, 16, last.starts_at - timedelta(days=1))
    answer(cast, 11, people.NOW)

    page = text_of(cast.client("tomas").get(address(coming)))

    assert ">11</span> Moderate" in page
    assert "5 down from 16" in page
    assert "GAD-7" in page
    assert "No answers yet." in page
    assert "Not yet answered for this session." not in page


def test_score_from_before_the_last_session_says_when_it_was_and_what(
    cast, last, coming
):
    answer(cast, 17, last.starts_at - timedelta(days=7, hours=-2))
    attend(last, cast.tomas)

    page = text_of(cast.client("tomas").get(address(coming)))

    assert "Not yet answered for this session." in page
    assert "Last: 17, on 12 Nov 2026." in page
    week = text_of(cast.client("tomas").get(address(coming, "beside/week/")))
    assert "Last: 17, on 12 Nov 2026." in week
    held = text_of(cast.client("tomas").get(address(last)))
    assert "Not yet answered" not in held


def test_earlier_session_shows_what_was_known_then(cast, last):
    attend(appointment(cast.ana, 5), cast.tomas)
    attend(last, cast.tomas)
    answer(cast, 16, last.starts_at - timedelta(days=1))
    answer(cast, 11, people.NOW)

    page = text_of(cast.client("tomas").get(address(last)))

    assert ">16</span> Moderately severe" in page
    assert ">11</span>" not in page


def test_what_was_agreed_opens_the_session_with_what_came_of_it(cast, coming):
    task = agree(cast, "Ask Tomas before the weekend")
    practice.report_task(
        task=task,
        state="done",
        what_happened="He listened.",
        version=task.version,
        by=cast.ana.member,
        at=people.NOW,
    )

    page = text_of(cast.client("tomas").get(address(coming)))

    assert "Hear what came of what you agreed" in page
    assert "Ask Tomas before the weekend" in page
    assert "He listened." in page
    assert ">done<" in page


def test_shared_page_is_there_for_whom_it_was_shared_with_alone(cast, coming):
    write_week(cast, "canary of a shared moment", people.NOW, share=True)

    assert "canary of a shared moment" in text_of(
        cast.client("tomas").get(address(coming))
    )
    assert "canary of a shared moment" not in text_of(
        cast.client("sofia").get(address(coming))
    )
    assert Share.objects.get().first_read_at == people.NOW


def test_page_shared_after_a_session_belongs_to_the_next_one(cast, last, coming):
    write_week(cast, "canary of a shared moment", people.NOW, share=True)
    client = cast.client("tomas")

    assert "canary of a shared" not in text_of(client.get(address(last)))
    assert "canary of a shared" in text_of(client.get(address(coming)))


def test_private_page_changes_not_a_byte(cast, coming, last):
    client = cast.client("tomas")

    def pages():
        return [
            re.sub(
                r'(?:content|value)="[0-9A-Za-z]{64}"',
                "",
                text_of(client.get(address(planned))),
            )
            for planned in (last, coming)
        ]

    before = pages()
    write_week(cast, "canary of a private moment", people.NOW, share=False)

    assert pages() == before


def test_page_says_why_the_risk_item_is_not_asked(cast, coming):
    cast.tomas.deputy = None
    cast.tomas.save(update_fields=["deputy"])

    page = text_of(cast.client("tomas").get(address(coming)))

    assert "PHQ-9 is not asked at the moment." in page


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
        ("eva", 404),
    ],
)
def test_page_is_for_the_team_and_its_supervisor(cast, coming, who, status):
    response = cast.client(who).get(address(coming))

    assert response.status_code == status
    assert ("Ana Holm" in text_of(response)) is (status == 200)


def test_supervisor_reads_and_has_no_buttons(cast, last):
    page = text_of(cast.client("sofia").get(address(last)))

    assert "formaction" not in page
    assert "<textarea" not in page
    assert "you read as supervisor" in page


def test_page_closes_with_the_care(cast, coming):
    care = CareRelationship.objects.get(course_id=cast.extra["ana"].pk)
    people_operations.end_care(care=care, reason="moved", by=cast.ada, at=people.NOW)

    assert cast.client("tomas").get(address(coming)).status_code == 404


def test_reading_leaves_one_trace_and_no_encounter(cast, coming):
    cast.client("tomas").get(address(coming))

    event = AuditEvent.objects.get(action="encounters.session.read")
    assert (event.actor_id, event.object_id) == (cast.tomas.pk, coming.pk)
    assert event.subject_ids == [str(cast.ana.pk)]
    assert not Encounter.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_one_and_three(cast, clock, last, count):
    fill(cast, last, count)
    clock.move_to(last.starts_at + timedelta(minutes=40))
    client = cast.client("tomas")
    client.get(address(last))

    with CaptureQueriesContext(connection) as made:
        page = text_of(client.get(address(last)))

    for word in ("Moment ", "Event ", "Own point ", "Try "):
        assert page.count(word) >= count, word
    assert len(made) == 39


def fill(cast, planned, count):
    """Let a session have so many of everything."""
    course, at = cast.extra["ana"], planned.starts_at + timedelta(minutes=30)
    foci = [
        courses.set_focus(course=course, area=area, about="Work", by=cast.tomas, at=at)
        for area in ("role_transition", "grief")[:count]
    ]
    encounter = encounters.open_encounter(
        appointment=planned, course=course, by=cast.tomas, at=at
    )
    change = {"encounter": encounter, "by": cast.tomas, "at": at}
    points = tuple(
        PlanPoint(key=f"own-{n}", minutes=5, words=f"Own point {n}")
        for n in range(count)
    )
    encounters.keep_plan(plan=Plan(points=points), version=0, **change)
    for n, key in zip(
        range(count), ("role_play", "directive", "clarification"), strict=False
    ):
        move = MoodMove(what=f"Event {n}", moved=-n)
        encounters.add_link(move=move, focus=foci[0], **change)
        encounters.note_technique(key=key, used=True, **change)
        agree(cast, f"Task {n}", at - timedelta(days=4))
        write_week(cast, f"Moment {n}", at - timedelta(days=1), share=True)
    texts = [f"Try {n}" for n in range(count)]
    encounters.agree_tasks(texts=texts, due_on=None, **change)
    encounters.sign_note(text="Note", version=0, **change)
    for n in range(count):
        encounters.add_addendum(text=f"Added {n}", **change)
