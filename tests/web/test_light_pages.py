"""Which answers are compressed: a person's own pages, asked for without any words."""

import gzip

import pytest

from tests import people

ASKED = {"Accept-Encoding": "gzip, br"}


@pytest.fixture
def cast(db):
    return people.gather_with_courses()


def test_a_persons_page_is_compressed_for_a_browser_that_asks(cast):
    client = cast.client("ana")
    answer = client.get("/my/account/", headers=ASKED)

    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    assert gzip.decompress(answer.content).decode().startswith("<!doctype html>")
    assert "Content-Encoding" not in client.get("/my/account/")


@pytest.mark.parametrize(
    ("who", "method", "path"),
    [
        ("ana", "get", "/my/account/?beside=words"),
        ("ana", "post", "/measures/phq9/"),
        ("ana", "get", "/nowhere/"),
        ("tomas", "get", "/caseload/"),
    ],
)
def test_nothing_is_compressed_that_could_hold_words_of_somebody_else(
    cast, who, method, path
):
    answer = getattr(cast.client(who), method)(path, headers=ASKED)

    assert "Content-Encoding" not in answer
