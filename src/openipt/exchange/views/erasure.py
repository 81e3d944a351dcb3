"""Requests for erasure, for those of the service who answer them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Invalid
from openipt.core.exchange import load_grounds
from openipt.exchange import access, operations, queries
from openipt.exchange.forms import DecideForm, ProposeForm
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request

READ = ("GET", "HEAD")


@open_to("admin", "manager", methods=READ)
def requests(request: Request) -> HttpResponse:
    """List the requests of the service, those that wait first."""
    context = {"requests": queries.requests_of(request.member)}
    return render(request, "exchange/requests.html", context)


@open_to("admin", "manager")
def erasure(request: Request, erasure: UUID) -> HttpResponse:
    """Show a request; the first to answer proposes."""
    found = queries.request_for(request.member, erasure)
    form = ProposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.propose(
                request=found,
                ground=form.ground(),
                answer=form.cleaned_data["answer"],
                by=request.member,
                at=now(),
            )
        except Invalid as reason:
            form.add_error("choice", str(reason))
        else:
            messages.success(request, _("Proposed. Somebody else confirms it."))
            return redirect("exchange:erasure", found.pk)
    audit.record_read(
        action="exchange.erasure.read",
        resource="erasure",
        object_id=found.pk,
        subjects=[found.person_id],
        by=request.member,
        at=now(),
    )
    member = request.member
    context = {
        "asked": found,
        "form": form,
        "ground": load_grounds().get(found.ground),
        "names_person": "admin" in member.role_set,
        "refusal_to_accept": access.refusal_to_accept(found),
        "refusal_to_propose": access.refusal_to_propose(member, found),
        "refusal_to_decide": access.refusal_to_decide(member, found),
    }
    status = 422 if form.errors else 200
    return render(request, "exchange/erasure.html", context, status=status)


@open_to("admin", "manager", methods=("POST",))
def decide(request: Request, erasure: UUID) -> HttpResponse:
    """Confirm what somebody else proposed, or give it back."""
    found = queries.request_for(request.member, erasure)
    form = DecideForm(request.POST)
    sent = form.cleaned_data if form.is_valid() else {}
    confirm = sent.get("confirm") == "yes"
    operations.decide(
        request=found,
        # A form that names no version has seen none.
        version=sent.get("version", 0),
        confirm=confirm,
        by=request.member,
        at=now(),
    )
    messages.success(
        request,
        _("Confirmed. The person is told.")
        if confirm
        else _("Given back to be answered anew."),
    )
    return redirect("exchange:erasure", found.pk)
