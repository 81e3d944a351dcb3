"""The service at a glance: counts for whoever manages it."""

from django.http import HttpResponse
from django.shortcuts import render

from openipt.home.queries import service as queries
from openipt.safety import queries as safety
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request


@open_to("manager", methods=("GET", "HEAD"))
def service(request: Request) -> HttpResponse:
    at = now()
    context = {
        "counts": queries.counts_of(request.member, at),
        "passed_on": safety.open_alerts_for(request.member, at),
        "at": at,
    }
    return render(request, "home/service.html", context)
