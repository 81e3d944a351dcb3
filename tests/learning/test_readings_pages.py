"""Readings on their pages: offered, opened, read, suggested, seen by whom."""

import re
from datetime import timedelta

import pytest

from openipt.audit.models import AuditEvent
from openipt.core.ids import new_id
from openipt.core.inventory import Tie
from openipt.core.readings import load_readings
from openipt.courses import operations as courses
from openipt.exchange.queries import as_json, record_of
from openipt.inventory import operations as inventory
from openipt.learning import access, operations, queries
from openipt.learning.models import ReadingState, Suggestion
from tests import people
from tests.journeys.steps import answered_before

TALKING = load_readings()["talking"]


def text_of(response):
    return response.content.decode()


def of(cast, name="ana"):
    return f"/courses/{cast.extra[name].pk}/readings/"


def card(page, name):
    """Return one card of a page."""
    found = re.search(
        rf'<section class="card [a-z]*" id="{name}".*?</section>', page, re.DOTALL
    )
    return found[0] if found else ""


def works_on(cast, area):
    courses.set_focus(
        course=cast.extra["ana"], area=area, about="", by=cast.tomas, at=people.NOW
    )


def suggested(cast, reading=TALKING, words="For Thursday"):
    return operations.suggest(
        course=cast.extra["ana"], reading=reading, words=words, by=cast.tomas,
        at=people.NOW,
    )  # fmt: skip


def has_ended(cast):
    course = cast.extra["ana"]
    course.ended_at = people.NOW
    course.save(update_fields=["ended_at"])


def read(cast, reading=TALKING):
    return operations.mark_read(
        person=cast.ana, reading=reading, by=cast.ana.member, at=people.NOW
    )


def test_what_fits_now_is_offered_with_its_reason(cast):
    works_on(cast, "role_dispute")

    page = text_of(cast.client("ana").get("/learn/"))

    now = card(page, "now")
    assert re.findall(r'href="/learn/(\w+)/"', now) == [
        "talking",
        "conflict",
        "mood_and_people",
    ]
    assert "because you work on a conflict with somebody" in now
    assert len(re.findall(r'href="/learn/\w+/"', card(page, "all"))) == len(
        load_readings()
    )
    assert card(page, "read") == ""


def test_the_day_shows_one_of_them_until_all_were_read(cast):
    works_on(cast, "role_dispute")
    client = cast.client("ana")

    assert 'href="/learn/talking/"' in card(text_of(client.get("/today/")), "to-read")

    read(cast)
    assert 'href="/learn/conflict/"' in card(text_of(client.get("/today/")), "to-read")

    for reading in load_readings().values():
        read(cast, reading)
    assert "to-read" not in text_of(client.get("/today/"))


def test_the_day_and_the_page_offer_the_same(cast):
    works_on(cast, "grief")
    client = cast.client("ana")

    first = queries.offered(cast.ana.member, people.NOW.date())[0]

    assert f'href="/learn/{first.reading.id}/"' in card(
        text_of(client.get("/today/")), "to-read"
    )


def test_somebody_without_a_course_reads_all_the_same(cast):
    has_ended(cast)
    client = cast.client("ana")

    page = text_of(client.get("/learn/"))

    assert card(page, "now") == ""
    assert 'href="/learn/endings/"' in card(page, "all")
    assert client.get("/learn/endings/").status_code == 200
    assert "to-read" not in text_of(client.get("/today/"))


@pytest.mark.parametrize(
    "reading", load_readings().values(), ids=load_readings().keys()
)
def test_every_reading_opens_for_the_person_and_for_staff(cast, reading):
    own = text_of(cast.client("ana").get(f"/learn/{reading.id}/"))
    theirs = text_of(cast.client("tomas").get(f"/readings/{reading.id}/"))

    for page in (own, theirs):
        assert page.count("<h1") == 1
        assert page.count("<section") >= len(reading.parts)
        for source in reading.sources:
            assert source.title.split(",")[0].replace("'", "&#39;") in page
    assert 'href="/help/' in own
    if reading.try_this:
        assert reading.try_this.label in own
        assert reading.try_this.label not in theirs


@pytest.mark.parametrize("address", ["/learn/nothing/", "/learn/nothing/read/"])
def test_an_unknown_reading_is_not_there(cast, address):
    client = cast.client("ana")
    send = client.post if address.endswith("read/") else client.get

    assert send(address).status_code == 404
    assert cast.client("tomas").get("/readings/nothing/").status_code == 404
    assert not ReadingState.objects.exists()


def test_each_side_has_its_own_addresses(cast):
    ana, tomas = cast.client("ana"), cast.client("tomas")

    assert ana.get("/readings/").status_code == 404
    assert ana.get("/readings/talking/").status_code == 404
    assert ana.get(of(cast)).status_code == 404
    assert tomas.get("/learn/").status_code == 404
    assert tomas.post("/learn/talking/read/").status_code == 404
    assert cast.client("sofia").get("/readings/").status_code == 200
    assert cast.client("max").get("/readings/").status_code == 404


def test_opened_and_read_are_kept_once(cast, clock):
    client = cast.client("ana")
    client.get("/learn/talking/")
    clock.move_to(people.NOW + timedelta(minutes=5))
    client.get("/learn/talking/")
    assert client.post("/learn/talking/read/").status_code == 302
    clock.move_to(people.NOW + timedelta(minutes=10))
    assert client.post("/learn/talking/read/").status_code == 302

    (state,) = ReadingState.objects.all()
    assert state.opened_at == people.NOW
    assert state.read_at == people.NOW + timedelta(minutes=5)
    assert state.version == TALKING.version
    said = AuditEvent.objects.filter(action__startswith="learning.").order_by("pk")
    assert [row.action for row in said] == [
        "learning.reading.opened", "learning.reading.read",
    ]  # fmt: skip
    page = text_of(client.get("/learn/talking/"))
    assert "You read this on" in page
    assert "I have read it" not in page
    assert 'href="/learn/talking/"' in card(text_of(client.get("/learn/")), "read")


def test_reaching_the_end_is_answered_without_a_page(cast):
    client = cast.client("ana")

    answer = client.post("/learn/talking/read/", headers={"accept": "application/json"})

    assert answer.status_code == 204
    assert ReadingState.objects.get().read_at == people.NOW


def test_a_look_ahead_is_no_reading(cast):
    cast.client("ana").head("/learn/talking/")

    assert not ReadingState.objects.filter(read_at__isnull=False).exists()


def test_a_newer_version_stays_read(cast):
    state = read(cast)
    ReadingState.objects.filter(pk=state.pk).update(version="2020.1")
    client = cast.client("ana")

    client.get("/learn/talking/")

    assert ReadingState.objects.count() == 2
    assert 'href="/learn/talking/"' in card(text_of(client.get("/learn/")), "read")


def test_somebody_else_cannot_say_that_it_was_read(cast):
    assert access.refusal_to_note(cast.ana.member, cast.ana) == ""
    assert access.refusal_to_note(cast.tomas, cast.ana)
    assert access.refusal_to_note(cast.bea.member, cast.ana)


def test_a_suggestion_stands_first_with_the_name_until_it_is_read(cast):
    tomas, ana = cast.client("tomas"), cast.client("ana")
    sent = {"reading": "talking", "words": "For Thursday <b>"}
    assert tomas.post(of(cast) + "suggest/", sent).status_code == 302
    assert tomas.post(of(cast) + "suggest/", sent).status_code == 302
    assert Suggestion.objects.count() == 1

    for address, name in (("/today/", "to-read"), ("/learn/", "suggested")):
        first = card(text_of(ana.get(address)), name)
        assert 'href="/learn/talking/"' in first
        assert "from Dr Tomas Lind" in first
    assert "For Thursday &lt;b&gt;" in first
    opened = text_of(ana.get("/learn/talking/"))
    assert "For you, from Dr Tomas Lind" in opened
    assert "opened" in card(text_of(tomas.get(of(cast))), "waiting")

    ana.post("/learn/talking/read/")

    assert card(text_of(ana.get("/learn/")), "suggested") == ""
    row = Suggestion.objects.get()
    assert row.ended_by == cast.ana.member
    page = text_of(tomas.get(of(cast)))
    assert "Nothing is waiting" in card(page, "waiting")
    assert "read on" in card(page, "opened")


def test_other_words_take_the_place_of_those_before(cast):
    suggested(cast, words="First")
    suggested(cast, words="Second")

    before, after = Suggestion.objects.order_by("pk")
    assert (before.words, before.ended_by) == ("First", cast.tomas)
    assert (after.words, after.ended_at) == ("Second", None)


def test_a_suggestion_is_taken_back_once(cast):
    row, tomas = suggested(cast), cast.client("tomas")
    address = f"{of(cast)}{row.pk}/take-back/"

    assert tomas.get(address).status_code == 405
    assert tomas.post(address).status_code == 302
    assert tomas.post(address).status_code == 404

    row.refresh_from_db()
    assert row.ended_by == cast.tomas
    assert card(text_of(cast.client("ana").get("/learn/")), "suggested") == ""


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"reading": "", "words": "Kept words"}, "This field is required"),
        ({"reading": "nothing", "words": "Kept words"}, "Select a valid choice"),
        (
            {"reading": "talking", "words": "Kept words" + "x" * 300},
            "at most 300 characters",
        ),
    ],
)
def test_what_cannot_be_suggested_is_said_and_stays(cast, sent, said):
    answer = cast.client("tomas").post(of(cast) + "suggest/", sent)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "Kept words" in text_of(answer)
    assert not Suggestion.objects.exists()


def test_no_pile_is_made(cast, monkeypatch):
    monkeypatch.setattr(access, "MOST", 1)
    suggested(cast)

    answer = cast.client("tomas").post(
        of(cast) + "suggest/", {"reading": "endings", "words": "Soon"}
    )

    assert answer.status_code == 422
    assert "1 suggestions are waiting already" in text_of(answer)
    assert "Soon" in text_of(answer)
    assert Suggestion.objects.count() == 1


def test_only_who_leads_the_course_suggests(cast):
    row, sent = suggested(cast), {"reading": "endings", "words": ""}

    page = text_of(cast.client("sofia").get(of(cast)))
    assert "For Thursday" in page
    assert "Suggest it" not in page
    assert "Take back" not in page
    assert cast.client("sofia").post(of(cast) + "suggest/", sent).status_code == 404
    for stranger in ("ines", "omar"):
        client = cast.client(stranger)
        assert client.get(of(cast)).status_code == 404
        assert client.post(of(cast) + "suggest/", sent).status_code == 404
        assert client.post(f"{of(cast)}{row.pk}/take-back/").status_code == 404
    # A suggestion of another course is none of this one.
    other = f"{of(cast, 'bea')}{row.pk}/take-back/"
    assert cast.client("tomas").post(other).status_code == 404
    assert Suggestion.objects.filter(ended_at__isnull=True).count() == 1


def test_nothing_is_suggested_in_a_course_that_has_ended(cast):
    suggested(cast)
    has_ended(cast)
    tomas = cast.client("tomas")

    assert "Suggest it" not in text_of(tomas.get(of(cast)))
    answer = tomas.post(of(cast) + "suggest/", {"reading": "endings", "words": ""})
    assert answer.status_code == 403
    assert "This course has ended" in text_of(answer)


def test_a_look_of_the_staff_leaves_its_trace(cast):
    cast.client("sofia").get(of(cast))

    assert AuditEvent.objects.filter(action="learning.readings.read").count() == 1


def test_the_circle_stands_beside_what_is_said_of_closeness(cast):
    ana = cast.client("ana")
    assert "Your circle" not in text_of(ana.get("/learn/closeness/"))
    inventory.add(
        person=cast.ana, submission_id=new_id(), tie=Tie(label="Ruth"),
        by=cast.ana.member, at=people.NOW,
    )  # fmt: skip

    page = text_of(ana.get("/learn/closeness/"))

    assert 'aria-label="Ruth: Close' in page
    assert "data-move" not in page
    assert "Print my own part too" in page
    assert "Ruth" not in text_of(cast.client("tomas").get("/readings/closeness/"))


def test_the_last_weeks_stand_beside_mood_and_people(cast):
    ana = cast.client("ana")
    assert "Your last weeks" not in text_of(ana.get("/learn/mood_and_people/"))
    answered_before(cast.extra["ana"], [19, 17])

    page = text_of(ana.get("/learn/mood_and_people/"))

    assert "Your last weeks" in page
    assert page.count("data-reading=") == 2


def test_the_ending_says_which_session_it_is(cast):
    assert "Session 6 of 16" in text_of(cast.client("ana").get("/learn/endings/"))


def test_what_was_read_is_taken_away_with_the_record(cast):
    suggested(cast)
    read(cast)

    taken = as_json(record_of(cast.ana, people.NOW))["sections"]["readings"]

    assert [one["title"] for one in taken] == [
        TALKING.title, f"Suggested to me: {TALKING.title}",
    ]  # fmt: skip
    facts = {fact["key"]: fact["value"] for fact in taken[1]["facts"]}
    assert facts["words"] == "For Thursday"
    assert facts["by"] == "Dr Tomas Lind"


def test_one_line_for_other_pages(cast):
    suggested(cast, load_readings()["endings"])
    read(cast)

    assert queries.line_of(cast.extra["ana"]) == (1, 1)
