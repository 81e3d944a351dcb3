"""What the person of a course has read, and what is suggested to them."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Invalid
from openipt.courses import queries as courses
from openipt.learning import operations, queries
from openipt.learning.forms import SuggestForm
from openipt.people import operations as people
from openipt.people import queries as people_queries
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request

if TYPE_CHECKING:
    from openipt.courses.models import Course


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def course_readings(request: Request, course: UUID) -> HttpResponse:
    """What was read in this course; whoever leads it suggests something."""
    found = courses.course_for(request.member, course, now())
    kept = people_queries.draft_of(request.member, _key(found)) or {}
    return _page(request, found, SuggestForm(initial=kept))


@open_to("therapist", methods=("POST",))
def suggest(request: Request, course: UUID) -> HttpResponse:
    """Suggest something to read, with a word of one's own or none."""
    found = courses.course_to_write(request.member, course, now())
    form = SuggestForm(request.POST)
    if form.is_valid() and _is_suggested(request, found, form):
        people.drop_draft(member=request.member, key=_key(found))
        messages.success(request, _("Suggested. It stands first among their readings."))
        return redirect("learning:course", found.pk)
    return _page(request, found, form)


@open_to("therapist", methods=("POST",))
def take_back(request: Request, course: UUID, suggestion: UUID) -> HttpResponse:
    """Take a suggestion back that was not read yet."""
    at = now()
    found = courses.course_to_write(request.member, course, at)
    waiting = queries.suggestion_for(found, suggestion)
    operations.take_back(suggestion=waiting, by=request.member, at=at)
    messages.success(request, _("Taken back."))
    return redirect("learning:course", found.pk)


def _key(course: "Course") -> str:
    return f"readings:{course.pk}"


def _page(request: Request, course: "Course", form: SuggestForm) -> HttpResponse:
    at, today = now(), timezone.localdate()
    context = {
        "record": courses.record_of(request.member, course, at=at, today=today),
        "readings": queries.readings_in(request.member, course, at=at, today=today),
        "form": form,
        "draft_key": _key(course),
    }
    audit.record_read(
        action="learning.readings.read",
        resource="course",
        object_id=course.pk,
        subjects=[course.person_id],
        by=request.member,
        at=at,
    )
    status = 422 if form.errors else 200
    return render(request, "learning/course.html", context, status=status)


def _is_suggested(request: Request, course: "Course", form: SuggestForm) -> bool:
    try:
        operations.suggest(
            course=course,
            reading=queries.reading_of(form.cleaned_data["reading"]),
            words=form.cleaned_data["words"],
            by=request.member,
            at=now(),
        )
    except Invalid as reason:
        form.add_error("reading", str(reason))
        return False
    return True
