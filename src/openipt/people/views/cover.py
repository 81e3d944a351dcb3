"""The console's pages about cover: who is away, who stands in, who supervises whom."""

from datetime import date, datetime, time
from http import HTTPStatus
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt.core.wall_time import instant
from openipt.people import forms, operations, queries
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request

from .attempts import attempt
from .members import DEPUTIES, member_page


@open_to("admin", methods=("POST",))
def record_absence(request: Request, member: UUID) -> HttpResponse:
    """Record that a member is away, and who reads for them."""
    found = queries.member_of_service(request.member, member)
    deputies = queries.those_with_role(request.member, *DEPUTIES)
    form = forms.RecordAbsence(
        request.POST, deputies=[one for one in deputies if one.pk != found.pk]
    )
    made, status = attempt(
        form,
        lambda: operations.record_absence(
            member=found, by=request.member, at=now(), **form.cleaned_data
        ),
    )
    if made:
        messages.success(request, _("The absence is recorded."))
        return redirect("people:member", found.pk)
    return member_page(request, found, status=status, absence=form)


@open_to("admin", methods=("POST",))
def cancel_absence(request: Request, absence: UUID) -> HttpResponse:
    """Take an absence back."""
    found = queries.absence_in_service(request.member, absence)
    operations.cancel_absence(absence=found, by=request.member, at=now())
    messages.success(request, _("The absence is cancelled."))
    return redirect("people:member", found.member_id)


@open_to("admin")
def supervision(request: Request) -> HttpResponse:
    """Show who supervises whom, and add to it."""
    today = timezone.localdate()
    form = forms.StartSupervision(
        request.POST if request.method == "POST" else None,
        initial={"from_on": today},
        supervisors=queries.those_with_role(request.member, "supervisor"),
        therapists=queries.those_with_role(request.member, "therapist"),
        today=today,
    )
    status: int = HTTPStatus.OK
    if request.method == "POST":
        made, status = attempt(form, lambda: _start(request, form, today))
        if made:
            messages.success(request, _("The supervision is set."))
            return redirect("people:supervision")
    context = {
        "form": form,
        "rows": queries.supervisions_of_service(request.member, now()),
        "now": now(),
    }
    return render(request, "people/supervision.html", context, status=status)


@open_to("admin", methods=("POST",))
def end_supervision(request: Request, supervision: UUID) -> HttpResponse:
    """End a supervision now."""
    found = queries.supervision_in_service(request.member, supervision)
    operations.end_supervision(supervision=found, by=request.member, at=now())
    messages.success(request, _("The supervision has ended."))
    return redirect("people:supervision")


def _start(request: Request, form: forms.StartSupervision, today: date) -> object:
    at, answers = now(), form.cleaned_data
    zone = ZoneInfo(request.member.service.zone)

    def begins(on: date | None) -> datetime | None:
        return None if on is None or on == today else instant(on, time.min, zone)

    return operations.set_supervision(
        supervisor=answers["supervisor"],
        therapist=answers["therapist"],
        by=request.member,
        at=at,
        starts_at=begins(answers["from_on"]),
        ends_at=begins(answers["until_on"]),
    )
