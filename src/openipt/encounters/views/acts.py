"""Everything that can be done on the session page.

The page is one form with a button for each act: whichever is pressed, what was typed
elsewhere on the page comes along and is kept.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openipt.calendar import operations as calendar
from openipt.core.errors import Refused
from openipt.encounters import access, operations, queries
from openipt.encounters.forms import (
    AddendumForm,
    AttendanceForm,
    NoteForm,
    SignForm,
    TasksForm,
    TickForm,
)
from openipt.practice import operations as practice
from openipt.web import clock
from openipt.web.door import open_to
from openipt.web.http import Request

from .doing import do, encounter_of
from .page import page, put_headings_in


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def session(request: Request, appointment: UUID) -> HttpResponse:
    """Show what a session is for, what came before it and what is written about it."""
    return page(request, appointment)


@open_to("therapist", methods=("POST",))
def note(request: Request, appointment: UUID) -> HttpResponse:
    """Keep the note as a draft."""
    form = NoteForm(request.POST)

    def act(planned: Any, course: Any, at: datetime) -> None:
        operations.save_note(
            encounter=encounter_of(request, planned, course, at),
            text=form.cleaned_data["text"],
            version=form.cleaned_data["note_version"],
            by=request.member,
            at=at,
        )

    return do(request, appointment, form, act, said=_("The draft is kept."))


@open_to("therapist", methods=("POST",))
def sign(request: Request, appointment: UUID) -> HttpResponse:
    """Sign the note; from then on it is fixed."""
    form = SignForm(request.POST)

    def act(planned: Any, course: Any, at: datetime) -> None:
        operations.sign_note(
            encounter=encounter_of(request, planned, course, at),
            text=form.cleaned_data["text"],
            version=form.cleaned_data["note_version"],
            without_link=form.cleaned_data["without_link"],
            by=request.member,
            at=at,
        )

    return do(request, appointment, form, act, said=_("The note is signed."))


@open_to("therapist", methods=("POST",))
def headings(request: Request, appointment: UUID) -> HttpResponse:
    """Put headings into an empty note; for browsers without scripts."""
    queries.session_to_write(request.member, appointment, clock.now())
    put_headings_in(request, appointment)
    return redirect(f"{reverse('encounters:session', args=[appointment])}#note")


@open_to("therapist", methods=("POST",))
def addendum(request: Request, appointment: UUID) -> HttpResponse:
    """Add something to a signed note."""
    form = AddendumForm(request.POST)

    def act(planned: Any, course: Any, at: datetime) -> None:
        operations.add_addendum(
            encounter=encounter_of(request, planned, course, at),
            text=form.cleaned_data["addendum"],
            by=request.member,
            at=at,
        )

    return do(request, appointment, form, act, said=_("Added to the note."))


@open_to("therapist", methods=("POST",))
def attendance(request: Request, appointment: UUID) -> HttpResponse:
    """Record what became of the session; a correction is a new row."""
    form = AttendanceForm(request.POST)

    def act(planned: Any, course: Any, at: datetime) -> None:
        if reason := access.refusal_of_overrun(planned, course):
            raise Refused(reason)
        calendar.record_attendance(
            appointment=planned,
            state=form.cleaned_data["state"],
            version=form.cleaned_data["attendance_version"],
            by=request.member,
            at=at,
        )

    return do(request, appointment, form, act, said=_("Recorded."))


@open_to("therapist", methods=("POST",))
def tasks(request: Request, appointment: UUID) -> HttpResponse:
    """Keep what both agreed to try until the next session."""
    form = TasksForm(request.POST, today=timezone.localdate())

    def act(planned: Any, course: Any, at: datetime) -> None:
        operations.agree_tasks(
            encounter=encounter_of(request, planned, course, at),
            texts=form.cleaned_data["new_tasks"],
            due_on=form.cleaned_data["due_on"],
            by=request.member,
            at=at,
        )

    count = len(form.cleaned_data["new_tasks"]) if form.is_valid() else 0
    said = ngettext("It is on their list now.", "They are on their list now.", count)
    return do(request, appointment, form, act, said=said)


@open_to("therapist", methods=("POST",))
def review(request: Request, appointment: UUID, task: UUID) -> HttpResponse:
    """Note that a task was talked about: it leaves the agenda of the next session."""

    def act(planned: Any, course: Any, at: datetime) -> None:
        found = queries.task_in(course, task)
        practice.review_task(task=found, by=request.member, at=at)

    said = _("It has left the list.")
    return do(request, appointment, forms.Form({}), act, said=said)


@open_to("therapist", methods=("POST",))
def tick(request: Request, appointment: UUID) -> HttpResponse:
    """Tick a task of the phase off, or take the tick away."""
    planned, course = queries.session_to_write(request.member, appointment, clock.now())
    keys = queries.phase_keys(planned, course, timezone.localdate())
    form = TickForm(request.POST, keys=keys)

    def act(planned: Any, course: Any, at: datetime) -> None:
        values = form.cleaned_data
        operations.tick(
            encounter=encounter_of(request, planned, course, at),
            key=values["tick"] or values["untick"],
            done=bool(values["tick"]),
            by=request.member,
            at=at,
        )

    return do(request, appointment, form, act, said="")
