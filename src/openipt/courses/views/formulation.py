"""The paragraph to the person: drafted, edited, shown, agreed to by both."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt.courses import access, operations, queries
from openipt.courses.forms import FormulationForm, SpokenForm
from openipt.people import operations as people
from openipt.people import queries as people_queries
from openipt.web import clock
from openipt.web.door import open_to
from openipt.web.fields import about_version
from openipt.web.http import Request

from .plan import lifetime_of, tried
from .reading import say_read

if TYPE_CHECKING:
    from openipt.courses.models import Course


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def formulation(request: Request, course: UUID) -> HttpResponse:
    """The paragraph; what was entered before stands in it as a draft."""
    return _page(request, queries.course_for(request.member, course, clock.now()))


@open_to("therapist", methods=("POST",))
def write_formulation(request: Request, course: UUID) -> HttpResponse:
    """Keep a version of the paragraph."""
    at = clock.now()
    found = queries.course_to_write(request.member, course, at)
    form = FormulationForm(request.POST)

    def act() -> None:
        operations.write_formulation(
            course=found,
            text=form.cleaned_data["text"],
            version=form.cleaned_data["version"],
            by=request.member,
            at=at,
        )

    failed = tried(form, act, field="text")
    if failed:
        return _page(request, found, form=form, status=failed)
    people.drop_draft(member=request.member, key=_draft_key(found))
    messages.success(request, _("Kept. Nobody reads it until you show it."))
    return redirect("courses:formulation", found.pk)


@open_to("therapist", methods=("POST",))
def show_formulation(request: Request, course: UUID, formulation: UUID) -> HttpResponse:
    """Let the person read it."""
    at = clock.now()
    found = queries.course_to_write(request.member, course, at)
    version = queries.formulation_for(found, formulation)
    operations.show_formulation(formulation=version, by=request.member, at=at)
    messages.success(request, _("The person can read it now."))
    return redirect("courses:formulation", found.pk)


@open_to("therapist", methods=("POST",))
def agree_formulation(
    request: Request, course: UUID, formulation: UUID
) -> HttpResponse:
    """Stand by it as the therapist."""
    at = clock.now()
    found = queries.course_to_write(request.member, course, at)
    version = queries.formulation_for(found, formulation)
    operations.agree_formulation(formulation=version, by=request.member, at=at)
    messages.success(request, _("Noted: you agree to it."))
    return redirect("courses:formulation", found.pk)


@open_to("therapist", methods=("POST",))
def note_agreement(request: Request, course: UUID, formulation: UUID) -> HttpResponse:
    """Write down that somebody without an account agreed in the session."""
    at = clock.now()
    found = queries.course_to_write(request.member, course, at)
    version = queries.formulation_for(found, formulation)
    form = SpokenForm(request.POST, **lifetime_of(found))

    def act() -> None:
        operations.note_spoken_agreement(
            formulation=version,
            spoken_on=form.cleaned_data["spoken_on"],
            by=request.member,
            at=at,
        )

    if failed := tried(form, act, field="spoken_on"):
        return _page(request, found, spoken=form, status=failed)
    messages.success(request, _("Noted: they agreed."))
    return redirect("courses:formulation", found.pk)


def _page(
    request: Request,
    course: "Course",
    *,
    form: FormulationForm | None = None,
    spoken: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    at, today = clock.now(), timezone.localdate()
    record = queries.record_of(request.member, course, at=at, today=today)
    plan = queries.plan_of(record, today=today)
    newest = plan.versions[0] if plan.versions else None
    if form is None:
        start = _start(plan)
        if record.is_writer:
            start |= people_queries.draft_of(request.member, _draft_key(course)) or {}
        form = FormulationForm(initial=start)
    elif status == 409 and newest:
        about_version(form, newest.formulation.number)
    context: dict[str, Any] = {
        "record": record,
        "plan": plan,
        "newest": newest,
        "form": form,
        "spoken": spoken
        or SpokenForm(initial={"spoken_on": today}, **lifetime_of(course)),
        "notes_for_person": not access.refusal_to_note_answer(course),
        "conflict": status == 409,
        "writes": record.is_writer and course.ended_at is None,
        "draft_key": _draft_key(course),
    }
    say_read(request, course.pk, course.person_id)
    return render(request, "courses/formulation.html", context, status=status)


def _start(plan: queries.Plan) -> dict[str, Any]:
    """Return the newest version to go on from, else a draft from what was entered."""
    if plan.versions:
        newest = plan.versions[0].formulation
        return {"text": newest.text, "version": newest.number}
    record = plan.record
    foci = [line.focus for line in record.foci]
    text = queries.drafted(record.contract, plan.diagnosis, foci)
    return {"text": text, "version": 0}


def _draft_key(course: "Course") -> str:
    return f"formulation:{course.pk}"
