"""Today: what is next for the person, and what to do before it."""

from django.http import HttpResponse
from django.shortcuts import render

from openipt.home.queries import today as queries
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request


@open_to("person", methods=("GET", "HEAD"))
def today(request: Request) -> HttpResponse:
    found = queries.today_of(request.member, now())
    return render(request, "home/today.html", {"today": found})
