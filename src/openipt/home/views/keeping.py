"""The console's page about keeping the record, and the end of recovery mode."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from openipt.home.queries import keeping as queries
from openipt.people import operations
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request


@open_to("admin", methods=("GET", "HEAD"))
def keeping(request: Request) -> HttpResponse:
    """Show when the record was last copied and tried, and whether something is lost."""
    found = queries.safekeeping_of(request.member, now())
    return render(request, "home/keeping.html", {"safe": found})


@open_to("admin", methods=("POST",))
def end_recovery(request: Request) -> HttpResponse:
    """End recovery mode for this service."""
    operations.end_recovery(by=request.member, at=now())
    messages.success(request, _("Recovery mode has ended."))
    return redirect("home:keeping")
