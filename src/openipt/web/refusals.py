"""Turns what went wrong into a page that helps; one place for all of it."""

import sys
from collections.abc import Sequence
from http import HTTPStatus

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.utils.html import escape
from django.utils.translation import gettext as _

from openipt.core.errors import DataProblem, Invalid, Missing, Refused, Stale
from openipt.sql import renewing

STATUS: dict[type[Exception], HTTPStatus] = {
    Refused: HTTPStatus.FORBIDDEN,
    Missing: HTTPStatus.NOT_FOUND,
    Stale: HTTPStatus.CONFLICT,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
}


def page(
    request: HttpRequest,
    status: int,
    sentence: str = "",
    *,
    typed: Sequence[str] = (),
    name: str = "",
) -> HttpResponse:
    """Return the error page of a status with the sentence that explains it.

    `typed` is what somebody wrote and this answer did not take: it is given back. `name` is
    that of a page of its own, where a status has several.
    """
    context = {"sentence": sentence, "status": status, "typed": typed}
    template = f"web/errors/{name or status}.html"
    try:
        return render(request, template, context, status=status)
    except (TemplateDoesNotExist, DatabaseError):
        return bare_page(status, typed=typed)


def bare_page(status: int, *, typed: Sequence[str] = ()) -> HttpResponse:
    """Return a page that needs neither templates nor database, so that it always works."""
    words = "".join(
        f"<p><label>What you wrote; copy it before you leave this page<br>"
        f"<textarea rows=6 readonly>{escape(text)}</textarea></label></p>"
        for text in typed
    )
    body = (
        "<!doctype html><html lang=en><meta charset=utf-8>"
        "<meta name=viewport content='width=device-width'><title>OpenIPT</title>"
        "<h1>This page cannot be shown right now</h1>"
        "<p>What you had saved is safe. Please try again in a minute.</p>"
        "<p>If you are in danger now, call your country's emergency number. "
        f"<a href='/help/'>Need help now?</a></p>{words}"
    )
    return HttpResponse(body, status=status)


def refused(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """Answer what was refused with its reason; what was typed comes back to be copied.

    Not on a 404, which looks the same whatever was asked for.
    """
    if status == HTTPStatus.NOT_FOUND:
        return page(request, status)
    return page(request, status, sentence, typed=words_back(request))


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404: unknown and not-yours look the same, down to the last byte."""
    return page(request, HTTPStatus.NOT_FOUND)


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403 for what Django itself refuses."""
    return page(request, HTTPStatus.FORBIDDEN)


def unreadable(
    request: HttpRequest, exception: Exception | None = None
) -> HttpResponse:
    """Answer 400: the request itself is malformed or too large."""
    return page(request, HTTPStatus.BAD_REQUEST)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500: our fault, said so; or 503 where the database went before the view."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    return page(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token does not fit: mostly a page that was left open too long.

    What was typed comes back to be copied, but only to a page of ours: another site must
    not be able to put words on our screen.
    """
    sentence = _(
        "This page was open for a long time, so we could not be sure that it was you "
        "who sent it. Reload the page and send it again."
    )
    return page(request, HTTPStatus.FORBIDDEN, sentence, typed=words_back(request))


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer 503: the record cannot be reached; what was typed comes back to be copied."""
    renewing.begin()
    return page(request, HTTPStatus.SERVICE_UNAVAILABLE, typed=words_back(request))


def incomplete(request: HttpRequest, problem: DataProblem) -> HttpResponse:
    """Answer 503: a data file that this record rests on is away, or is wrong.

    Staff read which one; what to do stands beside it. It never holds what people wrote.
    """
    member = getattr(request, "member", None)
    is_staff = member is not None and not member.is_person
    return page(
        request,
        HTTPStatus.SERVICE_UNAVAILABLE,
        str(problem) if is_staff else "",
        typed=words_back(request),
        name="incomplete",
    )


def words_back(request: HttpRequest) -> list[str]:
    """Return what somebody wrote in words on a page of ours, to give it back.

    Ours is a form whose token was accepted, or that says it came from here.
    """
    accepted = getattr(request, "csrf_processing_done", False)
    from_here = f"{request.scheme}://{request.get_host()}"
    if accepted or request.headers.get("Origin") == from_here:
        return _typed_in(request)
    return []


def _typed_in(request: HttpRequest) -> list[str]:
    """Return the texts of a form that somebody wrote in words."""
    return [
        text
        for name, texts in request.POST.lists()
        if not name.startswith(("csrf", "draft_key")) and "password" not in name
        for text in texts
        if _is_in_words(text.strip())
    ]


def _is_in_words(text: str) -> bool:
    """Tell words from keys, ids and numbers; many scripts put no space between words."""
    return any(letter.isspace() or not letter.isascii() for letter in text)
