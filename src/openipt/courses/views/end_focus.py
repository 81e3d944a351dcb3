"""The work on a problem area ends: why, and the way back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt.core.errors import Refused
from openipt.courses import access, operations, queries
from openipt.courses.forms import EndFocusForm
from openipt.people import operations as people
from openipt.people import queries as people_queries
from openipt.web import clock
from openipt.web.door import open_to
from openipt.web.http import Request

from .reading import say_read


@open_to("therapist")
def end_focus(request: Request, course: UUID, focus: UUID) -> HttpResponse:
    """Ask why the work on one problem area ends, and end it."""
    at, today = clock.now(), timezone.localdate()
    found = queries.course_to_write(request.member, course, at)
    row = queries.focus_for(found, focus, sent=request.method == "POST")
    if reason := access.refusal_of_ended(found):
        raise Refused(reason)
    key = f"focus-end:{row.pk}"
    if request.method == "POST":
        form = EndFocusForm(request.POST)
        if form.is_valid():
            row.course = found
            operations.end_focus(
                focus=row, by=request.member, at=at, **form.cleaned_data
            )
            people.drop_draft(member=request.member, key=key)
            messages.success(
                request, _("That focus has ended. It stays in the record.")
            )
            return redirect("courses:focus", found.pk)
    else:
        form = EndFocusForm(initial=people_queries.draft_of(request.member, key) or {})
    known = queries.known_people(request.member, found)
    views = queries.focus_summary(found, people=known)
    context = {
        "record": queries.record_of(request.member, found, at=at, today=today),
        "view": next(view for view in views if view.focus.pk == row.pk),
        "is_last": len(views) == 1,
        "form": form,
        "draft_key": key,
    }
    say_read(request, found.pk, found.person_id)
    status = 422 if form.errors else 200
    return render(request, "courses/focus_end.html", context, status=status)


@open_to("therapist", methods=("POST",))
def take_end_back(request: Request, course: UUID, focus: UUID) -> HttpResponse:
    """Go on with a focus that was just ended."""
    at = clock.now()
    found = queries.course_to_write(request.member, course, at)
    row = queries.any_focus_for(found, focus)
    operations.take_end_back(focus=row, by=request.member, at=at)
    messages.success(request, _("You work on it again. Its goals are there as before."))
    return redirect("courses:focus", found.pk)
