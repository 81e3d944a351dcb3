"""My data: everything one wrote comes along, nothing of others; who looked is shown."""

import json
import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from openipt.audit.models import AuditEvent
from openipt.core.afterwards import StayingWell
from openipt.core.agenda import MoodMove
from openipt.courses import operations as courses
from openipt.encounters import operations as encounters
from openipt.exchange.models import ErasureRequest
from openipt.people import operations as people_operations
from openipt.practice import operations as practice
from openipt.questionnaires import operations as questionnaires
from openipt.safety import operations as safety
from tests import people
from tests.journal import write


def page_of(cast, who="ana"):
    response = cast.client(who).post("/my/data/page/", {})
    assert response["Content-Disposition"] == 'attachment; filename="my-record.html"'
    return response.content.decode()


def data_of(cast, who="ana"):
    return json.loads(cast.client(who).post("/my/data/json/", {}).content)


def values_of(data):
    return [
        fact["value"]
        for items in data["sections"].values()
        for item in items
        for fact in item["facts"]
    ] + [item["title"] for items in data["sections"].values() for item in items]


def live(cast):
    """Let Ana write one of everything; return the words that must come along."""
    ana, at = cast.ana, people.NOW
    entry = write(ana, "A quarrel about the keys.")
    content = {**entry.content, "how_was_week": "Better than the one before."}
    practice.change_entry(
        entry=entry,
        version=1,
        content=content,
        happened_on=entry.happened_on,
        by=ana.member,
        at=at,
    )
    courses.keep_words(
        course=cast.extra["ana"],
        words={"better": "I sleep", "helped": "", "unfinished": "", "signs": ""},
        shared=False,
        version=0,
        by=ana.member,
        at=at,
    )
    task = practice.agree_task(
        course=cast.extra["ana"],
        text="Ring my sister",
        due_on=None,
        encounter_id=None,
        by=cast.tomas,
        at=at,
    )
    practice.report_task(
        task=task,
        state="done",
        what_happened="She laughed.",
        version=1,
        by=ana.member,
        at=at,
    )
    sheet = questionnaires.start_answering(
        person=ana, measure="gad7", by=ana.member, at=at
    )
    questionnaires.choose(answering=sheet, item="1", code=2, by=ana.member, at=at)
    people_operations.save_draft(
        member=ana.member, key="week:new", fields={"what_happened": "Half said"}, at=at
    )
    safety.not_safe(person=ana, by=ana.member, at=at)
    plan = StayingWell(signs=("The phone rings on",), helps="A long walk")
    courses.write_plan(
        person=ana, plan=plan, version=0, shared=False, by=ana.member, at=at
    )
    held = {"course": cast.extra["ana"], "by": cast.tomas, "at": at}
    courses.write_letter(**held, text="Dear doctor", version=0)
    courses.give_letter(**held, version=1, language="en")
    return (
        "The phone rings on",
        "A long walk",
        "Dear doctor",
        "A quarrel about the keys.",
        "Better than the one before.",
        "I sleep",
        "Ring my sister",
        "She laughed.",
        "More than half the days",
        "Half said",
        "ana@test.example",
    )


def test_everything_they_wrote_and_answered_comes_along_in_both_files(cast):
    words = live(cast)

    page, data = page_of(cast), values_of(data_of(cast))

    assert [word for word in words if word not in page] == []
    assert [word for word in words if word not in data] == []


def test_earlier_versions_come_along(cast):
    entry = write(cast.ana, "First said.")
    moments = [{**entry.content["moments"][0], "what_happened": "Then said."}]
    practice.change_entry(
        entry=entry,
        version=1,
        content={**entry.content, "moments": moments},
        happened_on=entry.happened_on,
        by=cast.ana.member,
        at=people.NOW,
    )

    page = page_of(cast)

    assert "First said." in page
    assert "Then said." in page


def test_nothing_of_anybody_else_comes_along(cast):
    write(cast.bea, "Of Bea alone.")

    assert "Of Bea alone." not in page_of(cast)
    assert "Bea" not in json.dumps(data_of(cast))


class Outside(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in {"src", "href", "action"} and not (value or "").startswith("#"):
                self.found.append((tag, value))


def test_the_page_stands_alone_and_runs_nothing(cast):
    live(cast)
    page = page_of(cast)
    outside = Outside()
    outside.feed(page)

    assert outside.found == []
    assert "<script" not in page
    assert not re.search(r"url\(|@import|https?://", page)


def test_markup_in_words_stays_words(cast):
    write(cast.ana, "<script>alert(1)</script>")

    assert "&lt;script&gt;" in page_of(cast)


def test_taking_it_away_leaves_a_trace(cast):
    page_of(cast)

    event = AuditEvent.objects.get(action="exchange.record.taken")
    assert (event.actor_id, event.reason_code) == (cast.ana.member_id, "html")


def test_who_looked_is_shown_by_day_name_and_role(cast, clock):
    cast.client("tomas").get(f"/courses/{cast.extra['ana'].pk}/")
    cast.client("tomas").get(f"/courses/{cast.extra['ana'].pk}/")
    cast.client("sofia").get(f"/courses/{cast.extra['ana'].pk}/progress/")

    page = cast.client("ana").get("/my/data/").content.decode()

    assert "Dr Tomas" in page or cast.tomas.name in page
    assert "Therapist" in page
    assert "2 times, the last at 10:00" in page
    assert cast.sofia.name in page
    assert "Supervisor" in page


def test_ones_own_looks_and_looks_at_others_are_not_shown(cast):
    cast.client("ana").get("/progress/")
    cast.client("tomas").get(f"/courses/{cast.extra['bea'].pk}/")

    page = cast.client("ana").get("/my/data/").content.decode()

    assert "Nobody but you opened it" in page


def test_after_90_days_a_look_is_no_longer_listed(cast, clock):
    cast.client("tomas").get(f"/courses/{cast.extra['ana'].pk}/")
    clock.shift(timedelta(days=91))

    page = cast.client("ana").get("/my/data/").content.decode()

    assert "Nobody but you opened it" in page


def test_somebody_who_took_their_agreement_back_still_gets_their_data(cast):
    write(cast.ana, "Mine to take.")
    people_operations.withdraw_agreement(member=cast.ana.member, at=people.NOW)

    assert "Mine to take." in page_of(cast)


def test_a_draft_with_several_answers_to_one_question_comes_along(cast):
    people_operations.save_draft(
        member=cast.ana.member,
        key="week:new",
        fields={"who": ["My sister", "My brother"]},
        at=people.NOW,
    )

    page, data = page_of(cast), values_of(data_of(cast))

    assert "My sister" in page
    assert any("My brother" in value for value in data)


def long_after_signing_in(cast):
    client = cast.client("ana")
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 600
    session.save()
    return client


@pytest.mark.parametrize("form", ["page", "json"])
def test_nothing_leaves_until_they_show_once_more_that_it_is_them(cast, form):
    client = long_after_signing_in(cast)

    page = client.get("/my/data/").content.decode()
    refused = client.post(f"/my/data/{form}/", {})

    assert "Confirm that it is you" in page
    assert "Download the page" not in page
    assert (refused.status_code, refused["Location"]) == (302, "/my/data/")
    client.post(
        "/accounts/reauthenticate/?next=/my/data/", {"password": people.PASSWORD}
    )
    assert client.post(f"/my/data/{form}/", {}).status_code == 200


def test_erasure_is_asked_for_once_it_is_clear_who_asks_and_no_word_is_lost(cast):
    client = long_after_signing_in(cast)
    sent = {"why": "No trace of it", "sure": "on"}

    assert client.post("/my/data/erasure/", sent).status_code == 302

    assert not ErasureRequest.objects.exists()
    client.post(
        "/accounts/reauthenticate/?next=/my/data/", {"password": people.PASSWORD}
    )
    assert "No trace of it" in client.get("/my/data/").content.decode()
    client.post("/my/data/erasure/", sent)
    assert ErasureRequest.objects.get().why == "No trace of it"


def test_mood_and_events_come_along_and_process_notes_do_not(cast):
    course, at = cast.extra["ana"], people.NOW
    encounter = encounters.open_encounter(
        appointment=course.series.appointments.get(number=6),
        course=course,
        by=cast.tomas,
        at=at,
    )
    change = {"encounter": encounter, "by": cast.tomas, "at": at}
    link = encounters.add_link(
        move=MoodMove(what="He did not call", moved=-2), focus=None, **change
    )
    encounters.change_link(
        link=link,
        move=MoodMove(what="He called late", whom="Ben", moved=-1),
        focus=None,
        version=1,
        by=cast.tomas,
        at=at,
    )
    encounters.save_process_note(text="only mine", version=0, **change)

    values = values_of(data_of(cast))

    assert {"He did not call", "He called late", "Ben", "-2", "-1"} <= set(values)
    assert not any("only mine" in str(value) for value in values)
    assert "He called late" in page_of(cast)
