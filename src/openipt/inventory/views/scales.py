"""Attachment and support, for the care team: entered as numbers, shown as means."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Missing, SentBefore
from openipt.core.ids import new_id
from openipt.core.scales import Scale, load_scales
from openipt.inventory import operations, queries
from openipt.inventory.forms import ScaleForm
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request
from openipt.web.sent_again import send_anew, status_of


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def scales(request: Request, person: UUID) -> HttpResponse:
    """What was answered about attachment and support."""
    at = now()
    whose = queries.inventory_for(request.member, person, at)
    _say_read(request, whose, at)
    context = {
        "whose": whose,
        "lines": queries.scale_lines(whose),
        "scales": load_scales().values(),
    }
    return render(request, "inventory/scales.html", context)


@open_to("therapist")
def enter_scale(request: Request, person: UUID, scale: str) -> HttpResponse:
    """Enter the answers of one administration."""
    at = now()
    whose = queries.inventory_to_write(request.member, person, at)
    asked = _scale(scale)
    born_on = whose.person.born_on
    about: dict[str, Any] = {
        "scale": asked,
        "born_on": date.fromisoformat(born_on) if born_on else None,
        "people": queries.offered_people(whose.person),
        "today": timezone.localdate(at),
    }
    if request.method == "POST":
        form = ScaleForm(request.POST, **about)
        if form.is_valid() and _is_entered(request, whose, form, at):
            messages.success(request, _("The answers are in the record."))
            return redirect("inventory:scales", person=person)
    else:
        start = {"submission_id": new_id(), "on_date": timezone.localdate(at)}
        form = ScaleForm(initial=start, **about)
        _say_read(request, whose, at)
    context = {"whose": whose, "scale": asked, "form": form}
    return render(
        request, "inventory/enter_scale.html", context, status=status_of(form)
    )


@open_to("therapist", methods=("POST",))
def set_scale_aside(request: Request, person: UUID, answered: UUID) -> HttpResponse:
    """Set a wrong entry aside."""
    at = now()
    whose = queries.inventory_to_write(request.member, person, at)
    found = queries.scale_entry_of(whose, answered)
    operations.set_scale_aside(entry=found, by=request.member, at=at)
    messages.success(
        request, _("Set aside. It stays in the record and counts no more.")
    )
    return redirect("inventory:scales", person=person)


def _scale(scale_id: str) -> Scale:
    scale = load_scales().get(scale_id)
    if scale is None:
        raise Missing
    return scale


def _is_entered(
    request: Request, whose: queries.Whose, form: ScaleForm, at: datetime
) -> bool:
    try:
        _enter(request, whose, form, at)
    except SentBefore as reason:
        send_anew(form, reason)
        return False
    return True


def _enter(
    request: Request, whose: queries.Whose, form: ScaleForm, at: datetime
) -> None:
    chosen = form.cleaned_data.get("about")
    about = queries.relationship_of(whose, UUID(chosen)) if chosen else None
    operations.enter_scale(
        person=whose.person,
        scale=form.scale,
        about=about,
        answers=form.answers(),
        on_date=form.cleaned_data["on_date"],
        submission_id=form.cleaned_data["submission_id"],
        by=request.member,
        at=at,
    )


def _say_read(request: Request, whose: queries.Whose, at: datetime) -> None:
    audit.record_read(
        action="inventory.scales.read",
        resource="inventory",
        object_id=whose.person.pk,
        subjects=[whose.person.pk],
        by=request.member,
        at=at,
    )
