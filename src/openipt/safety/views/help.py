"""Where a person turns to: help for anybody, help after an answer, and the way out."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localdate

from openipt import audit
from openipt.core.errors import Refused
from openipt.people import queries as people
from openipt.safety import operations, queries
from openipt.web.clock import now
from openipt.web.door import PUBLIC, open_to
from openipt.web.http import Request


@open_to(PUBLIC, methods=("GET", "HEAD"))
def help_page(request: Request) -> HttpResponse:
    """Show where to turn to; also signed out, and also without the record."""
    try:
        context = _help_context(request, now())
    except DatabaseError:
        return render(request, "safety/help_bare.html")
    return render(request, "safety/help.html", context)


@open_to(PUBLIC)
def not_safe(request: Request) -> HttpResponse:
    """Tell the service that the person is not safe; help is what they see next.

    Whoever is signed out by now, or is no person, gets the help page and is told that
    nobody has heard.
    """
    if request.method != "POST":
        return redirect("safety:help")
    if not (request.has_member and request.member.is_person):
        return _unheard(request)
    person = people.own_person(request.member)
    try:
        operations.not_safe(person=person, by=request.member, at=now())
    except Refused:
        return _unheard(request)
    return redirect("safety:help-now")


@open_to("person", before_agreement=True, methods=("GET", "HEAD"))
def help_now(request: Request) -> HttpResponse:
    """Show help first, then who sees what the person has said, and when."""
    at = now()
    alert = queries.own_alert(request.member)
    if alert is None:
        return redirect("safety:help")
    operations.note_shown(alert=alert, by=request.member, at=at)
    audit.record_read(
        action="safety.alert.read",
        resource="alert",
        object_id=alert.pk,
        subjects=[alert.person_id],
        by=request.member,
        at=at,
    )
    context = _help_context(request, at)
    context |= {
        "sees": queries.who_sees(alert.person, alert, at),
        "go_on": _own_page(request),
    }
    return render(request, "safety/help_now.html", context)


@open_to(PUBLIC)
def leave(request: Request) -> HttpResponse:
    """Show a neutral page and lock the session.

    A plain link locks it too, if the browser vouches that the link stood on a page of
    ours: no other site can sign anybody out.
    """
    own_link = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if request.method == "POST" or own_link:
        logout(request)
    return render(request, "web/leave.html")


def _help_context(request: Request, at: datetime) -> dict[str, Any]:
    today = localdate(at)
    sees = person = None
    if not request.has_member:
        help_ = queries.help_for_anybody(today)
    else:
        if request.member.is_person:
            person = people.own_person(request.member)
            sees = queries.who_sees(person, queries.own_alert(request.member), at)
        help_ = queries.help_for_member(request.member, person, today)
    return {
        "help": help_,
        "demo_numbers": settings.OPENIPT_DEMO or help_.is_demo,
        "sees": sees,
        "unheard": False,
        "is_person": person is not None,
    }


def _unheard(request: Request) -> HttpResponse:
    context = _help_context(request, now()) | {"unheard": True}
    return render(request, "safety/help.html", context)


def _own_page(request: Request) -> str:
    """Return the page of ours that the person was on before, or the empty text."""
    page = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if is_ours and page.startswith("/") else ""
