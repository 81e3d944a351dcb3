"""Our way of escaping says what the library's own says, of everything a page may hold."""

from decimal import Decimal
from uuid import UUID

import markupsafe
import pytest
from django.template import engines
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy
from jinja2 import StrictUndefined, UndefinedError
from markupsafe import Markup

from openipt.people.models import Member
from openipt.web.markup import escape, filled


class Loud(str):
    __slots__ = ()


class Shown(Markup):
    __slots__ = ()


class Sly(int):
    def __str__(self):
        return "<b>"


class Own:
    def __html__(self):
        return "<i>own</i>"


VALUES = [
    "<b> & \"both\" 'quotes'",
    "",
    Markup("<b>bold</b>"),
    Loud("<b>"),
    Shown("<b>"),
    Own(),
    SimpleLazyObject(lambda: "<b>"),
    gettext_lazy("Today"),
    7,
    -1,
    Sly(7),
    2.5,
    Decimal("2.5"),
    True,
    None,
    UUID(int=5),
    ("<", ">"),
    Member.State.ACTIVE,
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_it_is_what_the_library_says(value):
    expected = markupsafe.escape(value)
    assert str(escape(value)) == str(expected)
    page = engines["jinja2"].from_string("{{ one }}")
    assert page.render({"one": value}) == expected
    through_a_macro = engines["jinja2"].from_string(
        "{% macro m(x) %}<p>{{ x }}</p>{% endmacro %}{{ m(one) }}"
    )
    assert through_a_macro.render({"one": value}) == f"<p>{expected}</p>"


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_text_is_filled_as_the_library_fills_it(value):
    open_text = Markup("<p>%(one)s</p>")
    found = filled(open_text, {"one": value})
    assert found == open_text % {"one": value}
    assert type(found) is Markup
    assert filled("<p>%(one)s</p>", {"one": value}) == f"<p>{value}</p>"
    said = engines["jinja2"].from_string('{{ _("<p>%(one)s</p>", one=one) }}')
    assert said.render({"one": value}) == found


@pytest.mark.parametrize("text", ["%(one)d of 9", "%(one).1f", "%(one)03d"])
def test_a_number_is_written_as_the_text_says(text):
    assert filled(Markup(text), {"one": 7}) == Markup(text) % {"one": 7}


def test_what_is_not_known_is_refused():
    with pytest.raises(UndefinedError):
        escape(StrictUndefined(name="one"))
    with pytest.raises(UndefinedError):
        engines["jinja2"].from_string("{{ one }}").render({})
