"""The administrator's first page: what the service still needs, and who is here today."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from openipt.home.queries import console as queries
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request


@open_to("admin", methods=("GET", "HEAD"))
def console(request: Request) -> HttpResponse:
    """Show what is missing before the service can work, and how it stands."""
    overview = queries.overview_of(request.member, now(), timezone.localdate())
    return render(request, "home/console.html", {"overview": overview})
