"""The weekly overview as a browser sends it: step by step, without JavaScript."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from openipt.core.ids import new_id
from openipt.people import operations as people_operations
from openipt.people.models import CareRelationship, Draft
from openipt.practice import operations
from openipt.practice.models import Entry, EntryVersion, Share
from tests import people
from tests.journal import HARD, change, moment, sent, text_of, without_tokens, write
from tests.sent_again import (
    goes_through_once_and_with_other_words_as_another,
    new_id_in,
)

HOSTILE = (
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% x %}",
    "\u202eright to left \u200f",
    "👩‍👩‍👧 ✨",
    "'; DROP TABLE entry; --",
    "=1+1",
)


def moments_of(entry):
    entry.refresh_from_db()
    return [m["what_happened"] for m in entry.content["moments"]]


def test_a_first_moment_begins_the_week_privately_and_leads_on(cast, ana):
    answer = ana.post("/week/new/", sent())

    entry = Entry.objects.get()
    assert answer.headers["Location"] == f"/week/{entry.pk}/whole/"
    assert entry.happened_on == people.NOW.date()
    assert entry.content["moments"][0]["did"] == "said_it"
    assert not Share.objects.exists()


def test_more_moments_join_the_same_week_one_after_another(cast, ana):
    first = ana.post("/week/new/", sent("One.", step="more"))
    address = first.headers["Location"]
    page = text_of(ana.get(address))
    version = re.search(r'name="version" value="(\d+)"', page).group(1)

    ana.post(address, sent("Two.", version=version))

    assert moments_of(Entry.objects.get()) == ["One.", "Two."]


def test_the_same_form_sent_twice_makes_one_page_and_one_moment(cast, ana):
    form = sent("One.")
    first, again = ana.post("/week/new/", form), ana.post("/week/new/", form)
    assert first.headers["Location"] == again.headers["Location"]
    entry = Entry.objects.get()
    form = sent("Two.", version="1")

    answers = [ana.post(f"/week/{entry.pk}/moment/", form) for _ in range(2)]

    assert [a.status_code for a in answers] == [302, 302]
    assert moments_of(entry) == ["One.", "Two."]


def test_a_week_without_a_hard_moment_is_a_week_too(cast, ana):
    form = {"submission_id": str(new_id())}

    first, again = ana.post("/week/quiet/", form), ana.post("/week/quiet/", form)

    entry = Entry.objects.get()
    assert first.headers["Location"] == f"/week/{entry.pk}/whole/"
    assert again.headers["Location"] == first.headers["Location"]
    assert "No hard moment was noted." in text_of(ana.get(f"/week/{entry.pk}/"))


@pytest.mark.parametrize(
    "fields",
    [
        {"what_happened": ""},
        {"what_happened": "  \n "},
        {"what_happened": "x" * 2001},
        {"what_happened": "x" * 1_000_000},
        {"what_happened": "a\x00b"},
        {"did": ""},
        {"did": "sang"},
        {"with_whom": "x" * 121},
        {"with_known": "Nobody I know"},
        {"try_next": "x" * 1001},
        {"submission_id": "1; --"},
    ],
)
def test_what_does_not_fit_is_said_and_stays_in_the_form(cast, ana, fields):
    answer = ana.post("/week/new/", sent("It was loud.", **fields))

    assert answer.status_code == 422
    assert not Entry.objects.exists()
    kept = fields.get("what_happened", "It was loud.").replace("\x00", "")
    if "\x00" not in fields.get("what_happened", ""):
        assert kept.strip()[:200] in text_of(answer)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_as_it_is_and_shown_as_text(cast, ana, text):
    ana.post("/week/new/", sent(text, with_whom=text[:60]))

    entry = Entry.objects.get()
    raw = ana.get(f"/week/{entry.pk}/").content.decode()
    assert moments_of(entry) == [text.strip()]
    assert "<script>alert" not in raw
    assert text.strip() in text_of(ana.get(f"/week/{entry.pk}/"))


def test_a_moment_is_changed_in_its_place_and_its_history_stays(cast, ana):
    entry = write(cast.ana, "One.", "Two.")
    one = entry.content["moments"][0]["id"]
    page = text_of(ana.get(f"/week/{entry.pk}/moment/{one}/"))
    assert "One." in page

    ana.post(f"/week/{entry.pk}/moment/{one}/", sent("Uno.", version="1"))

    assert moments_of(entry) == ["Uno.", "Two."]
    assert "One." in text_of(ana.get(f"/week/{entry.pk}/history/"))


def test_two_tabs_meet_and_neither_text_is_lost(cast, ana):
    entry = write(cast.ana, "One.")
    one = entry.content["moments"][0]["id"]
    address = f"/week/{entry.pk}/moment/{one}/"
    ana.post(address, sent("From the phone.", version="1"))

    answer = ana.post(address, sent("From the desk.", version="1"))

    assert answer.status_code == 409
    page = text_of(answer)
    assert "From the phone." in page
    assert "From the desk." in page
    again = re.search(r'name="version" value="(\d+)"', page).group(1)
    ana.post(address, sent("From the desk.", version=again))
    assert moments_of(entry) == ["From the desk."]
    before = EntryVersion.objects.order_by("version").last()
    assert before.content["moments"][0]["what_happened"] == "From the phone."


def test_a_moment_removed_elsewhere_can_still_be_kept(cast, ana):
    entry = write(cast.ana, "One.", "Two.")
    one = entry.content["moments"][0]["id"]
    change(entry, content={"moments": entry.content["moments"][1:]})

    answer = ana.post(f"/week/{entry.pk}/moment/{one}/", sent("Uno.", version="1"))
    assert answer.status_code == 409
    assert ana.get(f"/week/{entry.pk}/moment/{one}/").status_code == 404

    ana.post(f"/week/{entry.pk}/moment/{one}/", sent("Uno.", version="2"))
    assert moments_of(entry) == ["Two.", "Uno."]


def test_a_moment_is_removed_after_asking(cast, ana):
    entry = write(cast.ana, "One.", "Two.")
    address = f"/week/{entry.pk}/moment/{entry.content['moments'][0]['id']}/remove/"

    assert "Remove this moment?" in text_of(ana.get(address))
    assert ana.post(address, {"version": "7"}).status_code == 409
    ana.post(address, {"version": "1"})

    assert moments_of(entry) == ["Two."]


def test_a_full_page_takes_no_more(cast, ana):
    entry = write(cast.ana, *(f"moment {n}" for n in range(10)))

    assert (
        f'/week/{entry.pk}/moment/"'
        not in ana.get(f"/week/{entry.pk}/").content.decode()
    )
    answer = ana.post(f"/week/{entry.pk}/moment/", sent("Eleven.", version="1"))

    assert answer.status_code == 422
    assert len(moments_of(entry)) == 10


def test_the_week_all_in_all_can_be_moved_and_is_bounded(cast, ana):
    entry = write(cast.ana, "One.")
    address = f"/week/{entry.pk}/whole/"
    form = {"how_was_week": "Better.", "happened_on": "2026-11-20", "version": "1"}

    for wrong in ("2026-11-23", "2026-01-01", "0001-01-01", "yesterday", ""):
        assert ana.post(address, form | {"happened_on": wrong}).status_code == 422
    assert ana.post(address, form).headers["Location"] == f"/week/{entry.pk}/"

    entry.refresh_from_db()
    assert (entry.content["how_was_week"], str(entry.happened_on)) == (
        "Better.",
        "2026-11-20",
    )
    late = ana.post(address, form | {"how_was_week": "Worse."})
    assert late.status_code == 409
    assert "Better." in text_of(late)
    assert "Worse." in text_of(late)


def test_a_page_is_shared_by_name_and_taken_back(cast, ana):
    entry = write(cast.ana, "One.")
    address = f"/week/{entry.pk}/share/"

    ana.post(address, {"readers": [str(cast.tomas.pk)]})
    assert "shared with Dr Tomas Lind" in text_of(ana.get("/week/"))
    assert ana.post(address, {"readers": [str(cast.ines.pk)]}).status_code == 422
    assert Share.objects.get().ended_at is None

    ana.post(address, {})
    assert "shared with" not in text_of(ana.get("/week/"))


def test_the_person_sees_that_it_was_read(cast, ana):
    entry = write(cast.ana, "One.", share=True)
    cast.client("tomas").get(f"/courses/{cast.extra['ana'].pk}/shared/")

    assert "Dr Tomas Lind read it on" in text_of(ana.get(f"/week/{entry.pk}/"))


def test_a_page_is_removed_after_asking(cast, ana):
    entry = write(cast.ana, HARD)
    address = f"/week/{entry.pk}/remove/"

    assert "Remove this page?" in text_of(ana.get(address))
    for _ in range(2):
        assert ana.post(address).headers["Location"] == "/week/"

    assert HARD not in text_of(ana.get("/week/"))
    assert ana.get(f"/week/{entry.pk}/").status_code == 404


def test_a_draft_comes_back_and_goes_once_it_is_saved(cast, ana):
    typed = sent("Half a sentence and")
    people_operations.save_draft(
        member=cast.ana.member, key="week:new", fields=typed, at=people.NOW
    )

    assert "Half a sentence and" in text_of(ana.get("/week/new/"))
    ana.post("/week/new/", typed)

    assert not Draft.objects.exists()


def test_a_draft_that_arrives_after_its_form_does_not_come_back(cast, ana):
    typed = sent("One.")
    ana.post("/week/new/", typed)
    entry = Entry.objects.get()
    more = sent("Two.", version="1")
    ana.post(f"/week/{entry.pk}/moment/", more)
    for key, fields in (("week:new", typed), (f"week:{entry.pk}:more", more)):
        people_operations.save_draft(
            member=cast.ana.member, key=key, fields=fields, at=people.NOW
        )

    assert "One." not in text_of(ana.get("/week/new/"))
    assert "Two." not in text_of(ana.get(f"/week/{entry.pk}/moment/"))


def test_a_known_name_is_tapped_and_a_typed_one_wins(cast, ana):
    write(cast.ana, moment(with_whom="Mum"))
    assert 'value="Mum"' in ana.get("/week/new/").content.decode()

    ana.post("/week/new/", sent("A.", with_known="Mum", with_whom=""))
    ana.post("/week/new/", sent("B.", with_known="Mum", with_whom="Ruth"))

    names = {
        e.content["moments"][0]["what_happened"]: e.content["moments"][0]["with_whom"]
        for e in Entry.objects.all()
    }
    assert names == {HARD: "Mum", "A.": "Mum", "B.": "Ruth"}


@pytest.mark.parametrize("who", ["bea", "eva", "tomas", "sofia", "max", "ada", "ines"])
def test_nobody_reaches_a_page_of_somebody_elses_journal(cast, who):
    entry = write(cast.ana, "Canary of Ana.", share=True)
    one = entry.content["moments"][0]["id"]
    client = cast.client(who)
    nowhere = client.get(f"/week/{uuid4()}/")

    for end in ("", "whole/", "moment/", f"moment/{one}/", "history/", "remove/"):
        answer = client.get(f"/week/{entry.pk}/{end}")
        assert answer.status_code == 404
        assert b"Canary" not in answer.content
    for end in ("share/", "remove/", "moment/", f"moment/{one}/", "whole/"):
        assert client.post(f"/week/{entry.pk}/{end}", {}).status_code == 404
    missing = without_tokens(client.get(f"/week/{entry.pk}/"))
    assert missing == without_tokens(nowhere)


def test_the_list_costs_the_same_for_one_and_three_pages(
    cast, ana, django_assert_num_queries
):
    write(cast.ana, "One.", share=True)
    ana.get("/week/")
    with django_assert_num_queries(11):
        ana.get("/week/")
    for days in (7, 14):
        write(cast.ana, "More.", share=True, at=people.NOW - timedelta(days=days))
    with django_assert_num_queries(11):
        ana.get("/week/")


def test_a_week_costs_the_same_for_one_and_three_moments(
    cast, ana, django_assert_num_queries
):
    short, long = write(cast.ana, "One."), write(cast.ana, "A.", "B.", "C.")
    ana.get("/week/")
    for entry in (short, long):
        with django_assert_num_queries(9):
            ana.get(f"/week/{entry.pk}/")


def test_removed_pages_are_not_offered_to_readers(cast):
    entry = write(cast.ana, "One.", share=True)
    operations.remove_entry(entry=entry, by=cast.ana.member, at=people.NOW)

    page = cast.client("tomas").get(f"/courses/{cast.extra['ana'].pk}/shared/")

    assert "Nothing is shared with you" in text_of(page)


def test_an_empty_journal_says_whose_it_is_and_how_to_begin(cast, ana):
    page = text_of(ana.get("/week/"))

    assert "Your first week is still to come" in page
    assert "/week/new/" in page
    assert "Nothing was hard this week" in page


def test_a_page_of_the_running_week_is_gone_on_with(cast, ana):
    entry = write(cast.ana, "One.", at=people.NOW - timedelta(days=3))

    page = text_of(ana.get("/week/"))

    assert "1 hard moment noted so far." in page
    assert f"/week/{entry.pk}/moment/" in page


def test_marks_over_the_weeks_say_what_was_done_with_the_feeling(cast, ana):
    write(cast.ana, moment(did="burst_out"), at=people.NOW - timedelta(days=8))
    assert "What you did with the feeling" not in text_of(ana.get("/week/"))

    write(cast.ana, moment(did="said_it"), moment(did="kept_in"))
    page = text_of(ana.get("/week/"))

    marks = re.findall(r'mark-dot (\w+)"><span>([^<]+)<', page)
    assert marks == [
        ("clay", "it burst out"),
        ("teal", "said it calmly"),
        ("plum", "kept it in"),
    ]


def test_without_anybody_in_charge_a_page_stays_private(cast, ana):
    entry = write(cast.ana, "One.", share=True)
    CareRelationship.objects.filter(person=cast.ana).update(
        state="ended", ends_at=people.NOW
    )

    page = text_of(ana.get(f"/week/{entry.pk}/"))

    assert "Nobody is in charge of your therapy at the moment" in page


def test_a_form_that_arrived_before_with_other_words_keeps_both_in_sight(cast, ana):
    form = sent("First words.")
    ana.post("/week/new/", form)

    answer = ana.post("/week/new/", form | {"what_happened": "Other words."})

    assert answer.status_code == 409
    assert "This form was sent before" in text_of(answer)
    assert "Other words." in text_of(answer)
    assert moments_of(Entry.objects.get()) == ["First words."]


def test_two_moments_added_at_once_are_both_kept(cast, ana):
    entry = write(cast.ana, "One.")
    ana.post(f"/week/{entry.pk}/moment/", sent("Phone.", version="1"))

    late = ana.post(f"/week/{entry.pk}/moment/", sent("Desk.", version="1"))
    assert late.status_code == 409
    again = re.search(r'name="version" value="(\d+)"', text_of(late)).group(1)
    ana.post(f"/week/{entry.pk}/moment/", sent("Desk.", version=again))

    assert moments_of(entry) == ["One.", "Phone.", "Desk."]


def test_a_moment_that_is_not_there_has_no_pages(cast, ana):
    entry = write(cast.ana, "One.")

    for end in ("", "remove/"):
        answer = ana.get(f"/week/{entry.pk}/moment/{uuid4()}/{end}")
        assert answer.status_code == 404


def test_a_changed_moment_leads_back_to_its_week(cast, ana):
    entry = write(cast.ana, "One.")
    one = entry.content["moments"][0]["id"]

    answer = ana.post(
        f"/week/{entry.pk}/moment/{one}/", sent("Uno.", version="1", step="")
    )

    assert answer.headers["Location"] == f"/week/{entry.pk}/"


def test_another_week_from_the_same_form_is_not_thrown_away(cast, ana):
    goes_through_once_and_with_other_words_as_another(
        ana, "/week/new/", sent("One."), {"what_happened": "Two."}
    )

    assert sorted(moments_of(entry)[0] for entry in Entry.objects.all()) == [
        "One.",
        "Two.",
    ]


def test_the_first_step_sent_again_after_the_next_ones_changes_nothing(cast, ana):
    first = sent("One.")
    ana.post("/week/new/", first)
    entry = Entry.objects.get()
    ana.post(f"/week/{entry.pk}/moment/", sent("Two.", version="1"))

    assert ana.post("/week/new/", first).status_code == 302

    assert moments_of(entry) == ["One.", "Two."]


def test_another_moment_after_going_back_does_not_replace_the_one_before(cast, ana):
    ana.post("/week/new/", sent("One."))
    entry = Entry.objects.get()
    address = f"/week/{entry.pk}/moment/"
    more = sent("Two.", version="1")
    ana.post(address, more)

    came_back = ana.post(address, more | {"what_happened": "Three."})

    page = text_of(came_back)
    assert came_back.status_code == 409
    again = more | {
        "what_happened": "Three.",
        "submission_id": new_id_in(page),
        "version": re.search(r'name="version"[^>]* value="([^"]+)"', page)[1],
    }
    assert ana.post(address, again).status_code == 302
    assert moments_of(entry) == ["One.", "Two.", "Three."]
