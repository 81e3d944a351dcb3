"""What follows a course: the decision on maintenance, and how it went."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.afterwards import load_facts, load_next_steps
from openipt.core.errors import Invalid, SentBefore
from openipt.core.ids import new_id
from openipt.courses import operations
from openipt.courses import queries as courses
from openipt.courses.forms import DecisionForm, WentForm
from openipt.home.queries.paper import told_of
from openipt.home.queries.summary import summary_of
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request
from openipt.web.sent_again import send_anew, status_of

if TYPE_CHECKING:
    from openipt.courses.models import Course


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def maintenance(request: Request, course: UUID) -> HttpResponse:
    """Show what was decided about maintenance, with what is known beside it."""
    found = courses.course_for(request.member, course, now())
    return _maintenance(request, found, DecisionForm(initial=_new()))


@open_to("therapist", methods=("POST",))
def decide_maintenance(request: Request, course: UUID) -> HttpResponse:
    """Keep a decision; what was decided before stays."""
    at = now()
    found = courses.course_to_write(request.member, course, at)
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            operations.decide_maintenance(
                course=found,
                submission_id=form.cleaned_data["submission_id"],
                by=request.member,
                at=at,
                **form.decided(),
            )
        except SentBefore as reason:
            send_anew(form, reason)
        else:
            messages.success(request, _("Your decision is kept."))
            return redirect("home:maintenance", found.pk)
    return _maintenance(request, found, form)


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def how_it_went(request: Request, course: UUID) -> HttpResponse:
    """Show how a course went, and what comes next."""
    found = courses.course_for(request.member, course, now())
    return _went(request, found, WentForm(initial=_new()))


@open_to("therapist", methods=("POST",))
def say_how_it_went(request: Request, course: UUID) -> HttpResponse:
    """Keep how a course went; what was said before stays."""
    at = now()
    found = courses.course_to_write(request.member, course, at)
    form = WentForm(request.POST)
    if form.is_valid():
        try:
            operations.say_how_it_went(
                course=found,
                submission_id=form.cleaned_data["submission_id"],
                by=request.member,
                at=at,
                **form.told(),
            )
        except SentBefore as reason:
            send_anew(form, reason)
        except Invalid as reason:
            form.add_error("next_steps", str(reason))
        else:
            messages.success(request, _("Saved."))
            return redirect("home:how-it-went", found.pk)
    return _went(request, found, form)


def _maintenance(
    request: Request, course: "Course", form: DecisionForm
) -> HttpResponse:
    contract = courses.latest_contract(course)
    context = {
        "after": courses.maintenance_of(course, contract, now()),
        "facts": load_facts(),
        "form": form,
    }
    return _shown(request, course, form, "home/maintenance.html", context)


def _went(request: Request, course: "Course", form: WentForm) -> HttpResponse:
    context = {
        "went": courses.how_it_went(course),
        "went_words": courses.WENT_WORDS,
        "steps": [step for step in load_next_steps().values() if step.why],
        "form": form,
        "letter": courses.has_letter(course),
    }
    return _shown(request, course, form, "home/how_it_went.html", context)


def _shown(
    request: Request, course: "Course", form: Form, page: str, context: dict[str, Any]
) -> HttpResponse:
    at = now()
    record = courses.record_of(
        request.member, course, at=at, today=timezone.localdate(at)
    )
    audit.record_read(
        action="home.afterwards.read",
        resource="course",
        object_id=course.pk,
        subjects=[course.person_id],
        by=request.member,
        at=at,
    )
    context |= {
        "record": record,
        "summary": summary_of(record.contract, None, for_person=False),
        "told": told_of,
    }
    return render(request, page, context, status=status_of(form))


def _new() -> dict[str, Any]:
    return {"submission_id": new_id()}
