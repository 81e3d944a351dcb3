"""My data: take it away, see who opened it, ask for erasure."""

import json
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt.core.exchange import load_grounds
from openipt.exchange import access, operations, queries
from openipt.exchange.forms import AskForm
from openipt.people import operations as people_operations
from openipt.people import queries as people
from openipt.people import sessions
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request

if TYPE_CHECKING:
    from openipt.people.models import Person


DRAFT = "ask-for-erasure"


@open_to("person", methods=("GET", "HEAD"), before_agreement=True)
def my_data(request: Request) -> HttpResponse:
    """What can be taken away, who looked at it, and what was asked."""
    kept = people.draft_of(request.member, DRAFT)
    return _page(request, people.own_person(request.member), AskForm(initial=kept))


@open_to("person", methods=("POST",), before_agreement=True)
def record_page(request: Request) -> HttpResponse:
    """Give everything as one page to read."""
    if not sessions.was_confirmed(request):
        return _ask_to_confirm(request)
    record = _taken(request, "html")
    page = render_to_string("exchange/record.html", {"record": record}, request)
    return _file(page, "text/html; charset=utf-8", "my-record.html")


@open_to("person", methods=("POST",), before_agreement=True)
def record_data(request: Request) -> HttpResponse:
    """Give everything for programs to read."""
    if not sessions.was_confirmed(request):
        return _ask_to_confirm(request)
    record = _taken(request, "json")
    data = json.dumps(queries.as_json(record), ensure_ascii=False, indent=2)
    # No markup in it, whatever opens the file.
    data = data.replace("<", "\\u003c")
    return _file(data, "application/json", "my-record.json")


@open_to("person", methods=("POST",), before_agreement=True)
def ask_for_erasure(request: Request) -> HttpResponse:
    """Ask to have the record erased."""
    person = people.own_person(request.member)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _page(request, person, form)
    why = form.cleaned_data["why"]
    if not sessions.was_confirmed(request):
        people_operations.save_draft(
            member=request.member, key=DRAFT, fields={"why": why}, at=now()
        )
        return _ask_to_confirm(request)
    operations.ask_for_erasure(person=person, why=why, by=request.member, at=now())
    people_operations.drop_draft(member=request.member, key=DRAFT)
    messages.success(request, _("Your request is with your service."))
    return redirect(reverse("exchange:my-data") + "#erasure")


@open_to("person", methods=("POST",), before_agreement=True)
def take_back(request: Request) -> HttpResponse:
    """Take the request back."""
    asked = queries.own_request(people.own_person(request.member))
    if asked is not None:
        operations.withdraw(request=asked, by=request.member, at=now())
        messages.success(request, _("You have taken your request back."))
    return redirect(reverse("exchange:my-data") + "#erasure")


def _page(request: Request, person: "Person", form: AskForm) -> HttpResponse:
    at = now()
    asked = queries.own_request(person)
    context = {
        "opened": queries.opened_by(person, at),
        "person": person,
        "asked": asked,
        "ground": load_grounds().get(asked.ground) if asked else None,
        "can_take_back": asked is not None
        and not access.refusal_to_withdraw(asked, at),
        "form": form,
        "today": timezone.localdate(at),
        "is_confirmed": sessions.was_confirmed(request),
        "draft_key": DRAFT,
    }
    status = 422 if form.errors else 200
    return render(request, "exchange/my_data.html", context, status=status)


def _ask_to_confirm(request: Request) -> HttpResponse:
    messages.info(request, _("Confirm that it is you; then press it once more."))
    return redirect("exchange:my-data")


def _taken(request: Request, form: str) -> queries.TakenRecord:
    person, at = people.own_person(request.member), now()
    operations.note_taking_away(person=person, by=request.member, at=at, form=form)
    return queries.record_of(person, at)


def _file(content: str, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
