"""What both agreed to, in every version, and the next one."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt.calendar import operations as calendar
from openipt.core.errors import Invalid, Stale
from openipt.courses import operations, queries
from openipt.courses.forms import NewContractForm, begun_with_contract
from openipt.people import operations as people
from openipt.people import queries as people_queries
from openipt.web import clock
from openipt.web.door import open_to
from openipt.web.fields import about_version
from openipt.web.http import Request

from .reading import say_read

FIELDS: dict[type[Invalid], str] = {
    calendar.SlotTaken: "wall_time",
    operations.OutOfBounds: "sessions",
    operations.DayWanted: "from_on",
}


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def contract(request: Request, course: UUID) -> HttpResponse:
    """Show what was agreed, the newest first."""
    at, today = clock.now(), timezone.localdate()
    found = queries.course_for(request.member, course, at)
    record = queries.record_of(request.member, found, at=at, today=today)
    context = {
        "record": record,
        "versions": queries.contracts_of(found),
        "writes": record.is_writer and found.ended_at is None,
    }
    say_read(request, found.pk, found.person_id)
    return render(request, "courses/contract.html", context)


@open_to("therapist")
def new_contract(request: Request, course: UUID) -> HttpResponse:
    """Agree on a new contract."""
    at, today = clock.now(), timezone.localdate()
    found = queries.course_to_write(request.member, course, at)
    record = queries.record_of(request.member, found, at=at, today=today)
    key = f"contract:{found.pk}"
    about: dict[str, Any] = {
        "variant": record.variant,
        "contract": record.contract,
        "today": today,
        "outcome_of": partial(queries.outcome_of, found, at=at),
    }
    if request.method == "POST":
        form = NewContractForm(request.POST, **about)
        status = _agreed(request, found, form)
        if status == 0:
            people.drop_draft(member=request.member, key=key)
            messages.success(
                request, _("The new contract holds. The calendar follows it.")
            )
            return redirect("courses:contract", found.pk)
        if status == 409:
            record = queries.record_of(request.member, found, at=at, today=today)
            about_version(form, record.contract.version)
    else:
        next_on = queries.next_day_of(found, at)
        kept = people_queries.draft_of(request.member, key) or {}
        start = begun_with_contract(record.contract, next_on)
        form = NewContractForm(initial={**start, **kept, "seen": ""}, **about)
        status = 200
    context = {
        "record": record,
        "form": form,
        "conflict": status == 409,
        "draft_key": key,
        "zone": found.series.zone,
    }
    say_read(request, found.pk, found.person_id)
    return render(request, "courses/new_contract.html", context, status=status)


def _agreed(request: Request, course: object, form: NewContractForm) -> int:
    """Agree as the form says; return 0, or the status that the form comes back with."""
    if not form.is_valid():
        return 422
    try:
        operations.agree_on_contract(
            course=course,  # type: ignore[arg-type]  # a Course, which views do not name
            change=form.change(),
            version=form.cleaned_data["version"],
            by=request.member,
            at=clock.now(),
            reason=form.cleaned_data["reason"],
            missing_rule=form.cleaned_data["missing_rule"],
            prescriber=form.cleaned_data["prescriber"],
        )
    except Invalid as reason:
        form.add_error(FIELDS.get(type(reason)), str(reason))
        return 422
    except Stale:
        return 409
    return 0
