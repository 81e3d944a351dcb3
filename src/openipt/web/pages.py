"""How pages are made: the Jinja2 environment and what every page knows."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms.renderers import Jinja2 as Jinja2Renderer
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import (
    get_language,
    get_language_info,
    gettext,
    ngettext,
    npgettext,
    pgettext,
)
from jinja2 import Environment, StrictUndefined, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from . import dates, numbers
from .clock import now
from .markup import Page, filled
from .routing import address, address_of
from .sentences import said


class FormRenderer(Jinja2Renderer):
    """Renders widgets by Django's own Jinja2 templates."""


def url(name: str, *args: Any, **named: Any) -> str:
    """Return the address of a view by its name."""
    if not args and not named:
        return address(name)
    return reverse(name, args=args or None, kwargs=named or None)


@lru_cache(maxsize=1024)
def static(name: str) -> str:
    """Return the address of a file that comes with the program: the same until it ends."""
    return staticfiles_storage.url(name)


@pass_eval_context
def in_language(around: EvalContext, text: str, /, **values: object) -> str:
    """Return a text in the reader's language with its values, as the extension would.

    Its own `_` goes through two more look-ups for each of a page's hundreds of texts, and
    a list says the same words in each of its rows.
    """
    language = get_language() or "en"
    if not values:
        return _plain(text, language, marked=around.autoescape)
    return filled(_open(text, language, marked=around.autoescape), values)


class Once(dict[Any, Any]):
    """What a function or a macro says of a value, made once for each: for a long list.

    `once(act)[value]` is found four times as fast as a page calls anything. It lasts as
    long as the page. What is markup is equal to the same text that is none: such a value
    is never kept, and must not stand within one.
    """

    def __init__(self, act: Callable[[Any], Any]) -> None:
        super().__init__()
        self._act = act

    def __missing__(self, value: Any) -> Any:
        made = self._act(value)
        if not isinstance(value, Markup):
            self[value] = made
        return made


@lru_cache(maxsize=8192)
def _plain(text: str, language: str, *, marked: bool) -> str:
    """Return a text without values in the language, which is the active one."""
    return _open(text, language, marked=marked) % {}


@lru_cache(maxsize=8192)
def _open(text: str, language: str, *, marked: bool) -> str:
    """Return a text whose values are still open; markup escapes them."""
    said = gettext(text)
    return Markup(said) if marked else said  # noqa: S704 -- a text of ours


def environment(**options: Any) -> Environment:
    """Return the environment of all our templates: autoescape on, unknown names refused."""
    options["undefined"] = StrictUndefined
    options["trim_blocks"] = options["lstrip_blocks"] = True
    made = Environment(**options, extensions=["jinja2.ext.i18n"])  # noqa: S701 -- Django's backend sets autoescape in options
    made.template_class = Page
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        gettext=gettext,
        ngettext=ngettext,
        pgettext=pgettext,
        npgettext=npgettext,
        newstyle=True,
    )
    made.globals.update(
        _=in_language,
        once=Once,
        dates=dates,
        url=url,
        address_of=address_of,
        static=static,
        now=now,
    )
    made.filters.update(
        day=dates.day,
        short_day=dates.short_day,
        day_month=dates.day_month,
        clock=dates.clock,
        moment=dates.moment,
        weekday=dates.weekday,
        weekday_clock=dates.weekday_clock,
        iso=datetime.isoformat,
        said=said,
        decimal=numbers.decimal,
        signed=numbers.signed,
        ago=lambda value: dates.ago(value, at=now()),
    )
    return made


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Return what base pages need whatever they show; costs no query."""
    language = get_language() or "en"
    return {
        "demo": settings.OPENIPT_DEMO,
        # The pseudo-languages are none that a browser knows: they read as English.
        "language": "en" if language.startswith("xx-") else language,
        "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
        "toasts": [
            (message.level_tag, str(message)) for message in get_messages(request)
        ]
        if hasattr(request, "_messages")
        else [],
    }
