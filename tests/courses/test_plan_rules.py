"""The plan of a course, and its rules: each broken, and each satisfied."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from openipt.calendar.models import Appointment
from openipt.core.ids import new_id
from openipt.core.inventory import Tie
from openipt.core.protocols import use_folder
from openipt.core.timeline import Event, Moment
from openipt.courses import operations, queries
from openipt.courses.models import (
    Contract,
    Diagnosis,
    Formulation,
    FormulationAnswer,
    PhaseEntry,
    RecoveryRole,
)
from openipt.inventory import operations as inventory
from openipt.people.models import Person
from tests import people

from .starting import START, agree, filled, text_of

TODAY = people.NOW.date()


@pytest.fixture
def course(cast):
    """Ana's course in its sixth week, with nothing opened by hand yet."""
    found = cast.extra["ana"]
    found.opened_phase = ""
    found.save(update_fields=["opened_phase"])
    return found


@pytest.fixture
def page(course):
    return f"/courses/{course.pk}/"


@pytest.fixture
def tomas(cast):
    return cast.client("tomas")


def new_contract(**changes):
    return {
        "version": "1",
        "sessions": "16",
        "days_between": "7",
        "minutes": "50",
        "from_on": "2026-11-26",
        "wall_time": "17:00",
        "missing_rule": "",
        "prescriber": "",
        "reason": "We talked about it.",
    } | changes


def sessions_of(course):
    rows = Appointment.objects.filter(series=course.series).order_by("number")
    return {row.number: row for row in rows}


def everything_is_there(cast, course):
    """Do what the middle phase of this variant rests on."""
    inventory.agree(person=cast.ana, by=cast.ana.member, at=people.NOW)
    inventory.add(
        person=cast.ana, submission_id=new_id(), tie=Tie(label="Ruth"),
        by=cast.ana.member, at=people.NOW,
    )  # fmt: skip
    by = {"by": cast.tomas, "at": people.NOW}
    operations.set_focus(course=course, area="grief", about="Ruth", **by)
    text = operations.write_formulation(
        course=course, text="So it hangs together.", version=0, **by
    )
    operations.show_formulation(formulation=text, **by)
    text.refresh_from_db()
    text.course = course
    operations.agree_formulation(formulation=text, **by)
    operations.answer_formulation(
        formulation=text, agrees=True, words="", by=cast.ana.member, at=people.NOW
    )
    return text


# --- P01, P03, P06: number and length of sessions


def test_p01_phases_need_so_many_sessions(tomas, course, page):
    refused = tomas.post(f"{page}contract/new/", new_contract(sessions="6"))
    assert refused.status_code == 422
    assert "6 sessions are too few for the phases" in text_of(refused)
    assert Contract.objects.filter(course=course).count() == 1


def test_p03_unusual_minutes_want_a_reason(cast, tomas, course, page):
    form = new_contract(minutes="90", reason="")
    refused = tomas.post(f"{page}contract/new/", form)
    assert refused.status_code == 422
    assert "usually lasts 45 to 60 minutes" in text_of(refused)

    form["reason"] = "Twice as long, half as often."
    assert agree(tomas, f"{page}contract/new/", form).status_code == 302
    newest = queries.latest_contract(course)
    assert (newest.version, newest.minutes) == (2, 90)
    assert newest.reason == "Twice as long, half as often."
    assert sessions_of(course)[8].minutes == 90
    assert sessions_of(course)[2].minutes == 50


def test_p06_twenty_one_sessions_are_another_course(tomas, course, page):
    refused = tomas.post(f"{page}contract/new/", new_contract(sessions="21"))

    assert refused.status_code == 422
    assert "12 to 20 sessions" in text_of(refused)
    assert Contract.objects.filter(course=course).count() == 1
    agreed = agree(tomas, f"{page}contract/new/", new_contract(sessions="20"))
    assert agreed.status_code == 302
    assert len(sessions_of(course)) == 20


# --- P04: gaps


def test_p04_a_gap_wants_a_reason(tomas, course, page):
    form = new_contract(from_on="2026-12-17", pause="on", reason="")
    refused = tomas.post(f"{page}contract/new/", form)
    assert refused.status_code == 422
    assert "28 days lie between two sessions; 7 were agreed" in text_of(refused)

    assert (
        agree(
            tomas, f"{page}contract/new/", form | {"reason": "She travels."}
        ).status_code
        == 302
    )
    rows = sessions_of(course)
    assert rows[7].on_date == date(2026, 12, 17)
    assert rows[6].on_date == date(2026, 11, 19)


def test_a_reason_answers_only_what_was_seen(tomas, course, page):
    """Why they agree is written anyway; it does not stand for what nobody has read."""
    form = new_contract(sessions="18", from_on="2026-12-17", pause="on")
    asked = tomas.post(f"{page}contract/new/", form)

    text = text_of(asked)
    assert asked.status_code == 422
    assert "usually has 12 to 16 sessions. Please say why it has 18 here." in text
    assert "28 days lie between two sessions" in text
    assert "If what you wrote says so, save it again." in text
    assert "We talked about it." in text

    longer = form | {"seen": "own_range long_gap", "minutes": "90"}
    asked = tomas.post(f"{page}contract/new/", longer)
    assert asked.status_code == 422
    assert "usually lasts 45 to 60 minutes" in text_of(asked)

    assert agree(tomas, f"{page}contract/new/", form).status_code == 302
    assert queries.latest_contract(course).reason == "We talked about it."


def test_p06_weeks_are_those_of_the_calendar(tomas, course, page):
    form = new_contract(from_on="2027-02-04", pause="on", reason="")
    asked = tomas.post(f"{page}contract/new/", form)

    assert "This would take 26 weeks; acute treatment takes 12 to 20." in text_of(asked)
    assert "Weissman, Markowitz and Klerman" in text_of(asked)


def test_what_is_usual_stands_beside_the_number(tomas, page):
    shown = text_of(tomas.get(f"{page}contract/new/"))

    assert (
        "Individual IPT, Columbia tradition usually has 12 to 16 sessions. With those "
        "that lie behind."
    ) in shown


def test_p04_the_agreed_rhythm_needs_no_other_reason(tomas, page):
    form = new_contract(reason="")
    refused = tomas.post(f"{page}contract/new/", form)

    assert "days lie between" not in text_of(refused)
    assert "Write what you agreed, and why." in text_of(refused)


# --- P05: the number and the last day change with a new contract only


def test_p05_without_a_day_no_last_day_is_known(tomas, course, page):
    refused = tomas.post(f"{page}contract/new/", new_contract(from_on=""))

    assert refused.status_code == 422
    assert "stand in the contract" in text_of(refused)
    assert Contract.objects.filter(course=course).count() == 1


@pytest.mark.parametrize(
    ("from_on", "said"),
    [
        ("0001-01-01", "still to come"),
        ("1800-01-01", "still to come"),
        ("2026-11-21", "still to come"),
        ("2028-02-01", "not later than"),
        ("9999-12-31", "not later than"),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused_with_a_sentence(
    tomas, course, page, from_on, said
):
    form = new_contract(from_on=from_on, wall_time="00:00")
    refused = tomas.post(f"{page}contract/new/", form)

    assert refused.status_code == 422
    assert said in text_of(refused)
    assert f'value="{from_on}"' in text_of(refused)
    assert Contract.objects.filter(course=course).count() == 1


def test_p05_a_change_is_a_new_version_and_the_old_one_stays(tomas, course, page):
    form = new_contract(sessions="18", from_on="2026-12-01", wall_time="09:00")
    assert agree(tomas, f"{page}contract/new/", form).status_code == 302

    first, second = Contract.objects.filter(course=course).order_by("version")
    assert (first.sessions, first.last_on) == (16, date(2027, 1, 28))
    assert (second.sessions, second.last_on) == (18, date(2027, 2, 9))
    rows = sessions_of(course)
    assert [rows[n].on_date for n in (6, 7, 8, 9)] == [
        date(2026, 11, 19), date(2026, 11, 26), date(2026, 12, 1), date(2026, 12, 8),
    ]  # fmt: skip
    text = text_of(tomas.get(f"{page}contract/"))
    assert "Version 1" in text
    assert "Version 2" in text


@pytest.mark.parametrize(
    ("today", "session"),
    [(date(2026, 11, 22), 6), (date(2026, 11, 26), 7), (date(2026, 12, 9), 8),
     (date(2026, 12, 10), 9), (date(2026, 12, 23), 9), (date(2026, 12, 24), 10)],
)  # fmt: skip
def test_the_session_is_counted_in_the_rhythm_that_held(
    tomas, course, page, today, session
):
    form = new_contract(days_between="14", from_on="2026-12-10")
    assert agree(tomas, f"{page}contract/new/", form).status_code == 302

    assert queries.session_on(queries.latest_contract(course), today) == session


def test_fewer_sessions_leave_the_calendar_and_come_back(tomas, course, page):
    form = new_contract(sessions="12")
    assert tomas.post(f"{page}contract/new/", form).status_code == 302
    assert {n for n, row in sessions_of(course).items() if row.state == "cancelled"} == {
        13, 14, 15, 16,
    }  # fmt: skip
    form = new_contract(version="2", sessions="16", reason="One month more.")
    assert tomas.post(f"{page}contract/new/", form).status_code == 302
    assert all(row.state == "planned" for row in sessions_of(course).values())


def cancel_late(tomas, row):
    sent = {"state": "late_cancel", "attendance_version": str(row.version)}
    assert tomas.post(f"/sessions/{row.pk}/attendance/", sent).status_code == 302


def test_a_pause_takes_along_what_waits_before_a_late_cancel(tomas, course, page):
    cancel_late(tomas, sessions_of(course)[10])

    form = new_contract(from_on="2027-02-04", pause="on")
    assert agree(tomas, f"{page}contract/new/", form).status_code == 302

    rows = sessions_of(course)
    assert (rows[10].state, rows[10].on_date) == ("late_cancel", date(2026, 12, 17))
    assert [rows[n].on_date for n in (6, 7, 8, 9, 11, 16)] == [
        date(2026, 11, 19), date(2027, 2, 4), date(2027, 2, 11), date(2027, 2, 18),
        date(2027, 3, 4), date(2027, 4, 8),
    ]  # fmt: skip
    contract = queries.latest_contract(course)
    assert contract.last_on == date(2027, 4, 8)
    assert queries.session_on(contract, date(2027, 2, 5)) == 7
    assert queries.session_on(contract, date(2027, 3, 5)) == 11


def test_a_new_time_reaches_what_waits_before_and_after_a_late_cancel(
    tomas, course, page
):
    cancel_late(tomas, sessions_of(course)[10])

    form = new_contract(from_on="2026-12-03", wall_time="09:00", minutes="60")
    assert tomas.post(f"{page}contract/new/", form).status_code == 302

    rows = sessions_of(course)
    clocks = {n: f"{row.wall_time:%H:%M}" for n, row in rows.items()}
    assert [clocks[n] for n in (7, 8, 9, 10, 11)] == [
        "17:00", "09:00", "09:00", "17:00", "09:00",
    ]  # fmt: skip
    assert (rows[9].minutes, rows[10].minutes) == (60, 50)
    assert rows[11].on_date == date(2026, 12, 24)


def test_a_late_cancel_of_what_is_to_come_does_not_lie_behind(tomas, course, page):
    cancel_late(tomas, sessions_of(course)[16])

    agreed = tomas.post(f"{page}contract/new/", new_contract(sessions="14"))
    assert agreed.status_code == 302
    rows = sessions_of(course)
    assert (rows[15].state, rows[16].state) == ("cancelled", "late_cancel")
    assert queries.latest_contract(course).last_on == rows[14].on_date


def test_what_lies_behind_cannot_be_fewer(cast, tomas, course, page, clock):
    clock.move_to(people.NOW + timedelta(days=60))
    form = new_contract(sessions="12", from_on="2027-01-28")
    refused = cast.client("tomas").post(f"{page}contract/new/", form)

    assert refused.status_code == 422
    assert "Session 14 lies behind already" in text_of(refused)


def test_a_clash_is_refused_with_its_day_and_nothing_moves(cast, tomas, course, page):
    before = {n: row.starts_at for n, row in sessions_of(course).items()}
    form = new_contract(from_on="2026-11-26", wall_time="10:00")  # Bea comes at ten
    refused = tomas.post(f"{page}contract/new/", form)

    assert refused.status_code == 422
    assert "There is already a session on" in text_of(refused)
    assert {n: row.starts_at for n, row in sessions_of(course).items()} == before
    assert Contract.objects.filter(course=course).count() == 1


def test_a_contract_over_a_newer_one_is_stale_and_keeps_the_words(tomas, page):
    tomas.post(f"{page}contract/new/", new_contract(sessions="14"))
    late = tomas.post(f"{page}contract/new/", new_contract(reason="My words"))

    assert late.status_code == 409
    assert "My words" in text_of(late)
    assert 'name="version" value="2"' in text_of(late)


def test_a_contract_over_none_is_stale(tomas, course, page):
    late = tomas.post(f"{page}contract/new/", new_contract(version="0"))

    assert late.status_code == 409
    assert Contract.objects.filter(course=course).count() == 1


def test_the_same_contract_sent_twice_is_agreed_once(tomas, course, page):
    for _click in range(2):
        sent = tomas.post(f"{page}contract/new/", new_contract(sessions="14"))
        assert sent.status_code == 302
    assert Contract.objects.filter(course=course).count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"from_on": "2026-12-10"},
        {"from_on": "2026-12-10", "pause": "on"},
        {"missing_rule": "It counts."},
        {"prescriber": "Dr Beispiel"},
        {"reason": "We talked about it twice."},
    ],
)
def test_a_contract_corrected_after_going_back_is_not_lost(
    tomas, course, page, changes
):
    first = new_contract(sessions="14", wall_time="09:00")
    assert tomas.post(f"{page}contract/new/", first).status_code == 302

    late = agree(tomas, f"{page}contract/new/", first | changes)
    assert late.status_code == 409
    assert 'name="version" value="2"' in text_of(late)
    again = first | changes | {"version": "2"}
    assert agree(tomas, f"{page}contract/new/", again).status_code == 302
    assert Contract.objects.filter(course=course).count() == 3


# --- P02 and P07: the gate


def test_p02_a_long_beginning_is_explained_once(tomas, course, page):
    assert "Please say why it takes longer here." in text_of(tomas.get(f"{page}phase/"))
    assert tomas.post(f"{page}phase/longer/", {"reason": " "}).status_code == 422

    sent = tomas.post(f"{page}phase/longer/", {"reason": "She was in hospital."})
    assert sent.status_code == 302
    text = text_of(tomas.get(f"{page}phase/"))
    assert "Please say why" not in text
    assert "She was in hospital." in text
    assert PhaseEntry.objects.get(course=course).phase == "initial"


def test_p02_the_sources_are_there_for_whoever_asks(tomas, page):
    said = text_of(tomas.get(f"{page}phase/")).split("it takes longer here.")[1]

    assert "(Source" not in said
    behind = said.split("<details", 1)[1].split("</details>")[0]
    assert "Where this comes from" in behind
    assert "Focus 2006" in behind
    assert "Swartz on brief IPT" not in behind


def test_p02_a_beginning_in_time_is_not_asked(cast, tomas):
    bea = cast.extra["bea"]
    text = text_of(tomas.get(f"/courses/{bea.pk}/phase/"))
    assert "Please say why" not in text


def test_p07_the_middle_phase_says_what_is_missing(cast, tomas, course, page):
    assert "Beginning phase" in text_of(tomas.get(page))
    refused = tomas.post(f"{page}phase/open/", {"phase": "middle"})

    text = text_of(refused)
    assert refused.status_code == 422
    assert "one person at least among the people in their life" in text
    assert f"/persons/{cast.ana.pk}/people/" in text
    assert f"{page}formulation/" in text
    course.refresh_from_db()
    assert course.opened_phase == ""


@pytest.fixture
def two_gates(course, tmp_path):
    """A variant of the service's own in which the last phase opens by hand too."""
    own = (
        Path("src/openipt/core/protocols/data/ipt_columbia.toml")
        .read_text("utf-8")
        .replace('id = "ipt_individual_columbia"', 'id = "two_gates"')
        .replace(
            'tasks = ["speak_of_the_end"',
            'needs = ["focus"]\ntasks = ["speak_of_the_end"',
        )
    )
    (tmp_path / "two_gates.toml").write_text(own, encoding="utf-8")
    use_folder(tmp_path)
    course.variant_id = "two_gates"
    course.save(update_fields=["variant_id"])
    yield
    use_folder(None)


@pytest.mark.usefixtures("two_gates")
def test_a_second_click_never_opens_the_phase_behind(cast, tomas, course, page):
    everything_is_there(cast, course)
    shown = text_of(tomas.get(f"{page}phase/"))
    assert '<input type="hidden" name="phase" value="middle">' in shown
    for _click in range(2):
        assert tomas.post(f"{page}phase/open/", {"phase": "middle"}).status_code == 302

    course.refresh_from_db()
    assert course.opened_phase == "middle"
    assert "Open: Ending phase" in text_of(tomas.get(f"{page}phase/"))
    tomas.post(f"{page}phase/open/", {"phase": "ending"})
    course.refresh_from_db()
    assert course.opened_phase == "ending"


@pytest.mark.parametrize("phase", ["", "ending", "nothing"])
def test_only_the_phase_that_is_next_opens(cast, tomas, course, page, phase):
    everything_is_there(cast, course)

    assert tomas.post(f"{page}phase/open/", {"phase": phase}).status_code == 422
    course.refresh_from_db()
    assert course.opened_phase == ""


def test_p07_it_opens_once_everything_is_there(cast, tomas, course, page):
    everything_is_there(cast, course)
    assert "Open: Middle phase" in text_of(tomas.get(page))
    for _click in range(2):
        assert tomas.post(f"{page}phase/open/", {"phase": "middle"}).status_code == 302

    course.refresh_from_db()
    assert course.opened_phase == "middle"
    assert PhaseEntry.objects.filter(course=course, phase="middle").count() == 1
    assert "session 6 of 16 · Middle phase" in text_of(tomas.get(page))
    assert "Middle phase" in text_of(tomas.get("/caseload/"))
    assert "Middle phase" in text_of(cast.client("ana").get("/today/"))


def test_the_ending_phase_comes_by_the_calendar(course):
    contract = queries.latest_contract(course)
    phase, _n, _all = queries.phase_and_session(course, contract, date(2027, 1, 14))
    assert phase.key == "ending"


def test_lists_say_the_phase_that_was_opened(cast, course):
    assert "Beginning phase" in text_of(cast.client("tomas").get("/caseload/"))
    assert "Beginning phase" in text_of(cast.client("ana").get("/today/"))


# --- P14-P17


def test_p15_week_and_number_stand_on_the_persons_plan(cast, course):
    text = text_of(cast.client("ana").get("/my/therapy/plan/"))
    assert "This is session 6 of 16." in text
    assert "16 sessions, every Thursday at 17:00." in text
    assert "28 January 2027" in text


def rest(**changes):
    return {
        "version": "0",
        "rests": "The big wash.",
        "keeps": "A walk a day.",
        "told": "Ruth",
        "review_on": "2026-12-20",
        "reason": "",
    } | changes


def test_p16_what_rests_has_a_day(tomas, course, page):
    refused = tomas.post(f"{page}recovery-role/give/", rest(review_on=""))
    assert refused.status_code == 422
    assert "Say until when this may rest" in text_of(refused)
    assert "The big wash." in text_of(refused)
    assert not RecoveryRole.objects.exists()

    assert tomas.post(f"{page}recovery-role/give/", rest()).status_code == 302
    assert "20 Dec 2026" in text_of(tomas.get(page))


def test_p16_when_the_day_has_come_the_course_says_so(cast, tomas, course, page, clock):
    tomas.post(f"{page}recovery-role/give/", rest())
    assert "time to look again" not in text_of(tomas.get(page))
    clock.move_to(people.NOW + timedelta(days=28))
    tomas = cast.client("tomas")
    assert "time to look again" in text_of(tomas.get(page))

    tomas.post(f"{page}recovery-role/end/", {})
    assert "time to look again" not in text_of(tomas.get(page))
    assert "The big wash." not in text_of(cast.client("ana").get("/my/therapy/plan/"))


def test_p16_in_the_last_phase_nothing_rests(cast, tomas, course, page, clock):
    tomas.post(f"{page}recovery-role/give/", rest(review_on="2027-02-20"))
    clock.move_to(people.NOW + timedelta(days=60))
    assert "something still rests" in text_of(cast.client("tomas").get(page))


def test_p17_no_session_beyond_the_contract(tomas, course, page):
    ninth = sessions_of(course)[13]
    form = {"text": "Words", "note_version": "0"}
    assert tomas.post(f"/sessions/{ninth.pk}/note/", form).status_code == 302

    tomas.post(f"{page}contract/new/", new_contract(sessions="12"))
    beyond = sessions_of(course)[14]
    refused = tomas.post(f"/sessions/{beyond.pk}/note/", form)
    assert "Session 14 is beyond the 12 that were agreed" in text_of(refused)
    sent = {"state": "attended", "attendance_version": str(beyond.version)}
    refused = tomas.post(f"/sessions/{beyond.pk}/attendance/", sent)
    assert "Session 14 is beyond the 12 that were agreed" in text_of(refused)


# --- the diagnosis


def said(**changes):
    return {
        "version": "0",
        "named": "A depression",
        "score": "",
        "treatable": "on",
        "no_fault": "on",
        "explained": "",
        "own_words": "The grey",
        "present": "Ruth",
        "said_on": "2026-11-19",
    } | changes


def test_the_person_reads_the_diagnosis_in_the_words_used(cast, tomas, course, page):
    assert tomas.post(f"{page}diagnosis/say/", said()).status_code == 302

    text = text_of(cast.client("ana").get("/my/therapy/plan/"))
    assert "A depression" in text
    assert "The grey" in text
    assert "It is an illness that can be treated." in text
    assert "A depression" in text_of(cast.client("sofia").get(f"{page}diagnosis/"))


@pytest.mark.parametrize("day", ["2026-11-23", "1980-01-01", "soon", ""])
def test_a_day_that_cannot_be_keeps_the_words(tomas, page, day):
    refused = tomas.post(f"{page}diagnosis/say/", said(said_on=day))

    assert refused.status_code == 422
    assert "The grey" in text_of(refused)
    assert not Diagnosis.objects.exists()


def test_another_diagnosis_leaves_the_first_in_the_record(tomas, course, page):
    tomas.post(f"{page}diagnosis/say/", said())
    assert tomas.post(f"{page}diagnosis/say/", said()).status_code == 302
    assert Diagnosis.objects.count() == 1
    late = tomas.post(f"{page}diagnosis/say/", said(named="Something else"))
    assert late.status_code == 409
    assert "Something else" in text_of(late)
    again = said(version="1", named="Something else")
    assert tomas.post(f"{page}diagnosis/say/", again).status_code == 302
    assert [row.named for row in queries.diagnoses_of(course)] == [
        "Something else",
        "A depression",
    ]


# --- the formulation


def test_the_draft_is_put_together_from_what_was_entered(cast, tomas, course, page):
    tomas.post(f"{page}diagnosis/say/", said())
    operations.set_focus(
        course=course, area="role_dispute", about="Ruth", by=cast.tomas, at=people.NOW
    )
    text = text_of(tomas.get(f"{page}formulation/"))

    assert "A depression: that is the name of what you have been living with." in text
    assert "and that it is not settled: Ruth." in text
    assert "in 16 sessions over 16 weeks" in text


def test_the_draft_tells_what_was_around_it_once_the_person_agreed(
    cast, tomas, course, page
):
    by = {"by": cast.tomas, "at": people.NOW}
    own = {"person": cast.ana, "by": cast.ana.member, "at": people.NOW}
    inventory.agree(**own)
    for tie in (
        Tie(label="Jo", standing="supports", good="Listens."),
        Tie(label="Max", standing="dispute", good="Cooks."),
    ):
        inventory.add(submission_id=new_id(), tie=tie, **own)
    for title, when, kind in (
        ("He gave up our flat", "2026-05", "conflict"),
        ("Born by the sea", "1990", "other"),
        ("Tablets", "2026-06", "medicine"),
        ("Nothing was any fun", "2026-07", "symptoms"),
        ("A good walk", "2026-09", "good"),
    ):
        event = Event(title=title, kind=kind, when=Moment.of(when))
        row = inventory.add_event(submission_id=new_id(), event=event, **own)
        if kind == "symptoms":
            inventory.mark_onset(life_event=row, by=own["by"], at=people.NOW)
    focus = operations.set_focus(
        course=course, area="role_dispute", about="Max", noted=operations.Noted(
            details={"counterpart": "Max", "stage": "impasse", "mine": "To be asked."}
        ), **by,
    )  # fmt: skip
    operations.add_goal(
        focus=focus,
        submission_id=new_id(),
        said=operations.GoalSaid(title="Plan together", levels={}),
        **by,
    )

    text = text_of(tomas.get(f"{page}formulation/"))

    assert "there was this: He gave up our flat (May 2026)." in text
    assert "What you expect of the other: To be asked." in text
    assert "By now the two of you no longer talk about it." in text
    assert "This is what carries you: Jo: Listens." in text
    assert "What you want to reach: Plan together." in text
    for left_out in ("Born by the sea", "Tablets", "A good walk", "Cooks"):
        assert left_out not in text
    assert "because" not in text.split("</textarea>")[0].rsplit("<textarea", 1)[1]

    inventory.take_agreement_back(**own)
    text = text_of(tomas.get(f"{page}formulation/"))
    assert "He gave up our flat" not in text
    assert "carries you" not in text


def test_it_holds_once_both_have_agreed_and_not_for_another_version(cast, course):
    text = everything_is_there(cast, course)
    assert queries.versions_of(course)[0].is_accepted

    by = {"by": cast.tomas, "at": people.NOW}
    newer = operations.write_formulation(
        course=course, text="Other words.", version=1, **by
    )
    assert "formulation" in queries.present_of(course, ["formulation"])
    operations.show_formulation(formulation=newer, **by)
    assert "formulation" not in queries.present_of(course, ["formulation"])
    assert text.number == 1


def test_the_person_says_what_does_not_fit(cast, tomas, course, page):
    tomas.post(f"{page}formulation/write/", {"version": "0", "text": "First words."})
    text = Formulation.objects.get()
    own = f"/my/therapy/plan/{text.pk}/"
    ana = cast.client("ana")
    assert "First words." not in text_of(ana.get("/my/therapy/plan/"))
    assert ana.post(own, {"answer": "yes"}).status_code == 404

    tomas.post(f"{page}formulation/{text.pk}/show/", {})
    assert "First words." in text_of(ana.get("/my/therapy/plan/"))
    assert ana.post(own, {"answer": "no", "words": ""}).status_code == 422
    sent = ana.post(own, {"answer": "no", "words": "It began before."})
    assert sent.status_code == 302
    assert "It began before." in text_of(tomas.get(f"{page}formulation/"))
    assert cast.client("bea").post(own, {"answer": "yes"}).status_code == 404
    assert FormulationAnswer.objects.count() == 1


def test_nobody_agrees_for_somebody_who_has_an_account(cast, tomas, course, page):
    tomas.post(f"{page}formulation/write/", {"version": "0", "text": "First words."})
    text = Formulation.objects.get()
    tomas.post(f"{page}formulation/{text.pk}/show/", {})
    sent = tomas.post(
        f"{page}formulation/{text.pk}/spoken/", {"spoken_on": TODAY.isoformat()}
    )
    assert sent.status_code == 403
    assert not FormulationAnswer.objects.exists()


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("1990-05-16", "That was before the person was born."),
        ("2026-11-23", "That day is still to come."),
    ],
)
def test_an_agreement_lies_in_this_life(cast, tomas, page, day, said):
    Person.objects.filter(pk=cast.ana.pk).update(member=None)
    tomas.post(f"{page}formulation/write/", {"version": "0", "text": "First words."})
    text = Formulation.objects.get()
    tomas.post(f"{page}formulation/{text.pk}/show/", {})

    refused = tomas.post(f"{page}formulation/{text.pk}/spoken/", {"spoken_on": day})

    assert refused.status_code == 422
    assert said in text_of(refused)
    assert not FormulationAnswer.objects.exists()


def test_an_ended_course_keeps_its_plan_as_it_is(cast, tomas, course, page):
    course.ended_at = people.NOW
    course.save(update_fields=["ended_at"])
    assert tomas.post(f"{page}diagnosis/say/", said()).status_code == 403
    assert tomas.post(f"{page}contract/new/", new_contract()).status_code == 403
    assert not Diagnosis.objects.exists()


def test_p01_at_the_start_too(cast):
    form = filled(sessions="6", reason="Short")
    refused = cast.client("ines").post(START, form)
    assert refused.status_code == 422
    assert "6 sessions are too few for the phases" in text_of(refused)


def test_nothing_is_taken_up_again_in_an_ended_course(cast, tomas, course, page):
    by = {"by": cast.tomas, "at": people.NOW}
    operations.give_recovery_role(
        course=course, version=0, is_last_phase=False, rests="Cooking",
        review_on=TODAY + timedelta(days=20), **by,
    )  # fmt: skip
    focus = operations.set_focus(course=course, area="grief", about="Ruth", **by)
    course.ended_at = people.NOW
    course.save(update_fields=["ended_at"])

    for address in ("recovery-role/end/", f"focus/{focus.pk}/end/"):
        refused = tomas.post(f"{page}{address}", {})
        assert refused.status_code == 403
        assert "This course has ended" in text_of(refused)
    focus.refresh_from_db()
    assert focus.ended_at is None
    assert RecoveryRole.objects.get().ended_at is None


def test_another_total_of_the_same_day_is_not_lost_in_silence(tomas, course, page):
    form = {"measure": "phq9", "total": "3", "on_date": TODAY.isoformat()}
    assert tomas.post(f"{page}phase/remission/", form).status_code == 302
    assert tomas.post(f"{page}phase/remission/", form).status_code == 302

    refused = tomas.post(f"{page}phase/remission/", form | {"total": "4"})

    assert refused.status_code == 422
    assert "3 points are recorded for that day already." in text_of(refused)
    assert queries.remission_of(course).total == 3


@pytest.mark.parametrize("pause", ["", "on"])
def test_a_contract_begins_on_a_day_that_is_meant(tomas, course, page, pause):
    far = new_contract(from_on="9999-12-30", pause=pause, reason="Typed too fast")

    refused = tomas.post(f"{page}contract/new/", far)

    assert refused.status_code == 422
    assert "Choose a day not later than" in text_of(refused)
    assert "Typed too fast" in text_of(refused)
    assert Contract.objects.filter(course=course).count() == 1


def test_how_many_people_there_are_is_not_told_before_they_are_shared(
    cast, tomas, course, page
):
    for label in ("Ruth", "Jo"):
        inventory.add(
            person=cast.ana, submission_id=new_id(), tie=Tie(label=label),
            by=cast.ana.member, at=people.NOW,
        )  # fmt: skip
    hidden = text_of(tomas.get(page))
    assert "2 people" not in hidden
    assert "not shared with you" in hidden

    inventory.agree(person=cast.ana, by=cast.ana.member, at=people.NOW)

    assert "2 people" in text_of(tomas.get(page))


def test_a_remission_lies_in_this_life(tomas, course, page):
    form = {"measure": "phq9", "total": "3", "on_date": "1990-05-16"}

    refused = tomas.post(f"{page}phase/remission/", form)

    assert refused.status_code == 422
    assert "That was before the person was born." in text_of(refused)
    assert queries.remission_of(course) is None
