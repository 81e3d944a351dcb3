"""Bad input gets a sentence; nothing is lost, nothing is half done."""

import pytest
from django.db import connection

from openipt.courses.models import Course
from openipt.people import queries as people_queries
from openipt.people.models import Person

from .starting import START, filled, text_of

HOSTILE = "<script>alert(1)</script> \u202eevil\u202c 👩‍🚀 {{ 7*7 }} %s '\";--"
LONG = "x" * 1_000_000


@pytest.fixture
def client(cast):
    return cast.client("ines")


def nothing_was_made(cast):
    return not (
        Course.objects.filter(therapist=cast.ines).exists()
        or Person.objects.filter(created_by=cast.ines).exists()
    )


def test_empty_form_says_what_is_missing(cast, client):
    response = client.post(START, {})

    page = text_of(response)
    assert response.status_code == 422
    assert "need another look" in page
    assert nothing_was_made(cast)


@pytest.mark.parametrize(
    "missing",
    ["name", "country", "condition", "variant_id", "sessions", "first_on", "wall_time",
     "minutes", "submission_id"],
)  # fmt: skip
def test_each_needed_field_is_asked_for(cast, client, missing):
    response = client.post(START, filled(**{missing: ""}))

    assert response.status_code == 422
    assert nothing_was_made(cast)


def test_known_person_must_be_chosen(cast):
    response = cast.client("tomas").post(START, filled(who="known"))

    assert response.status_code == 422
    assert "Choose the person." in text_of(response)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("submission_id", "not-a-uuid"),
        ("who", "everybody"),
        ("name", "\u202e\u202c"),
        ("name", "---"),
        ("name", "a\0b"),
        ("name", "x" * 121),
        ("name", LONG),
        ("called", "x" * 61),
        ("born_on", "yesterday"),
        ("born_on", "2026-11-23"),
        ("born_on", "1850-01-01"),
        ("phone", "0" * 41),
        ("country", "XQ"),
        ("condition", "happiness"),
        ("variant_id", "ipt_individual_mars"),
        ("sessions", "sixteen"),
        ("sessions", "16.5"),
        ("sessions", "\u0661\u0666\u0661"),
        ("minutes", "9"),
        ("minutes", "241"),
        ("minutes", "an hour"),
        ("first_on", "1.12.2026x"),
        ("first_on", "2026-02-30"),
        ("first_on", "2026-10-24"),
        ("first_on", "2028-01-01"),
        ("first_on", "0001-01-01"),
        ("wall_time", "25:00"),
        ("wall_time", "five"),
        ("missing_rule", "x" * 1001),
        ("missing_rule", LONG),
        ("missing_rule", "a\0b"),
    ],
    ids=lambda value: (
        str(value)[:24].encode("unicode_escape").decode().replace("\\", "")
    ),
)
def test_bad_value_is_refused_and_the_rest_stays(cast, client, field, value):
    response = client.post(START, filled(**{field: value}))

    page = text_of(response)
    assert response.status_code == 422
    assert "need another look" in page or "needs another look" in page
    if field != "name":
        assert 'value="Clara Moss"' in page
    if field != "missing_rule":
        assert "It still counts." in page
    assert nothing_was_made(cast)


def test_too_long_text_comes_back_whole(client):
    response = client.post(START, filled(missing_rule=LONG))

    assert LONG in text_of(response)


def test_hostile_words_are_kept_and_shown_as_words(cast, client):
    response = client.post(START, filled(name=HOSTILE, missing_rule=HOSTILE))
    page = text_of(client.get(response["Location"]))

    person = Person.objects.get(created_by=cast.ines)
    assert "👩‍🚀" in person.name
    assert "\u202e" not in person.name
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "49" not in person.name


def test_first_session_may_lie_four_weeks_back(cast, client):
    assert client.post(START, filled(first_on="2026-10-25")).status_code == 302


def test_name_to_call_defaults_to_the_first_one(cast, client):
    client.post(START, filled(called=""))

    assert Person.objects.get(created_by=cast.ines).called == "Clara"


def test_names_are_sealed_in_the_tables(cast, client):
    client.post(START, filled())

    with connection.cursor() as cursor:
        cursor.execute("SELECT name, called, phone FROM people_person")
        for row in cursor.fetchall():
            assert all(b"Clara" not in bytes(value) for value in row if value)


def test_expired_session_keeps_the_form(cast, client, clock):
    client.get(START)
    clock.shift(60 * 60)

    response = client.post(
        START, filled(), headers={"referer": "http://testserver" + START}
    )

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
    assert nothing_was_made(cast)
    kept = people_queries.draft_of(cast.ines, "start-course")
    assert kept["name"] == "Clara Moss"
