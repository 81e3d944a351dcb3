"""The process note: its author alone finds it."""

from datetime import timedelta

import pytest

from openipt.encounters.models import ProcessNote, ProcessNoteVersion
from openipt.people import operations as people_operations
from openipt.people.models import CareRelationship
from tests import people

from .page import address, appointment, text_of

SECRET = "I hurried past her silence"


@pytest.fixture
def where(cast):
    return address(appointment(cast.ana, 6), "process-note/")


@pytest.fixture
def author(cast):
    return cast.client("tomas")


def keep(client, where, text=SECRET, version=0):
    return client.post(where, {"text": text, "version": version})


def test_its_author_reads_it_and_the_page_says_who_else_does_not(author, where):
    assert keep(author, where).status_code == 302

    page = text_of(author.get(where))
    assert SECRET in page
    assert "Only you read this" in page
    assert "your service decides" in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("ines", 200), ("sofia", 404), ("ada", 404), ("max", 404), ("ana", 404)],
)
def test_nobody_else_finds_it_not_even_a_colleague_on_the_course(
    cast, author, where, who, status
):
    people_operations.open_care(
        person=cast.ana, member=cast.ines, course_id=cast.extra["ana"].pk,
        by=cast.ada, at=people.NOW,
    )  # fmt: skip
    keep(author, where)

    answer = cast.client(who).get(where)

    assert answer.status_code == status
    assert SECRET not in text_of(answer)


def test_a_colleague_writes_a_note_of_their_own(cast, author, where):
    people_operations.open_care(
        person=cast.ana, member=cast.ines, course_id=cast.extra["ana"].pk,
        by=cast.ada, at=people.NOW,
    )  # fmt: skip
    keep(author, where)
    keep(cast.client("ines"), where, "Mine")

    assert {n.text for n in ProcessNote.objects.all()} == {SECRET, "Mine"}
    assert "Mine" not in text_of(author.get(where))


def test_two_windows_lose_nothing(author, where):
    keep(author, where)

    late = keep(author, where, "From the other window")
    mended = keep(author, where, "Both", 1)

    assert late.status_code == 409
    assert SECRET in text_of(late)
    assert "From the other window" in text_of(late)
    assert mended.status_code == 302
    assert ProcessNoteVersion.objects.get().text == SECRET


def test_it_closes_with_the_care(cast, author, where):
    keep(author, where)
    care = CareRelationship.objects.get(course_id=cast.extra["ana"].pk)
    people_operations.end_care(
        care=care, reason="moved", by=cast.ada, at=people.NOW - timedelta(minutes=1)
    )

    assert author.get(where).status_code == 404


def test_the_person_does_not_take_it_away(cast, author, where):
    keep(author, where)

    taken = cast.client("ana").post("/my/data/json/", {})

    assert taken.status_code == 200
    assert SECRET not in taken.content.decode()
