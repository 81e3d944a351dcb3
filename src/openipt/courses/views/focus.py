"""What a course works on."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt.core.errors import Invalid
from openipt.courses import operations, queries
from openipt.courses.forms import FocusForm
from openipt.web import clock
from openipt.web.door import open_to
from openipt.web.http import Request

from .reading import say_read


@open_to("therapist")
def focus(request: Request, course: UUID) -> HttpResponse:
    """Choose what the course works on: one problem area, two at most."""
    at, today = clock.now(), timezone.localdate()
    found = queries.course_to_write(request.member, course, at)
    sent = request.POST if request.method == "POST" else None
    form = FocusForm(sent, variant=queries.variant_of(found))
    if sent is not None and form.is_valid() and _focused(request, found, form):
        messages.success(request, _("The focus is set."))
        return redirect("courses:course", found.pk)
    context = {
        "record": queries.record_of(request.member, found, at=at, today=today),
        "form": form,
    }
    say_read(request, found.pk, found.person_id)
    return render(
        request, "courses/focus.html", context, status=422 if form.errors else 200
    )


@open_to("therapist", methods=("POST",))
def end_focus(request: Request, course: UUID, focus: UUID) -> HttpResponse:
    """End the work on one problem area."""
    at = clock.now()
    found = queries.course_to_write(request.member, course, at)
    ended = queries.focus_for(found, focus)
    operations.end_focus(focus=ended, by=request.member, at=at)
    messages.success(request, _("That focus has ended. It stays in the record."))
    return redirect("courses:focus", found.pk)


def _focused(request: Request, course: Any, form: FocusForm) -> bool:
    try:
        operations.set_focus(
            course=course,
            area=form.cleaned_data["area"],
            about=form.cleaned_data["about"],
            by=request.member,
            at=clock.now(),
        )
    except Invalid as reason:
        form.add_error("area", str(reason))
        return False
    return True
