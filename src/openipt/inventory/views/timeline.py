"""The forms of the timeline that both sides share; whose it is was decided before."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Invalid, SentBefore, Stale
from openipt.core.ids import new_id
from openipt.core.timeline import Event, event_of
from openipt.inventory import operations, queries
from openipt.inventory.forms import EventForm, event_begun_with
from openipt.people import operations as people
from openipt.people import queries as people_queries
from openipt.web.clock import now
from openipt.web.fields import about_version
from openipt.web.http import Request
from openipt.web.sent_again import send_anew, status_of

if TYPE_CHECKING:
    from openipt.inventory.models import LifeEvent


@dataclass(frozen=True, kw_only=True, slots=True)
class EventAddresses:
    """The addresses of this timeline, for the person or for their care team."""

    whose: queries.Whose

    @property
    def timeline(self) -> str:
        """The page with all of it."""
        if self.whose.is_own:
            return reverse("home:own-timeline")
        return reverse("home:timeline", kwargs={"person": self.whose.person.pk})

    def to(self, name: str, event: UUID | None = None) -> str:
        """Return the address of a form, about an event where it is named."""
        named = {} if self.whose.is_own else {"person": self.whose.person.pk}
        if event is not None:
            named["event"] = event
        prefix = "own-" if self.whose.is_own else ""
        return reverse(f"inventory:{prefix}{name}", kwargs=named)


def event_added(request: Request, whose: queries.Whose) -> HttpResponse:
    """Put something on the timeline."""
    key = f"timeline:{whose.person.pk}"
    about = _about(whose)
    if request.method == "POST":
        form = EventForm(request.POST, **about)
        if form.is_valid() and _is_added(request, whose, form):
            return _done(request, whose, form, key)
    else:
        kept = people_queries.draft_of(request.member, key) or {}
        form = EventForm(initial={**kept, "submission_id": new_id()}, **about)
        _say_read(request, whose)
    return _form_page(request, whose, form, key=key)


def event_changed(request: Request, whose: queries.Whose, event: UUID) -> HttpResponse:
    """Show what is said of an event, and change it."""
    sent = request.method == "POST"
    found = queries.life_event_of(whose, event, also_removed=sent)
    key = f"timeline:{whose.person.pk}:{found.pk}"
    conflict = False
    about = _about(whose, _said(found))
    if request.method == "POST":
        form = EventForm(request.POST, **about)
        if form.is_valid():
            try:
                _change(request, found, form)
            except Stale:
                found = queries.life_event_of(whose, event, also_removed=True)
                about_version(form, found.version)
                conflict = True
            else:
                return _done(request, whose, form, key)
    else:
        kept = people_queries.draft_of(request.member, key) or {}
        start = {**event_begun_with(_said(found)), "version": found.version}
        form = EventForm(initial={**start, **kept}, **about)
        _say_read(request, whose)
    return _form_page(request, whose, form, key=key, found=found, conflict=conflict)


def event_removed(request: Request, whose: queries.Whose, event: UUID) -> HttpResponse:
    """Take an event off the timeline, after asking."""
    found = queries.life_event_of(whose, event)
    addresses = EventAddresses(whose=whose)
    if request.method == "POST":
        operations.remove_event(life_event=found, by=request.member, at=now())
        messages.success(request, _("Taken off the timeline."))
        return redirect(addresses.timeline)
    context = {
        "whose": whose,
        "addresses": addresses,
        "found": found,
        "event": _said(found),
    }
    _say_read(request, whose)
    return render(request, "inventory/event_remove.html", context)


def _is_added(request: Request, whose: queries.Whose, form: EventForm) -> bool:
    try:
        operations.add_event(
            person=whose.person,
            submission_id=form.cleaned_data["submission_id"] or new_id(),
            event=form.event(),
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


def _change(request: Request, found: "LifeEvent", form: EventForm) -> None:
    operations.change_event(
        life_event=found,
        event=form.event(),
        version=form.cleaned_data["version"] or 0,
        by=request.member,
        at=now(),
    )


def _done(
    request: Request, whose: queries.Whose, form: EventForm, key: str
) -> HttpResponse:
    """End a form: the draft goes, what looks odd is asked about, the page comes."""
    people.drop_draft(member=request.member, key=key)
    for doubt in queries.doubts_about(form.event(), queries.ties_of(whose.person)):
        messages.warning(request, doubt)
    return redirect(EventAddresses(whose=whose).timeline)


def _form_page(
    request: Request,
    whose: queries.Whose,
    form: EventForm,
    *,
    key: str,
    found: "LifeEvent | None" = None,
    conflict: bool = False,
) -> HttpResponse:
    kept = _said(found) if found and conflict else None
    context = {
        "whose": whose,
        "addresses": EventAddresses(whose=whose),
        "form": form,
        "draft_key": key,
        "found": found,
        "kept": kept,
        "kept_when": queries.when_words(kept) if kept else "",
        "history": _history(found) if found else [],
    }
    status = status_of(form, conflict=conflict)
    return render(request, "inventory/event.html", context, status=status)


def _history(found: "LifeEvent") -> list[dict[str, Any]]:
    return [
        {
            "at": row.at,
            "by": row.by,
            "title": said.title,
            "when": queries.when_words(said),
            "effect": queries.effect_words(said.effect),
            "is_onset": said.is_onset,
        }
        for row in queries.event_versions_of(found)
        for said in [event_of(row.content, is_onset=row.is_onset)]
    ]


def _said(found: "LifeEvent") -> Event:
    return event_of(found.content, is_onset=found.is_onset)


def _about(whose: queries.Whose, event: Event | None = None) -> dict[str, Any]:
    born_on = whose.person.born_on
    return {
        "today": timezone.localdate(),
        "born_on": date.fromisoformat(born_on) if born_on else None,
        "people": queries.offered_people(whose.person, event.whom if event else ()),
    }


def _say_read(request: Request, whose: queries.Whose) -> None:
    if whose.is_own:
        return
    audit.record_read(
        action="timeline.read",
        resource="timeline",
        object_id=whose.person.pk,
        subjects=[whose.person.pk],
        by=request.member,
        at=now(),
    )
