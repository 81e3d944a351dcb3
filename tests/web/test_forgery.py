"""A form whose token does not fit: nothing is done, and what was written is given back."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

WROTE = {"note": "He came back <late>.", "password": "not to be shown", "n": "12"}


def send(origin):
    client = Client(enforce_csrf_checks=True)
    return client.post("/accounts/login/", WROTE, headers={"Origin": origin})


def test_what_was_written_is_given_back_to_a_page_of_ours():
    answer = send("http://testserver")
    page = answer.content.decode()

    assert answer.status_code == 403
    assert "He came back &lt;late&gt;.</textarea>" in page
    assert "not to be shown" not in page


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_another_site_cannot_put_words_on_our_screen(origin):
    answer = send(origin)

    assert answer.status_code == 403
    assert "He came back" not in answer.content.decode()
