"""What was done in a session: techniques, foci, and links between mood and events."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.agenda import move_of
from openipt.core.errors import Stale
from openipt.courses import queries as courses
from openipt.encounters import operations, queries
from openipt.encounters.forms import LinkForm, WorkForm, begun_with
from openipt.people import operations as people
from openipt.people import queries as people_queries
from openipt.web import clock
from openipt.web.door import open_to
from openipt.web.http import Request

from .doing import do, encounter_of


@open_to("therapist", methods=("POST",))
def work(request: Request, appointment: UUID) -> HttpResponse:
    """Note a technique or a focus with one tap, or take it away."""
    record = _record(request, appointment)
    form = WorkForm(
        request.POST,
        techniques=[technique.key for technique in record.variant.shown_techniques],
        foci=record.foci,
    )

    def act(planned: Any, course: Any, at: datetime) -> None:
        encounter = encounter_of(request, planned, course, at)
        change = {"encounter": encounter, "by": request.member, "at": at}
        if form.chosen_focus is not None:
            operations.note_focus(focus=form.chosen_focus, worked=form.is_on, **change)
        else:
            key = form.cleaned_data["technique"].removeprefix("-")
            operations.note_technique(key=key, used=form.is_on, **change)

    # The point of a focus on the agenda is the same button; one comes back to it.
    place = "agenda" if "agenda" in request.GET else ""
    return do(request, appointment, form, act, said="", place=place)


@open_to("therapist", methods=("POST",))
def links(request: Request, appointment: UUID) -> HttpResponse:
    """Note a link between something that happened and mood."""
    form = LinkForm(request.POST, foci=_record(request, appointment).foci)

    def act(planned: Any, course: Any, at: datetime) -> None:
        operations.add_link(
            encounter=encounter_of(request, planned, course, at),
            move=form.move,
            focus=form.focus,
            by=request.member,
            at=at,
        )

    return do(request, appointment, form, act, said=_("Noted."))


@open_to("therapist")
def link(request: Request, appointment: UUID, link: UUID) -> HttpResponse:
    """What a link says, to be changed."""
    record = _record(request, appointment)
    found = queries.link_in(
        record.course, appointment, link, sent=request.method == "POST"
    )
    foci = _offered(record, found)
    key, conflict = f"link:{found.pk}", False
    if request.method == "POST":
        form = LinkForm(request.POST, foci=foci)
        if form.is_valid():
            try:
                _change(request, found, form)
            except Stale:
                found = queries.link_in(record.course, appointment, link, sent=True)
                data: Any = request.POST.copy()
                data["link_version"] = str(found.version)
                form = LinkForm(data, foci=foci)
                conflict = True
            else:
                people.drop_draft(member=request.member, key=key)
                return _back(appointment)
    else:
        kept = people_queries.draft_of(request.member, key) or {}
        start = begun_with(move_of(found.content), found.focus_id, found.version)
        form = LinkForm(initial={**start, **kept}, foci=foci)
        _say_read(request, found.encounter.person_id, appointment)
    context = {
        "record": record,
        "appointment_id": appointment,
        "found": found,
        "kept": move_of(found.content) if conflict else None,
        "form": form,
        "offered_names": queries.names_of(
            courses.known_people(request.member, record.course)
        ),
        "draft_key": key,
    }
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "encounters/link.html", context, status=status)


@open_to("therapist", methods=("POST",))
def remove_link(request: Request, appointment: UUID, link: UUID) -> HttpResponse:
    """Take a link out of the session."""
    record = _record(request, appointment)
    found = queries.link_in(record.course, appointment, link, sent=True)
    operations.remove_link(link=found, by=request.member, at=clock.now())
    messages.success(request, _("Taken out."))
    return _back(appointment)


def _record(request: Request, appointment: UUID) -> courses.Record:
    at = clock.now()
    _planned, course = queries.session_to_write(request.member, appointment, at)
    return courses.record_of(request.member, course, at=at, today=timezone.localdate())


def _offered(record: courses.Record, found: Any) -> tuple[courses.FocusLine, ...]:
    """Return the foci of now, and the one a link belongs to though it has ended."""
    if found.focus is None or found.focus_id in {row.focus.pk for row in record.foci}:
        return record.foci
    return (*record.foci, *courses.focus_lines(record.variant, [found.focus]))


def _change(request: Request, found: Any, form: LinkForm) -> None:
    operations.change_link(
        link=found,
        move=form.move,
        focus=form.focus,
        version=form.cleaned_data["link_version"] or 0,
        by=request.member,
        at=clock.now(),
    )


def _back(appointment: UUID) -> HttpResponse:
    return redirect(f"{reverse('encounters:session', args=[appointment])}#links")


def _say_read(request: Request, person_id: UUID, appointment: UUID) -> None:
    audit.record_read(
        action="encounters.session.read",
        resource="appointment",
        object_id=appointment,
        subjects=[person_id],
        by=request.member,
        at=clock.now(),
    )
