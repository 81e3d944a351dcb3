"""The pages that both sides share; whose people they are was decided before."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Invalid, SentBefore, Stale
from openipt.core.ids import new_id
from openipt.core.inventory import load_choices, tie_of
from openipt.inventory import operations, queries
from openipt.inventory.forms import MoveForm, TieForm, TimesForm, begun_with
from openipt.people import operations as people
from openipt.people import queries as people_queries
from openipt.web.clock import now
from openipt.web.fields import about_version
from openipt.web.http import Request
from openipt.web.sent_again import send_anew, status_of

if TYPE_CHECKING:
    from openipt.inventory.models import Relationship


@dataclass(frozen=True, kw_only=True, slots=True)
class Addresses:
    """The addresses of these people, for the person or for their care team."""

    whose: queries.Whose

    def to(self, name: str, relationship: UUID | None = None) -> str:
        """Return the address of a page, about somebody where they are named."""
        own = self.whose.is_own
        named = {} if own else {"person": self.whose.person.pk}
        if relationship is not None:
            named["relationship"] = relationship
        full = {True: "own", False: "people"}[own] if name == "people" else name
        prefix = "own-" if own and name != "people" else ""
        return reverse(f"inventory:{prefix}{full}", kwargs=named)


def circle(request: Request, whose: queries.Whose) -> HttpResponse:
    """Show the circle, now or at another time, and the same people as a list."""
    form = TimesForm(request.GET)
    times = form.cleaned_data if form.is_valid() else {}
    view = None
    if whose.may_look:
        view = queries.view_of(
            whose,
            zone=ZoneInfo(request.member.service.zone),
            on=times.get("on"),
            then=times.get("then"),
        )
        _say_read(request, whose, now())
    context = {
        "whose": whose,
        "view": view,
        "addresses": Addresses(whose=whose),
        "rings": load_choices().rings,
        "ring_words": [
            {"until": ring.until, "label": _(ring.label)}
            for ring in load_choices().rings
        ],
        "standings": load_choices().standings,
        "today": timezone.localdate(),
        "wrong_day": not form.is_valid(),
    }
    status = 200 if form.is_valid() else 422
    return render(request, "inventory/people.html", context, status=status)


def added(request: Request, whose: queries.Whose) -> HttpResponse:
    """Add somebody."""
    key = f"people:{whose.person.pk}"
    about = _about(whose)
    if request.method == "POST":
        form = TieForm(request.POST, **about)
        if form.is_valid() and _is_added(request, whose, form):
            people.drop_draft(member=request.member, key=key)
            return redirect(Addresses(whose=whose).to("people"))
    else:
        kept = people_queries.draft_of(request.member, key) or {}
        start = {"ring": "close", "standing": "steady"}
        begun = {**start, **kept, "submission_id": new_id()}
        form = TieForm(initial=begun, **about)
    return _form_page(request, whose, form, key=key)


def changed(
    request: Request, whose: queries.Whose, relationship_id: UUID
) -> HttpResponse:
    """Show what is said of somebody, and change it."""
    sent = request.method == "POST"
    found = queries.relationship_of(whose, relationship_id, also_removed=sent)
    key = f"people:{whose.person.pk}:{found.pk}"
    conflict = False
    if request.method == "POST":
        form = TieForm(request.POST, **_about(whose))
        if form.is_valid():
            try:
                _change(request, found, form)
            except Stale:
                found = queries.relationship_of(
                    whose, relationship_id, also_removed=True
                )
                about_version(form, found.version)
                conflict = True
            else:
                people.drop_draft(member=request.member, key=key)
                return redirect(Addresses(whose=whose).to("people"))
    else:
        kept = people_queries.draft_of(request.member, key) or {}
        start = {**begun_with(tie_of(found.content)), "version": found.version}
        form = TieForm(initial={**start, **kept}, **_about(whose))
        _say_read(request, whose, now())
    return _form_page(request, whose, form, key=key, found=found, conflict=conflict)


def moved(
    request: Request, whose: queries.Whose, relationship_id: UUID
) -> HttpResponse:
    """Put somebody at another place; answered with the new place and version."""
    found = queries.relationship_of(whose, relationship_id)
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("That place is not in the circle. Nothing was moved."))
    row = operations.move(
        relationship=found, by=request.member, at=now(), **form.cleaned_data
    )
    tie = tie_of(row.content)
    return JsonResponse(
        {"version": row.version, "closeness": tie.closeness, "angle": tie.angle}
    )


def removed(
    request: Request, whose: queries.Whose, relationship_id: UUID
) -> HttpResponse:
    """Take somebody out of the circle, after asking."""
    found = queries.relationship_of(whose, relationship_id)
    addresses = Addresses(whose=whose)
    if request.method == "POST":
        operations.remove(relationship=found, by=request.member, at=now())
        messages.success(request, _("Taken out of the circle. They stay in its past."))
        return redirect(addresses.to("people"))
    context = {
        "whose": whose,
        "addresses": addresses,
        "found": found,
        "tie": tie_of(found.content),
    }
    _say_read(request, whose, now())
    return render(request, "inventory/remove.html", context)


def _is_added(request: Request, whose: queries.Whose, form: TieForm) -> bool:
    try:
        operations.add(
            person=whose.person,
            submission_id=form.cleaned_data["submission_id"] or new_id(),
            tie=form.tie(),
            by=request.member,
            at=now(),
        )
    except Invalid as reason:
        form.add_error(None, str(reason))
        return False
    except SentBefore as reason:
        send_anew(form, reason)
        return False
    return True


def _change(request: Request, found: "Relationship", form: TieForm) -> None:
    operations.change(
        relationship=found,
        tie=form.tie(tie_of(found.content)),
        version=form.cleaned_data["version"] or 0,
        by=request.member,
        at=now(),
    )


def _form_page(
    request: Request,
    whose: queries.Whose,
    form: TieForm,
    *,
    key: str,
    found: "Relationship | None" = None,
    conflict: bool = False,
) -> HttpResponse:
    context = {
        "whose": whose,
        "addresses": Addresses(whose=whose),
        "form": form,
        "draft_key": key,
        "found": found,
        "kept": tie_of(found.content) if found and conflict else None,
        "history": _history(found) if found else [],
    }
    status = status_of(form, conflict=conflict)
    return render(request, "inventory/tie.html", context, status=status)


def _history(found: "Relationship") -> list[dict[str, Any]]:
    choices = load_choices()
    return [
        {
            "at": row.at,
            "by": row.by,
            "ring": choices.ring_at(tie.closeness).label,
            "standing": choices.standings[tie.standing].label,
        }
        for row in queries.versions_of(found)
        for tie in [tie_of(row.content)]
    ]


def _about(whose: queries.Whose) -> dict[str, Any]:
    born_on = whose.person.born_on
    return {
        "today": timezone.localdate(),
        "born_on": date.fromisoformat(born_on) if born_on else None,
        "place": queries.count_of(whose.person),
    }


def _say_read(request: Request, whose: queries.Whose, at: datetime) -> None:
    if whose.is_own:
        return
    audit.record_read(
        action="inventory.people.read",
        resource="inventory",
        object_id=whose.person.pk,
        subjects=[whose.person.pk],
        by=request.member,
        at=at,
    )
