"""All that belongs to a person's therapy, one tap away."""

from django.http import HttpResponse
from django.shortcuts import render

from openipt.home.queries import therapy as queries
from openipt.web.door import open_to
from openipt.web.http import Request


@open_to("person", methods=("GET", "HEAD"))
def therapy(request: Request) -> HttpResponse:
    """My therapy: people, plan and what there is to read."""
    groups = queries.therapy_of(request.member)
    return render(request, "home/therapy.html", {"groups": groups})
