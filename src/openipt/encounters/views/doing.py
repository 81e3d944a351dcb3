"""How an act of the session page goes: check, act, come back; nothing typed is lost."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from openipt.core.errors import Invalid, Refused, Stale
from openipt.encounters import operations, queries
from openipt.web import clock
from openipt.web.http import Request

from .page import keep, page

PLACE = {
    "attendance": "attendance",
    "tasks": "tasks",
    "review": "tried",
    "agenda": "agenda",
    "plan": "agenda",
    "work": "work",
    "links": "links",
}
"""Where on the page one comes back to after an act."""

Act = Callable[[Any, Any, datetime], object]


def do(
    request: Request,
    appointment: UUID,
    form: forms.Form,
    act: Act,
    *,
    said: str,
    place: str = "",
) -> HttpResponse:
    """Do one act of the page and come back to it; what was typed elsewhere is kept."""
    at = clock.now()
    planned, course = queries.session_to_write(request.member, appointment, at)
    if not form.is_valid():
        keep(request, appointment, done=())
        return page(request, appointment, failed=form, status=422)
    try:
        act(planned, course, at)
    except (Invalid, Refused, Stale) as reason:
        keep(request, appointment, done=())
        return page(request, appointment, failed=form, reason=reason)
    keep(request, appointment, done=form.fields)
    if said:
        messages.success(request, said)
    done = request.resolver_match.url_name if request.resolver_match else ""
    address = reverse("encounters:session", args=[appointment])
    return redirect(f"{address}#{place or PLACE.get(done or '', 'note')}")


def encounter_of(request: Request, planned: Any, course: Any, at: datetime) -> Any:
    """Return the encounter of a session; the first who writes opens it."""
    return operations.open_encounter(
        appointment=planned, course=course, by=request.member, at=at
    )
