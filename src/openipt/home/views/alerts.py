"""The page of one alert, and everything one can do with it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render

from openipt import audit
from openipt.core.errors import Stale
from openipt.home.queries import alerts as queries
from openipt.people import operations as people
from openipt.people import queries as people_queries
from openipt.safety import forms, operations
from openipt.safety import queries as safety
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request

STAFF = ("therapist", "supervisor", "manager")
FORMS: dict[str, type[Form]] = {
    "contact": forms.Contact,
    "assess": forms.Assess,
    "close": forms.Close,
    "reopen": forms.Reopen,
}


@open_to(*STAFF, methods=("GET", "HEAD"))
def alert(request: Request, alert: UUID) -> HttpResponse:
    """Show the alert: what was said, how to reach the person, what was done."""
    return _page(request, safety.alert_for(request.member, alert, now()))


@open_to(*STAFF, methods=("POST",))
def take(request: Request, alert: UUID) -> HttpResponse:
    """Take the alert, in one tap."""
    at = now()
    reading = safety.alert_for(request.member, alert, at)
    try:
        operations.acknowledge(alert=reading.alert, by=request.member, at=at)
    except Stale as stale:
        return _page(request, _again(request, alert), stale=str(stale))
    return redirect("home:alert", alert=alert)


@open_to(*STAFF, methods=("POST",))
def contact(request: Request, alert: UUID) -> HttpResponse:
    """Record that the person was reached, or not."""

    def write(reading: safety.Reading, form: Form, at: datetime) -> None:
        operations.record_contact(
            alert=reading.alert,
            reached=form.cleaned_data["reached"] == "yes",
            note=form.cleaned_data["note"],
            by=request.member,
            at=at,
        )

    return _act(request, alert, "contact", write)


@open_to(*STAFF, methods=("POST",))
def assess(request: Request, alert: UUID) -> HttpResponse:
    """Record what was found."""

    def write(reading: safety.Reading, form: Form, at: datetime) -> None:
        note = form.cleaned_data["note"]
        operations.assess(alert=reading.alert, note=note, by=request.member, at=at)

    return _act(request, alert, "assess", write)


@open_to(*STAFF, methods=("POST",))
def close(request: Request, alert: UUID) -> HttpResponse:
    """Close the alert with its outcome."""

    def write(reading: safety.Reading, form: Form, at: datetime) -> None:
        outcome = form.cleaned_data["outcome"]
        operations.close(alert=reading.alert, outcome=outcome, by=request.member, at=at)

    return _act(request, alert, "close", write)


@open_to(*STAFF, methods=("POST",))
def reopen(request: Request, alert: UUID) -> HttpResponse:
    """Open a closed alert again."""

    def write(reading: safety.Reading, form: Form, at: datetime) -> None:
        reason = form.cleaned_data["reason"]
        operations.reopen(alert=reading.alert, reason=reason, by=request.member, at=at)

    return _act(request, alert, "reopen", write)


Write = Callable[[safety.Reading, Form, datetime], None]


def _act(request: Request, alert_id: UUID, act: str, write: Write) -> HttpResponse:
    """Write what a form says, or show the page again with everything that was typed."""
    at = now()
    reading = safety.alert_for(request.member, alert_id, at)
    form = FORMS[act](request.POST, prefix=act)
    if not form.is_valid():
        return _page(request, reading, sent={act: form}, status=422)
    try:
        write(reading, form, at)
    except Stale as stale:
        typed = "\n".join(filter(None, form.cleaned_data.values()))
        return _page(request, _again(request, alert_id), stale=str(stale), typed=typed)
    people.drop_draft(member=request.member, key=_draft_key(act, alert_id))
    return redirect("home:alert", alert=alert_id)


def _again(request: Request, alert_id: UUID) -> safety.Reading:
    """Return the alert as it is now, after somebody else was quicker."""
    return safety.alert_for(request.member, alert_id, now())


def _page(
    request: Request,
    reading: safety.Reading,
    *,
    sent: dict[str, Form] | None = None,
    status: int = 200,
    stale: str = "",
    typed: str = "",
) -> HttpResponse:
    at = now()
    page = queries.page_of(request.member, reading, at)
    audit.record_read(
        action="safety.alert.read",
        resource="alert",
        object_id=page.alert.pk,
        subjects=[page.alert.person_id],
        reason=reading.extent,
        by=request.member,
        at=at,
    )
    context = {
        "page": page,
        "alert": page.alert,
        "at": at,
        "forms": _forms(request, page) | (sent or {}),
        "draft_keys": {act: _draft_key(act, page.alert.pk) for act in FORMS},
        "stale": stale,
        "typed": typed,
    }
    return render(request, "home/alert.html", context, status=409 if stale else status)


def _forms(request: Request, page: queries.AlertPage) -> dict[str, Form]:
    """Return the forms of what can be done now, with what was being typed."""
    acts = [page.act, *(["assess"] if page.may_assess_too else [])]
    return {act: _form(request, act, page.alert.pk) for act in acts if act in FORMS}


def _form(request: Request, act: str, alert_id: UUID) -> Form:
    kept: dict[str, Any] = (
        people_queries.draft_of(request.member, _draft_key(act, alert_id)) or {}
    )
    initial = {name.removeprefix(f"{act}-"): value for name, value in kept.items()}
    return FORMS[act](prefix=act, initial=initial)


def _draft_key(act: str, alert_id: UUID) -> str:
    return f"alert-{act}:{alert_id}"
