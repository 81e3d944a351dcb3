"""Every form of the table goes through, knows its fields, and asks for its token."""

from fnmatch import fnmatchcase

import pytest
from django.test import Client

from . import sending
from .sending import FORMS, WHOLE_FORMS, Sender, path_of, sender_of
from .walk import TABLE
from .walking import ALWAYS_WRITTEN, undone, writing
from .world import ACTORS

pytestmark = pytest.mark.django_db

SEARCHES = {"home:caseload", "home:supervision"}
"""Forms that only look for something; sent by POST so that names reach no address."""


@pytest.mark.parametrize("name", WHOLE_FORMS)
def test_a_form_of_the_table_goes_through_and_is_kept(standing, name):
    row = TABLE[name]
    sender = Sender(standing, row)
    with undone(), writing() as written:
        answer = sender.send()

    assert answer.status_code == row.sent
    assert not answer.headers.get("Location", "").startswith("/accounts/login/?")
    assert bool(written - {"audit_auditevent"}) or name in SEARCHES


@pytest.mark.walk
def test_every_field_that_a_page_shows_is_in_the_table(standing):
    shown = {}
    for actor in ACTORS:
        for name, answer in sending.answers(standing, actor, ["GET"]):
            for address, fields in sending.forms_in(answer):
                shown.setdefault(address, set()).update(fields)
                assert address in TABLE, f"{name} posts to {address}"

    known = {name: {*(TABLE[name].form or ()), *TABLE[name].fields} for name in shown}
    missing = {
        name: {
            field
            for field in shown[name]
            if not any(fnmatchcase(field, one) for one in known[name])
        }
        for name in shown
    }
    lines = [f"{name}: {sorted(more)}" for name, more in missing.items() if more]
    assert not lines, "\n".join(lines)


@pytest.mark.walk
@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("token", ["", "x" * 64], ids=["none", "foreign"])
def test_no_form_is_taken_without_the_token_of_a_page(standing, name, token):
    row = TABLE[name]
    actor = sender_of(row)
    client = standing.client(actor)
    client.handler = Client(enforce_csrf_checks=True).handler
    typed = row.filled(standing, actor) | {"csrfmiddlewaretoken": token}

    with undone(), writing() as written:
        answer = client.post(path_of(standing, sending.ADDRESSES[name], row.on), typed)

    assert answer.status_code == 403
    assert written <= ALWAYS_WRITTEN
