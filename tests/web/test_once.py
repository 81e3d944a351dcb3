"""What many rows of a list say is made once."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.template import engines
from django.utils import timezone, translation
from markupsafe import Markup, escape

from openipt.web import dates
from openipt.web.pages import Once


def test_it_is_made_once_for_each_value():
    made = []
    twice = Once(lambda value: made.append(value) or value * 2)

    assert [twice[value] for value in (2, 3, 2, 2, 3)] == [4, 6, 4, 4, 6]
    assert made == [2, 3]


def test_a_page_says_by_it_what_a_macro_says():
    page = engines["jinja2"].from_string(
        "{% macro say(x) %}<b>{{ x }}</b>{% endmacro %}"
        "{% set said = once(say) %}{% for x in xs %}{{ said[x] }}{% endfor %}"
    )

    assert page.render({"xs": ["a", "<i>", "a"]}) == "<b>a</b><b>&lt;i&gt;</b><b>a</b>"
    assert isinstance(Once(Markup)["<b>"], Markup)


@pytest.mark.parametrize("first", ["markup", "text"])
def test_markup_and_the_same_text_are_told_apart(first):
    said = Once(lambda value: str(escape(value)))
    values = {"markup": Markup("<b>"), "text": "<b>"}

    for name in (first, *values):
        found = said[values[name]]
        assert found == "&lt;b&gt;" or (name, first) == ("markup", "markup")
    assert said["<b>"] == "&lt;b&gt;"


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_weekday_and_an_hour_say_what_both_say_together(language):
    zone = ZoneInfo("Europe/Berlin")
    at = datetime(2026, 11, 26, 9, 5, tzinfo=zone)

    with translation.override(language), timezone.override(zone):
        apart = f"{dates.short_weekday(date(2026, 11, 26))} {dates.clock(time(9, 5))}"
        assert dates.weekday_clock(at) == apart
    assert language == "de" or apart == "Thu 09:05"
