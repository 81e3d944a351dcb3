"""What is done on the session page: plan, clock, work, links, and what a reason is for."""

import re
from datetime import timedelta

import pytest

from openipt.calendar import operations as calendar
from openipt.core.agenda import MoodMove
from openipt.courses import operations as courses
from openipt.encounters import operations
from openipt.encounters.models import (
    FocusWorked,
    MoodLink,
    MoodLinkVersion,
    Note,
    SessionPlan,
    SessionPlanVersion,
    TechniqueUsed,
)
from openipt.inventory import operations as inventory
from openipt.people import operations as people_operations
from tests import people

from .page import address, appointment, text_of

OWN = "The letter that was never sent"


@pytest.fixture
def held(cast):
    return appointment(cast.ana, 6)


@pytest.fixture
def client(cast):
    return cast.client("tomas")


@pytest.fixture
def focus(cast):
    return courses.set_focus(
        course=cast.extra["ana"], area="role_transition", about="Work",
        by=cast.tomas, at=people.NOW - timedelta(days=20),
    )  # fmt: skip


def plan(client, planned, do, version=0, **more):
    return client.post(
        address(planned, "plan/"), {"plan_version": version, "do": do, **more}
    )


def order(client, planned):
    return re.findall(r'id="point-([^"]+)"', text_of(client.get(address(planned))))


def attend(cast, number):
    planned = appointment(cast.ana, number)
    calendar.record_attendance(
        appointment=planned, state="attended", version=planned.version,
        by=cast.tomas, at=people.NOW,
    )  # fmt: skip
    return planned


def test_points_are_moved_by_buttons_and_stay_so(client, held):
    before = order(client, held)

    answer = plan(client, held, f"up:{before[1]}")

    assert answer["Location"] == f"{address(held)}#point-{before[1]}"
    assert order(client, held) == [before[1], before[0], *before[2:]]


def test_points_are_put_in_the_order_they_were_dragged_to(client, held):
    wanted = list(reversed(order(client, held)))

    plan(client, held, "order", order=",".join(wanted))

    assert order(client, held) == wanted


def test_minutes_are_kept_and_summed(client, held):
    plan(client, held, "minutes", **{"minutes-closing": 20})

    page = text_of(client.get(address(held)))
    assert re.search(r'name="minutes-closing" value="20"', page)
    total = sum(map(int, re.findall(r'name="minutes-[^"]+" value="(\d+)"', page)))
    assert f"{total} of 50 minutes" in page


def test_minutes_typed_and_not_kept_survive_another_button(client, held):
    form = {"technique": "role_play", "minutes-closing": "9", "was-closing": "4"}

    client.post(address(held, "worked/"), form)

    page = text_of(client.get(address(held)))
    assert 'name="minutes-closing" value="9"' in page
    assert not SessionPlan.objects.exists()


@pytest.mark.parametrize("minutes", ["-1", "999", "many"])
def test_minutes_that_cannot_be_are_refused_and_kept_to_be_mended(
    client, held, minutes
):
    answer = plan(client, held, "minutes", **{"minutes-closing": minutes})

    assert answer.status_code == 422
    assert f'name="minutes-closing" value="{minutes}"' in text_of(answer)


def test_what_is_set_aside_leaves_and_can_come_back(client, held):
    key = order(client, held)[0]
    plan(client, held, f"aside:{key}")
    assert key not in order(client, held)

    plan(client, held, f"back:{key}", version=1)

    assert key in order(client, held)


def test_an_own_point_left_for_next_time_stands_there(cast, client, held):
    plan(client, held, "add", own_item=OWN)
    (key,) = [key for key in order(client, held) if key.startswith("own-")]

    plan(client, held, f"carry:{key}", version=1)

    page = text_of(client.get(address(appointment(cast.ana, 7))))
    assert OWN in page
    assert "left from last time" in page


def test_a_missed_session_passes_on_what_was_left(cast, client, held):
    plan(client, appointment(cast.ana, 5), "add", own_item=OWN)
    key = next(k for k in order(client, appointment(cast.ana, 5)) if "own-" in k)
    plan(client, appointment(cast.ana, 5), f"carry:{key}", version=1)
    calendar.record_attendance(
        appointment=held, state="missed", version=1, by=cast.tomas, at=people.NOW
    )

    page = text_of(client.get(address(appointment(cast.ana, 7))))

    assert OWN in page
    assert page.index("Start with what kept them away") < page.index(OWN)


def test_two_who_arrange_at_once_lose_no_word(cast, client, held):
    people_operations.open_care(
        person=cast.ana, member=cast.ines, course_id=cast.extra["ana"].pk,
        by=cast.ada, at=people.NOW,
    )  # fmt: skip
    plan(cast.client("ines"), held, "add", own_item="Her brother")

    answer = plan(client, held, "add", own_item=OWN)

    page = text_of(answer)
    assert answer.status_code == 409
    assert "Her brother" in page
    assert f'value="{OWN}"' in page
    assert plan(client, held, "add", version=1, own_item=OWN).status_code == 302
    kept = [p["words"] for p in SessionPlan.objects.get().content["points"]]
    assert {"Her brother", OWN} <= set(kept)
    assert SessionPlanVersion.objects.count() == 1


@pytest.mark.parametrize("do", ["", "up:nothing", "fly", "add"])
def test_what_is_no_act_changes_nothing(client, held, do):
    assert plan(client, held, do).status_code == 422
    assert not SessionPlan.objects.exists()


def test_the_quiet_clock_runs_until_it_is_stopped(clock, cast, held):
    clock.move_to(held.starts_at + timedelta(minutes=1))
    client = cast.client("tomas")
    plan(client, held, "begin")
    page = text_of(client.get(address(held)))
    assert 'data-module="clock"' in page
    assert page.count("data-until=") == len(order(client, held))

    plan(client, held, "stop", version=1)

    assert SessionPlan.objects.get().begun_at is None


def test_a_technique_is_noted_once_and_taken_away(client, held):
    for _twice in range(2):
        client.post(address(held, "worked/"), {"technique": "role_play"})
    assert TechniqueUsed.objects.filter(ended_at=None).count() == 1
    assert 'value="-role_play" aria-pressed="true"' in text_of(
        client.get(address(held))
    )

    client.post(address(held, "worked/"), {"technique": "-role_play"})

    assert not TechniqueUsed.objects.filter(ended_at=None).exists()
    assert TechniqueUsed.objects.count() == 1


def test_the_supervisor_reads_what_was_done_and_only_that(cast, client, held):
    reader = cast.client("sofia")
    before = text_of(reader.get(address(held)))
    assert "What was done" in before
    assert "Techniques used" not in before
    assert "Focus worked on" not in before

    client.post(address(held, "worked/"), {"technique": "role_play"})

    after = text_of(reader.get(address(held)))
    assert "Techniques used" in after
    assert "Role play" in after
    assert "Decision analysis" not in after


@pytest.mark.parametrize(
    "form", [{}, {"technique": "magic"}, {"focus": "x"}, {"technique": "-"}]
)
def test_what_is_no_technique_or_focus_is_refused(client, held, form):
    assert client.post(address(held, "worked/"), form).status_code == 422


def test_two_sessions_without_the_focus_give_a_hint_until_it_is_worked_on(
    cast, client, focus
):
    for number in (4, 5):
        attend(cast, number)
    six = appointment(cast.ana, 6)
    assert "not worked on for 2 sessions" in text_of(client.get(address(six)))

    client.post(address(six, "worked/"), {"focus": str(focus.pk)})

    assert "not worked on" not in text_of(client.get(address(six)))
    assert FocusWorked.objects.get().focus == focus


def test_one_session_without_the_focus_is_no_drift(cast, client, focus):
    four = attend(cast, 4)
    attend(cast, 5)
    client.post(address(four, "worked/"), {"focus": str(focus.pk)})

    assert "not worked on" not in text_of(client.get(address(appointment(cast.ana, 6))))


def test_sessions_before_there_was_a_focus_are_no_drift(cast, client):
    for number in (4, 5):
        attend(cast, number)
    courses.set_focus(
        course=cast.extra["ana"], area="role_transition", about="Work",
        by=cast.tomas, at=appointment(cast.ana, 5).starts_at + timedelta(minutes=9),
    )  # fmt: skip

    assert "not worked on" not in text_of(client.get(address(appointment(cast.ana, 6))))


def test_a_link_that_names_the_focus_is_work_on_it_whatever_was_tapped(
    cast, client, focus
):
    attend(cast, 4)
    five = attend(cast, 5)
    note_link(client, five, link_focus=str(focus.pk))
    client.post(address(five, "worked/"), {"focus": f"-{focus.pk}"})

    assert "not worked on" not in text_of(client.get(address(appointment(cast.ana, 6))))


def note_link(client, planned, **more):
    form = {"link_what": "A call", "link_whom": "Jo", "link_moved": "-2"} | more
    return client.post(address(planned, "links/"), form)


def test_a_link_in_the_focus_is_work_on_it(client, held, focus):
    for _twice in range(2):
        assert note_link(client, held, link_focus=str(focus.pk)).status_code == 302

    link = MoodLink.objects.get()
    assert link.content == {"what": "A call", "whom": "Jo", "moved": -2}
    assert FocusWorked.objects.get().focus == focus
    page = text_of(client.get(address(held)))
    assert "A call" in page
    assert "\N{MINUS SIGN}2" in page


def test_a_link_stays_with_a_focus_that_has_ended(cast, client, held, focus):
    note_link(client, held, link_focus=str(focus.pk))
    link = MoodLink.objects.get()
    courses.end_focus(focus=focus, by=cast.tomas, at=people.NOW)
    page = address(held, f"links/{link.pk}/")
    assert f'<option value="{focus.pk}" selected>' in text_of(client.get(page))
    form = {"link_what": "A long call", "link_moved": "1", "link_version": "1"}

    changed = client.post(page, form | {"link_focus": str(focus.pk)})

    assert changed.status_code == 302
    link.refresh_from_db()
    assert (link.content["what"], link.focus_id) == ("A long call", focus.pk)


def test_a_link_without_words_is_refused_and_what_was_typed_stays(client, held):
    answer = note_link(client, held, link_what="", link_whom="Somebody rare")

    assert answer.status_code == 422
    assert "Write what happened." in text_of(answer)
    assert "Somebody rare" in text_of(answer)


def test_a_link_is_changed_with_its_past_and_taken_out(client, held):
    note_link(client, held)
    link = MoodLink.objects.get()
    form = {"link_what": "A long call", "link_moved": "1", "link_version": "1"}

    changed = client.post(address(held, f"links/{link.pk}/"), form)
    late = client.post(address(held, f"links/{link.pk}/"), form | {"link_what": "Mine"})
    client.post(address(held, f"links/{link.pk}/remove/"))

    assert changed.status_code == 302
    assert late.status_code == 409
    assert "A long call" in text_of(late)
    assert "Mine" in text_of(late)
    assert MoodLinkVersion.objects.get().content["what"] == "A call"
    assert MoodLink.objects.get().removed_by is not None
    assert "A long call" not in text_of(client.get(address(held)))


def test_what_was_typed_while_a_link_was_taken_out_is_given_back(client, held):
    note_link(client, held)
    link = MoodLink.objects.get()
    page = address(held, f"links/{link.pk}/")
    client.post(page + "remove/")

    late = client.post(
        page, {"link_what": "A long call", "link_moved": "1", "link_version": "1"}
    )

    assert late.status_code == 409
    assert "This link was taken out of the session." in text_of(late)
    assert "A long call</textarea>" in text_of(late)
    assert client.get(page).status_code == 404
    assert not MoodLinkVersion.objects.exists()


def test_signing_the_middle_without_a_link_wants_a_reason(client, held):
    form = {"text": "Words", "note_version": 0}

    asked = client.post(address(held, "sign/"), form)
    client.post(address(held, "sign/"), form | {"without_link": "She came late."})

    assert asked.status_code == 422
    assert "No link between mood and something that happened" in text_of(asked)
    assert "Words" in text_of(asked)
    assert Note.objects.get().without_link == "She came late."
    assert "She came late." in text_of(client.get(address(held)))


def test_signing_with_a_link_asks_nothing(client, held):
    note_link(client, held)

    client.post(address(held, "sign/"), {"text": "Words", "note_version": 0})

    assert Note.objects.get().signed_at is not None
    assert Note.objects.get().without_link is None


def test_the_beginning_asks_for_no_link(cast, client):
    first = appointment(cast.ana, 1)

    client.post(address(first, "sign/"), {"text": "Words", "note_version": 0})

    assert Note.objects.get().signed_at is not None


def test_headings_go_into_an_empty_note_only(client, held):
    client.post(address(held, "headings/"), {"text": ""})
    assert "What happened, and how mood moved\n" in text_of(client.get(address(held)))

    client.post(address(held, "headings/"), {"text": "Mine", "note_version": 0})

    page = text_of(client.get(address(held)))
    assert re.search(r'<textarea name="text"[^>]*>\n?Mine</textarea>', page)


def test_the_circle_points_to_an_area_once_it_is_shown(cast, client):
    from openipt.core.ids import new_id
    from openipt.core.inventory import Tie

    inventory.add(
        person=cast.ana, submission_id=new_id(),
        tie=Tie(label="Ruth", standing="dispute", closeness=30, angle=0),
        by=cast.ana.member, at=people.NOW,
    )  # fmt: skip
    first = address(appointment(cast.ana, 1))
    assert "Find out whether this is the focus" not in text_of(client.get(first))

    inventory.agree(person=cast.ana, by=cast.ana.member, at=people.NOW)

    assert "Find out whether this is the focus: Role dispute" in text_of(
        client.get(first)
    )


def test_the_ending_is_raised_in_time(cast, client):
    thirteen = address(appointment(cast.ana, 13))
    assert "Speak about the ending" in text_of(client.get(thirteen))
    twelve = address(appointment(cast.ana, 12))
    assert "Speak about the ending" not in text_of(client.get(twelve))

    courses.raise_ending(course=cast.extra["ana"], by=cast.tomas, at=people.NOW)

    assert "Speak about the ending" not in text_of(client.get(thirteen))


@pytest.mark.parametrize(
    ("panel", "word"),
    [
        ("week", "Nothing was shared"),
        ("last-note", "No note yet."),
        ("focus", "No focus has been chosen yet."),
        ("circle", "has not agreed yet"),
    ],
)
def test_panels_are_pieces_for_the_page_and_pages_without_scripts(
    client, held, panel, word
):
    where = address(held, f"beside/{panel}/")

    piece, page = client.get(where, headers={"HX-Request": "true"}), client.get(where)

    assert word in text_of(piece)
    assert "<html" not in text_of(piece)
    assert word in text_of(page)
    assert "<html" in text_of(page)


def test_the_last_note_is_there_to_look_up(cast, client, held):
    encounter = operations.open_encounter(
        appointment=appointment(cast.ana, 5), course=cast.extra["ana"],
        by=cast.tomas, at=people.NOW,
    )  # fmt: skip
    operations.add_link(
        encounter=encounter, move=MoodMove(what="x"), focus=None,
        by=cast.tomas, at=people.NOW,
    )  # fmt: skip
    operations.save_note(
        encounter=encounter, text="As I wrote it.", version=0,
        by=cast.tomas, at=people.NOW,
    )  # fmt: skip

    assert "As I wrote it." in text_of(client.get(address(held, "beside/last-note/")))
    assert client.get(address(held, "beside/nothing/")).status_code == 404
