"""Handing a care over: the console's page, and the course and sessions that go with it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from openipt.courses import operations
from openipt.people import queries
from openipt.people.views import attempt, care_page, hand_over_form
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request


@open_to("admin", methods=("POST",))
def hand_over_care(request: Request, care: UUID) -> HttpResponse:
    """End one therapist's care and open another's, with the course it was for."""
    found = queries.care_by_id(request.member, care)
    form = hand_over_form(request, found, request.POST)
    opened, status = attempt(
        form,
        lambda: operations.hand_over(
            care=found, by=request.member, at=now(), **form.cleaned_data
        ),
    )
    if opened:
        messages.success(request, _("The care is handed over."))
        return redirect("people:care", opened.pk)
    return care_page(request, found, status=status, hand_over=form)
