"""The process note: a page that only its author can read."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Stale
from openipt.courses import queries as courses
from openipt.encounters import operations, queries
from openipt.encounters.forms import ProcessNoteForm
from openipt.people import operations as people
from openipt.people import queries as people_queries
from openipt.web import clock
from openipt.web.door import open_to
from openipt.web.fields import about_version
from openipt.web.http import Request

from .doing import encounter_of


@open_to("therapist")
def process_note(request: Request, appointment: UUID) -> HttpResponse:
    """One's own thoughts about a session; nobody else reads them."""
    at = clock.now()
    planned, course = queries.session_to_write(request.member, appointment, at)
    key, theirs = f"process:{appointment}", None
    if request.method == "POST":
        form = ProcessNoteForm(request.POST)
        if form.is_valid():
            try:
                operations.save_process_note(
                    encounter=encounter_of(request, planned, course, at),
                    text=form.cleaned_data["text"],
                    version=form.cleaned_data["version"],
                    by=request.member,
                    at=at,
                )
            except Stale:
                theirs = queries.own_process_note(request.member, appointment)
                about_version(form, theirs.version if theirs else 0)
            else:
                people.drop_draft(member=request.member, key=key)
                messages.success(request, _("Kept. Only you can read it."))
                return redirect("encounters:process-note", appointment=appointment)
    else:
        form = _opened(request, appointment, key)
        audit.record_read(
            action="encounters.process_note.read",
            resource="appointment",
            object_id=planned.pk,
            subjects=[course.person_id],
            by=request.member,
            at=at,
        )
    context = {
        "record": courses.record_of(
            request.member, course, at=at, today=timezone.localdate()
        ),
        "planned": planned,
        "form": form,
        "kept": queries.own_process_note(request.member, appointment),
        "theirs": theirs,
        "draft_key": key,
    }
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "encounters/process_note.html", context, status=status)


def _opened(request: Request, appointment: UUID, key: str) -> ProcessNoteForm:
    """Return the form with what is kept, or with what was typed and not sent."""
    kept = queries.own_process_note(request.member, appointment)
    start: dict[str, Any] = {
        "text": kept.text if kept else "",
        "version": kept.version if kept else 0,
    }
    draft = people_queries.draft_of(request.member, key) or {}
    return ProcessNoteForm(initial={**start, **draft})
