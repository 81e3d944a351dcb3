"""Templates that escape as any others do, in fewer steps.

What a page is made of is mostly markup already: the words of `_`, what a macro gives. The
library makes it anew each time that it passes through, which is a tenth of a long page.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from jinja2 import Template
from markupsafe import Markup
from markupsafe import escape as escape_anything

_PLAIN = frozenset({int, float, UUID})
"""Kinds whose text is letters, digits, points and dashes. A kind derived from one is none of them."""
_NUMBERS = frozenset({int, float})
"""They stay as they are where they fill a text: it may say how they are written."""


def escape(value: Any, /) -> str:
    """Return what may stand in a page: markup as it is, everything else escaped."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]  # it is markup
    if kind is str:  # as the library does it, without making markup of it
        text: str = (
            value.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("'", "&#39;")
            .replace('"', "&#34;")
        )
        return text
    if kind in _PLAIN:
        return str(value)
    return escape_anything(value)


def filled(text: str, values: Mapping[str, object]) -> str:
    """Return a text with its values, `%(name)s` each; in markup they are escaped."""
    if type(text) is Markup:
        safe = {
            name: value if type(value) in _NUMBERS else escape(value)
            for name, value in values.items()
        }
        return Markup(str.__mod__(text, safe))  # noqa: S704 -- every value was escaped
    return text % values


class Page(Template):
    """A compiled template that escapes by the function above."""

    @classmethod
    def from_code(cls, *args: Any, **named: Any) -> Template:
        made = super().from_code(*args, **named)
        made.root_render_func.__globals__["escape"] = escape
        return made
