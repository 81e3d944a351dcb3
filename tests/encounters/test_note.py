"""The note: draft, signed, added to; two people, and nothing is lost."""

import re
from datetime import timedelta

import pytest
from django.db import connection

from openipt.audit.models import AuditEvent
from openipt.core.errors import Refused, Stale
from openipt.encounters import operations
from openipt.encounters.models import Addendum, Encounter, Note, NoteVersion
from openipt.people import operations as people_operations
from openipt.people import queries as people_queries
from tests import people

from .page import address, appointment, text_of, typed

MINE = "She asked him. He listened."


@pytest.fixture
def held(cast):
    return appointment(cast.ana, 6)


@pytest.fixture
def client(cast):
    return cast.client("tomas")


@pytest.fixture
def colleague(cast):
    """Dr Roth joins the care team of Ana's course."""
    people_operations.open_care(
        person=cast.ana,
        member=cast.ines,
        course_id=cast.extra["ana"].pk,
        by=cast.ada,
        at=people.NOW,
    )
    return cast.client("ines")


def save(client, held, text, version, **more):
    form = {"text": text, "note_version": version} | more
    return client.post(address(held, "note/"), form)


def sign(client, held, text, version):
    form = {"text": text, "note_version": version, "without_link": "A quiet week."}
    return client.post(address(held, "sign/"), form)


def test_draft_is_kept_and_can_be_changed(client, held):
    first = save(client, held, "First words.", 0)
    second = save(client, held, MINE, 1)

    note = Note.objects.get()
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == address(held) + "#note"
    assert (note.text, note.version, note.signed_at) == (MINE, 2, None)
    assert NoteVersion.objects.get().text == "First words."
    assert typed(client, held)["text"] == MINE


def test_signed_note_is_fixed(client, held):
    save(client, held, "First words.", 0)
    assert sign(client, held, MINE, 1).status_code == 302

    page = text_of(client.get(address(held)))
    assert "Signed by Dr Tomas Lind" in page
    assert 'name="text"' not in page

    refused = save(client, held, "Other words.", 3)
    assert refused.status_code == 409
    assert Note.objects.get().text == MINE


def test_words_for_a_note_that_was_signed_meanwhile_can_be_added(
    client, held, colleague
):
    save(client, held, "First words.", 0)
    sign(colleague, held, "First words.", 1)

    response = save(client, held, "Words that came too late.", 1)
    page = text_of(response)
    form = typed(client, held)

    assert response.status_code == 409
    assert "signed meanwhile" in page
    assert "Words that came too late." in page
    assert form["addendum"] == "Words that came too late."
    assert client.post(address(held, "addendum/"), form).status_code == 302
    assert Addendum.objects.get().text == "Words that came too late."


def test_addendum_has_its_own_author_and_time(client, held, colleague, clock):
    sign(client, held, MINE, 0)
    clock.shift(timedelta(minutes=5))

    colleague.post(address(held, "addendum/"), {"addendum": "It was Friday."})

    page = text_of(client.get(address(held)))
    assert "It was Friday." in page
    assert "Added by Dr Ines Roth" in page
    assert Note.objects.get().text == MINE


def test_addendum_sent_twice_is_added_once(client, held):
    sign(client, held, MINE, 0)
    client.post(address(held, "addendum/"), {"addendum": "It was Friday."})
    client.post(address(held, "addendum/"), {"addendum": "It was Friday."})

    assert Addendum.objects.count() == 1


def test_nothing_is_added_to_a_draft(client, held):
    save(client, held, MINE, 0)

    response = client.post(address(held, "addendum/"), {"addendum": "More."})

    assert response.status_code == 403
    assert "once it is signed" in text_of(response)
    assert not Addendum.objects.exists()


def test_two_who_write_see_both_texts_and_lose_none(client, held, colleague):
    save(client, held, "Together we begin.", 0)
    save(colleague, held, "What Ines wrote.", 1)

    response = save(client, held, "What Tomas wrote.", 1)

    page = text_of(response)
    assert response.status_code == 409
    assert "What Tomas wrote." in page
    assert "What Ines wrote." in page
    assert "Together we begin." in page
    assert "What is kept, by Dr Ines Roth" in page
    assert Note.objects.get().text == "What Ines wrote."

    both = save(client, held, "What Ines wrote. What Tomas wrote.", 2)
    assert both.status_code == 302
    assert [v.text for v in NoteVersion.objects.order_by("version")] == [
        "Together we begin.",
        "What Ines wrote.",
    ]


def test_page_of_a_conflict_can_be_sent_again_as_it_is(client, held, colleague):
    save(colleague, held, "What Ines wrote.", 0)
    page = text_of(save(client, held, "What Tomas wrote.", 0))

    version = re.search(r'name="note_version" value="(\d+)"', page).group(1)
    assert save(client, held, "What Tomas wrote.", version).status_code == 302
    assert NoteVersion.objects.get().text == "What Ines wrote."


def test_conflict_survives_a_closed_tab(client, held, colleague):
    save(colleague, held, "What Ines wrote.", 0)
    save(client, held, "What Tomas wrote.", 0)

    form = typed(client, held)
    assert form["text"] == "What Tomas wrote."
    assert save(client, held, form["text"], form["note_version"]).status_code == 409


def test_first_drafts_of_two_do_not_overwrite(client, held, colleague):
    save(client, held, "Tomas was first.", 0)

    assert save(colleague, held, "Ines was second.", 0).status_code == 409
    assert Note.objects.get().text == "Tomas was first."


def test_same_text_sent_twice_is_one_version(client, held):
    save(client, held, MINE, 0)
    assert save(client, held, MINE, 0).status_code == 302

    assert Note.objects.get().version == 1
    assert not NoteVersion.objects.exists()


def test_signing_twice_signs_once(client, held, clock):
    sign(client, held, MINE, 0)
    signed_at = Note.objects.get().signed_at
    clock.shift(timedelta(minutes=1))

    assert sign(client, held, MINE, 0).status_code == 302
    assert Note.objects.get().signed_at == signed_at
    assert AuditEvent.objects.filter(action="encounters.note.signed").count() == 1


def test_session_to_come_is_prepared_but_not_signed(cast, client):
    coming = appointment(cast.ana, 7)

    assert save(client, coming, "Ask about the weekend.", 0).status_code == 302
    response = sign(client, coming, "Ask about the weekend.", 1)

    assert response.status_code == 422
    assert "not begun" in text_of(response)
    assert Note.objects.get().signed_at is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Write the note first."),
        ("  \n ", "Write the note first."),
        ("a\0b", "Null characters"),
        ("x" * 20_001, "20000"),
        ("x" * 1_000_000, "20000"),
    ],
    ids=["empty", "blank", "nul", "long", "huge"],
)
@pytest.mark.parametrize("act", ["note/", "sign/"])
def test_bad_text_gets_a_sentence_and_comes_back(client, held, act, text, words):
    response = client.post(address(held, act), {"text": text, "note_version": "0"})

    page = text_of(response)
    assert response.status_code == 422
    assert words in page
    assert text.strip() in page
    assert not Note.objects.exists()


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, None])
def test_bad_version_is_no_crash_and_overwrites_nothing(client, held, version):
    save(client, held, MINE, 0)
    form = {"text": "Other words."} | (
        {"note_version": version} if version is not None else {}
    )

    response = client.post(address(held, "note/"), form)

    assert response.status_code in {409, 422}
    assert "Other words." in text_of(response)
    assert Note.objects.get().text == MINE


def test_hostile_words_stay_words(client, held):
    hostile = "<script>alert(1)</script>\n\u202eevil\u202c 👩‍🚀 {{ 7*7 }} %s"
    save(client, held, hostile, 0)

    raw = client.get(address(held)).content.decode()
    assert "<script>alert" not in raw
    assert Note.objects.get().text == hostile


@pytest.mark.parametrize("who", ["sofia", "ines", "max", "ana", "omar"])
def test_only_the_care_team_writes(cast, client, held, who):
    save(client, held, MINE, 0)
    other = cast.client(who)

    for act in ("note/", "sign/"):
        form = {"text": "Theirs.", "note_version": "1"}
        assert other.post(address(held, act), form).status_code == 404
    assert other.post(address(held, "addendum/"), {"addendum": "x"}).status_code == 404
    assert Note.objects.get().text == MINE


def test_operation_refuses_whoever_has_no_care(cast, client, held):
    save(client, held, MINE, 0)
    encounter = Encounter.objects.get()

    for by in (cast.ines, cast.sofia):
        with pytest.raises(Refused):
            operations.save_note(
                encounter=encounter, text="x", version=1, by=by, at=people.NOW
            )
    with pytest.raises(Stale):
        operations.save_note(
            encounter=encounter, text="x", version=9, by=cast.tomas, at=people.NOW
        )


def test_expired_session_keeps_the_note(cast, client, held, clock):
    client.get(address(held))
    clock.shift(timedelta(hours=1))

    response = save(
        client, held, MINE, 0, draft_key=f"session:{held.pk}", new_tasks="Call her."
    )
    again = cast.client("tomas")
    form = typed(again, held)

    assert response["Location"].startswith("/accounts/login/")
    assert not Note.objects.exists()
    assert (form["text"], form["new_tasks"]) == (MINE, "Call her.")
    assert save(again, held, form["text"], form["note_version"]).status_code == 302


def test_whatever_button_is_pressed_the_rest_is_kept(cast, client, held):
    form = typed(client, held) | {"text": MINE, "new_tasks": "Call her."}
    client.post(address(held, "attendance/"), form | {"state": "attended"})

    kept = typed(client, held)
    assert (kept["text"], kept["new_tasks"]) == (MINE, "Call her.")

    client.post(address(held, "tasks/"), kept)
    kept = typed(client, held)
    assert (kept["text"], kept["new_tasks"]) == (MINE, "")

    client.post(address(held, "note/"), kept)
    assert Note.objects.get().text == MINE
    assert people_queries.draft_of(cast.tomas, f"session:{held.pk}") is None


def test_note_that_came_along_unread_is_not_kept_against_a_colleagues(
    cast, client, held, colleague
):
    """Tomas clicks attendance with an old note on his page; he typed nothing."""
    save(client, held, "Old words.", 0)
    form = typed(client, held)
    save(colleague, held, "New words.", 1)

    client.post(address(held, "attendance/"), form | {"state": "attended"})

    assert typed(client, held)["text"] == "New words."


def test_words_of_a_note_are_sealed(client, held):
    save(client, held, "canary of a note", 0)
    save(client, held, "canary two", 1)

    with connection.cursor() as cursor:
        for table in ("encounters_note", "encounters_noteversion"):
            cursor.execute(f"SELECT text FROM {table}")
            assert all(b"canary" not in bytes(row[0]) for row in cursor.fetchall())
    assert "canary" not in str(list(AuditEvent.objects.values()))
