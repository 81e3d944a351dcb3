"""The service at a glance: counts for whoever manages it."""

from django.http import HttpResponse
from django.shortcuts import render

from openipt.home.queries import service as queries
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request


@open_to("manager", methods=("GET", "HEAD"))
def service(request: Request) -> HttpResponse:
    at = now()
    counts = queries.counts_of(request.member, at)
    return render(request, "home/service.html", {"counts": counts, "at": at})
