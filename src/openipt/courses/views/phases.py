"""The next phase opens by hand, when what it rests on is there."""

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt.core.errors import Invalid
from openipt.courses import access, operations, queries
from openipt.courses.forms import LongBeginningForm, RemissionForm
from openipt.web import clock
from openipt.web.door import open_to
from openipt.web.http import Request

from .plan import lifetime_of, tried
from .reading import say_read

if TYPE_CHECKING:
    from openipt.courses.models import Course


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def phase(request: Request, course: UUID) -> HttpResponse:
    """Show where the course stands, and what the next phase waits for."""
    found = queries.course_for(request.member, course, clock.now())
    return _page(request, found)


@open_to("therapist", methods=("POST",))
def open_phase(request: Request, course: UUID) -> HttpResponse:
    """Open the phase that the page offered, once."""
    at = clock.now()
    found = queries.course_to_write(request.member, course, at)
    names = {one.key: one.name for one in queries.variant_of(found).phases}
    wanted = request.POST.get("phase", "")
    try:
        operations.open_phase(course=found, phase=wanted, by=request.member, at=at)
    except Invalid as reason:
        return _page(request, found, refusal=str(reason), status=422)
    messages.success(request, _("%(phase)s is open.") % {"phase": _(names[wanted])})
    return redirect("courses:course", found.pk)


@open_to("therapist", methods=("POST",))
def long_beginning(request: Request, course: UUID) -> HttpResponse:
    """Say why the beginning takes longer."""
    at = clock.now()
    found = queries.course_to_write(request.member, course, at)
    form = LongBeginningForm(request.POST)

    def act() -> None:
        operations.explain_long_beginning(
            course=found, reason=form.cleaned_data["reason"], by=request.member, at=at
        )

    if failed := tried(form, act, field="reason"):
        return _page(request, found, longer=form, status=failed)
    messages.success(request, _("Kept. You are not asked again."))
    return redirect("courses:phase", found.pk)


@open_to("therapist", methods=("POST",))
def remission(request: Request, course: UUID) -> HttpResponse:
    """Record that the illness was found to be gone."""
    at = clock.now()
    found = queries.course_to_write(request.member, course, at)
    form = RemissionForm(request.POST, **lifetime_of(found))

    def act() -> None:
        operations.record_remission(
            course=found, by=request.member, at=at, **form.cleaned_data
        )

    if failed := tried(form, act, field="total", reason_field="words"):
        return _page(request, found, gone=form, status=failed)
    messages.success(request, _("Recorded."))
    return redirect("courses:phase", found.pk)


def _page(
    request: Request,
    course: "Course",
    *,
    refusal: str = "",
    longer: forms.Form | None = None,
    gone: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    at, today = clock.now(), timezone.localdate()
    record = queries.record_of(request.member, course, at=at, today=today)
    gate = queries.gate_of(record)
    names = {phase.key: phase.name for phase in record.variant.phases}
    context = {
        "record": record,
        "gate": gate,
        "missing": queries.missing_in_words(record, gate) if gate else [],
        "late": gate.late if gate else None,
        "entries": [
            (names.get(row.phase, ""), row) for row in queries.entries_of(course)
        ],
        "refusal": refusal,
        "longer": longer or LongBeginningForm(),
        "gone": gone
        or RemissionForm(initial={"on_date": today}, **lifetime_of(course)),
        "asks_remission": bool(gate and "remission" in gate.missing),
        "leads_on": bool(access.maintenance_variants(record.variant)),
        "remission": queries.remission_of(course),
        "writes": record.is_writer and course.ended_at is None,
    }
    say_read(request, course.pk, course.person_id)
    return render(request, "courses/phase.html", context, status=status)
