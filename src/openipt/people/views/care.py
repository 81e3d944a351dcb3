"""The console's pages about care: who is in charge of whom, without a word of a record."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from openipt import audit
from openipt.people import forms, operations, queries
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request

from .attempts import attempt

if TYPE_CHECKING:
    from openipt.people.models import CareRelationship


@open_to("admin", methods=("GET", "HEAD"))
def care_list(request: Request) -> HttpResponse:
    """List who is in charge of whom."""
    return _list(request, ended=False)


@open_to("admin", methods=("GET", "HEAD"))
def care_ended(request: Request) -> HttpResponse:
    """List the care that has ended."""
    return _list(request, ended=True)


@open_to("admin")
def open_care(request: Request) -> HttpResponse:
    """Put a therapist in charge of a person."""
    people = queries.persons_of_service(request.member)
    form = forms.OpenCare(
        request.POST if request.method == "POST" else None,
        persons=people,
        therapists=queries.those_with_role(request.member, "therapist"),
    )
    status: int = HTTPStatus.OK
    if request.method == "POST":
        opened, status = attempt(form, lambda: _open(request, form))
        if opened:
            messages.success(request, _("The care is open from now on."))
            return redirect("people:care", opened.pk)
    _say_seen(request, (person.pk for person in people))
    return render(request, "people/open_care.html", {"form": form}, status=status)


@open_to("admin", methods=("GET", "HEAD"))
def care(request: Request, care: UUID) -> HttpResponse:
    """Show one care: whose, from when, and what became of it."""
    return care_page(request, queries.care_by_id(request.member, care))


@open_to("admin", methods=("POST",))
def end_care(request: Request, care: UUID) -> HttpResponse:
    """End a care, with the reason."""
    return _step(request, care, operations.end_care, _("The care has ended."))


@open_to("admin", methods=("POST",))
def pause_care(request: Request, care: UUID) -> HttpResponse:
    """Close the record to its therapist for a while, with the reason."""
    return _step(request, care, operations.pause_care, _("The care is paused."))


@open_to("admin", methods=("POST",))
def resume_care(request: Request, care: UUID) -> HttpResponse:
    """Open the record to its therapist again, with the reason."""
    return _step(request, care, operations.resume_care, _("The care goes on."))


def _list(request: Request, *, ended: bool) -> HttpResponse:
    rows = queries.care_in_service(request.member, ended=ended)
    _say_seen(request, (row.person_id for row in rows))
    return render(request, "people/care_list.html", {"rows": rows, "ended": ended})


def care_page(
    request: Request,
    found: "CareRelationship",
    *,
    status: int = HTTPStatus.OK,
    **sent: Any,
) -> HttpResponse:
    """Return the page of a care; `sent` are forms that came back with an error."""
    _say_seen(request, [found.person_id])
    context = {
        "care": found,
        "changes": queries.care_changes(found),
        "hand_over": sent.get("hand_over") or hand_over_form(request, found, None),
        "why": sent.get("why") or forms.Why(),
    }
    return render(request, "people/care.html", context, status=status)


def hand_over_form(
    request: Request, found: "CareRelationship", sent: Any
) -> forms.HandOver:
    """Return the form to hand a care over, to any other therapist of the service."""
    others = [
        one
        for one in queries.those_with_role(request.member, "therapist")
        if one.pk != found.member_id
    ]
    return forms.HandOver(sent, therapists=others)


def _open(request: Request, form: forms.OpenCare) -> "CareRelationship":
    answers = form.cleaned_data
    return operations.open_care(
        person=answers["person"],
        member=answers["therapist"],
        by=request.member,
        at=now(),
        reason=answers["reason"],
    )


def _step(request: Request, care_id: UUID, act: Any, done: str) -> HttpResponse:
    found = queries.care_by_id(request.member, care_id)
    form = forms.Why(request.POST)

    def try_it() -> bool:
        reason = form.cleaned_data["reason"]
        act(care=found, reason=reason, by=request.member, at=now())
        return True

    made, status = attempt(form, try_it)
    if made:
        messages.success(request, done)
        return redirect("people:care", found.pk)
    return care_page(request, found, status=status, why=form)


def _say_seen(request: Request, persons: Iterable[UUID]) -> None:
    """Say in the trail whose names an administrator is about to see."""
    audit.record_read(
        action="people.care.read",
        resource="care",
        subjects=persons,
        by=request.member,
        at=now(),
    )
