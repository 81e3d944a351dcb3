"""How heavy a page of the person is for a phone that has nothing of it yet."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.urls import reverse

from bench import cast as casting
from bench.pages import PAGES_OF_THE_PERSON
from bench.weight import first_load
from openipt.cli.simulate import filling
from openipt.people.models import Person
from tests import people

NOW = datetime(2026, 11, 22, 13, tzinfo=UTC)
MOST = 60_000
"""Bytes, compressed, without fonts."""


def static_file(address):
    return Path(finders.find(address.removeprefix("/static/"))).read_bytes()


def test_no_page_of_the_person_is_heavy(db):
    with time_machine.travel(NOW, tick=False):
        filling.fill(wanted=1, seed=1, at=NOW.replace(hour=0), tell=lambda _made: None)
        cast = casting.Cast(small=None, large=None, person=Person.objects.get())
        casting.begin_answering(cast, NOW)
        casting.fill_life(cast.person, NOW)
        client = people.signed_in(cast.person.member)
        values = cast.arguments(NOW)
        heavy = {}
        for name, takes in PAGES_OF_THE_PERSON.items():
            page = client.get(
                reverse(name, args=[values[word] for word in takes]),
                headers={"Accept-Encoding": "gzip"},
            )
            content = gzip.decompress(page.content).decode()
            sizes = first_load(content, len(page.content), static_file)
            heavy[name] = sum(sizes.values())

    assert len(sizes) > 10
    assert {name: size for name, size in heavy.items() if size > MOST} == {}


def test_what_a_style_and_a_module_name_is_counted_and_a_font_is_not():
    files = {
        "/static/a/css/page.css": b"@font-face{src:url('../f.woff2')} b{background:url(../p.svg)}",
        "/static/a/p.svg": b"<svg/>",
        "/static/a/js/start.js": b'import { One } from "./one.js";',
        "/static/a/js/one.js": b"export class One {}",
    }
    page = (
        '<link rel="stylesheet" href="/static/a/css/page.css">'
        '<script src="/static/a/js/start.js" type="module"></script>'
    )

    assert first_load(page, len(page), files.__getitem__).keys() == {"the page", *files}


@pytest.mark.parametrize("kind", ["bound", "goal"])
def test_a_line_says_whether_it_is_met(kind):
    from bench.table import Line

    near, far = (9.0, 16.0) if kind == "bound" else (7.0, 9.0)
    line = {"what": "a page", "shown": "", "bound": 15, "goal": 8}

    assert Line(value=near, **line).verdict == ("met" if kind == "bound" else "goal")
    assert Line(value=far, **line).verdict == ("MISSED" if kind == "bound" else "met")
