"""All readings, for those who work with them."""

from django.http import HttpResponse
from django.shortcuts import render

from openipt.core.readings import load_readings
from openipt.learning import queries
from openipt.web.door import open_to
from openipt.web.http import Request

from .words import group_names


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def readings(request: Request) -> HttpResponse:
    """Every reading, with when it is offered by itself."""
    groups: dict[str, list[object]] = {}
    for one in load_readings().values():
        groups.setdefault(one.group, []).append(one)
    context = {"groups": groups, "group_names": group_names()}
    return render(request, "learning/readings.html", context)


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def reading(request: Request, reading: str) -> HttpResponse:
    """One reading as the person reads it, without anything of theirs."""
    context = {"reading": queries.reading_of(reading)}
    return render(request, "learning/reading.html", context)
