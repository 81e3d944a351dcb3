"""A session that ends while somebody types costs no sentence."""

import re

import pytest

from tests import people

from .signing_in import Visitor
from .test_sessions import HOUR
from .walk import TABLE

WORDS = "A long thought that took an hour"
KEY = re.compile(r'name="draft_key" value="([^"]+)"')

# Address of the form -> who types, the page it stands on, the field and the rest of it.
LONG_FORMS = {
    "encounters:note": ("tomas", "/sessions/{appointment}/", "note/", "text"),
    "practice:start-week": ("ana", "/week/new/", "", "what_happened"),
    "courses:start": ("tomas", "/courses/start/", "", "missing_rule"),
    "practice:task": ("ana", "/tasks/{task}/", "", "what_happened"),
    "practice:whole-week": ("ana", "/week/{entry}/whole/", "", "how_was_week"),
    "home:alert-close": ("tomas", "/alerts/{alert}/", "close/", "close-outcome"),
}


@pytest.mark.parametrize("name", LONG_FORMS)
def test_what_was_typed_is_there_after_signing_in_again(world, clock, name):
    actor, page, to, field = LONG_FORMS[name]
    ids = {
        kind: keys.get("ana/draft", keys.get("ana"))
        for kind, keys in world.objects.items()
    }
    page = page.format(**{k: v for k, v in ids.items() if v is not None})
    member = world.actors[actor]
    people.give_second_factor(member)
    came = Visitor(member.account.email)
    came.sign_in()
    for earlier in TABLE[name].after:
        row = TABLE[earlier]
        step = earlier.rpartition("-")[2]
        came.send(page, row.filled(world, actor), to=f"{page}{step}/")
    shown = came.open(page).content.decode()
    typed = TABLE[name].filled(world, actor) | {
        field: WORDS,
        "draft_key": KEY.search(shown).group(1),
        "csrfmiddlewaretoken": re.search(
            r'csrfmiddlewaretoken" value="(\w+)"', shown
        ).group(1),
    }

    clock.shift(HOUR)
    answer = came.client.post(
        f"{page}{to}", typed, headers={"Referer": f"http://testserver{page}"}
    )
    assert answer["Location"] == f"/accounts/login/?next={page}"
    said = came.open(answer["Location"]).content.decode()
    assert "What you typed is kept" in said
    assert WORDS not in said

    back = came.sign_in(answer["Location"])["Location"]

    assert back == page
    assert WORDS in came.open(page).content.decode()


def test_words_typed_in_a_session_that_ended_are_for_their_author_alone(world, clock):
    came = Visitor(world.cast.ana.member.account.email)
    came.sign_in()
    clock.shift(HOUR)
    came.client.handler.enforce_csrf_checks = False
    came.client.post("/week/new/", {"draft_key": "week:new", "what_happened": WORDS})

    other = Visitor(world.cast.bea.member.account.email)
    other.client.cookies = came.client.cookies
    other.sign_in()

    assert WORDS not in other.open("/week/new/").content.decode()
