"""What a person keeps to themselves leaves no trace on any page of the staff."""

import os
import random

import pytest

from openipt.core.ids import repeatable_ids
from openipt.people.models import ChangeCount
from openipt.practice.models import Entry
from tests import people

from . import sending
from .table import expected
from .walk import TABLE
from .walking import Browser, undone

pytestmark = [pytest.mark.walk, pytest.mark.django_db]

STAFF = ("tomas", "ines", "sofia", "max", "ada", "omar", "mia", "former")
OPEN_AT_LEAST = {"tomas": 60, "sofia": 25, "ada": 30, "max": 10}
"""The pages looked at are all there are, not a list that somebody forgot to go on with."""
DICE = random.Random()
TOMORROW = int(people.NOW.timestamp() + 86_400) * 1000
SECRET = "nobodyreadsthis"
MOMENT = {
    "what_happened": SECRET,
    "with_whom": SECRET,
    "did": "kept_in",
    "step": "",
}


@pytest.fixture(autouse=True)
def same_dice(monkeypatch):
    """Let tokens, codes and challenges fall the same each time a page is asked for.

    So nothing need be left out of the comparison: it is byte by byte.
    """
    monkeypatch.setattr(random, "_urandom", DICE.randbytes)
    monkeypatch.setattr(os, "urandom", DICE.randbytes)


@pytest.mark.parametrize("actor", STAFF)
def test_no_page_of_the_staff_changes_by_what_is_kept_private(standing, actor):
    with undone():
        browser = Browser(standing, actor)
        before = seen(browser)
        assert len(before) >= OPEN_AT_LEAST.get(actor, 0)
        numbers = counts()
        ana = standing.client("ana")
        for acts in ((write, change, say_how_it_was), (remove,)):
            for act in acts:
                act(ana)
                assert counts() == numbers, act.__name__
            assert changed(before, seen(browser)) == [], acts


def test_a_page_changes_by_what_is_shared(standing):
    """Else the test above would see nothing whatever happened."""
    with undone():
        browser = Browser(standing, "tomas")
        before, numbers = seen(browser), counts()
        ana = standing.client("ana")
        write(ana)
        share(ana, standing.cast.tomas)

        found = changed(before, seen(browser))

        assert "practice:shared-pages of ana" in found
        assert "encounters:session of ana" in found
        assert "people:pulse of any" in found
        assert counts() != numbers


def write(ana):
    sent = {**MOMENT, "submission_id": "0190a0a0-0000-7000-8000-000000000001"}
    done(ana.post("/week/new/", sent))


def change(ana):
    entry = newest()
    moment = entry.content["moments"][0]["id"]
    sent = {**MOMENT, "feeling": SECRET, "version": entry.version}
    done(ana.post(f"/week/{entry.pk}/moment/{moment}/", sent))


def say_how_it_was(ana):
    entry = newest()
    sent = {
        "how_was_week": SECRET,
        "happened_on": "2026-11-21",
        "version": entry.version,
    }
    done(ana.post(f"/week/{entry.pk}/whole/", sent))


def remove(ana):
    done(ana.post(f"/week/{newest().pk}/remove/"))


def share(ana, reader):
    done(ana.post(f"/week/{newest().pk}/share/", {"readers": [str(reader.pk)]}))


def done(answer):
    assert answer.status_code == 302, answer.content.decode()


def newest():
    return Entry.objects.order_by("-created_at", "-pk")[0]


def counts():
    """Return how often the pages of each member of the staff have changed."""
    rows = ChangeCount.objects.filter(member__person=None)
    return dict(rows.values_list("member_id", "n"))


def seen(browser):
    """Return every answer that somebody of the staff gets, by address and object.

    To the one who treats her also those to the forms: what comes back must not tell
    either.
    """
    world, actor, found = browser.world, browser.actor, {}
    for name, address in sending.ADDRESSES.items():
        row = TABLE[name]
        for key in world.keys(address.arguments) if address.arguments else ["any"]:
            for method in row.methods if actor == "tomas" else {"GET"} & {*row.methods}:
                if expected(row, world, actor, key, method) == "open":
                    form = row.filled(world, actor)
                    DICE.seed(7)
                    with repeatable_ids(7, TOMORROW):
                        answer = browser.ask(address, method, key, form)
                    found[f"{name} of {key}", method] = told(answer)
    return found


def told(answer):
    place = answer.headers.get("Location", "")
    return answer.status, place, answer.text


def changed(before, after):
    assert before.keys() == after.keys()
    return [asked[0] for asked in before if before[asked] != after[asked]]
