"""One's own readings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt.learning import operations, queries
from openipt.people import queries as people
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request

from .words import group_names, own_pages


@open_to("person", methods=("GET", "HEAD"))
def own_readings(request: Request) -> HttpResponse:
    """What there is to read: for now, from one's therapist, all of it, read."""
    shelf = queries.own_shelf(request.member, timezone.localdate())
    context = {"shelf": shelf, "group_names": group_names()}
    return render(request, "learning/shelf.html", context)


@open_to("person", methods=("GET", "HEAD"))
def own_reading(request: Request, reading: str) -> HttpResponse:
    """One reading, beside it what is one's own."""
    found, at = queries.reading_of(reading), now()
    person = people.own_person(request.member)
    state = queries.state_of(person, found) or operations.open_reading(
        person=person, reading=found, by=request.member, at=at
    )
    waiting = queries.suggestions_for(person)
    context = {
        "reading": found,
        "state": state,
        "suggested": next((one for one in waiting if one.reading is found), None),
        "own": queries.own_part_of(
            request.member,
            person,
            found.own_data,
            at=at,
            today=timezone.localdate(),
        ),
        "pages": own_pages(),
    }
    return render(request, "learning/own_reading.html", context)


@open_to("person", methods=("POST",))
def note_read(request: Request, reading: str) -> HttpResponse:
    """Note that it was read: by the button, or by reaching the end."""
    found = queries.reading_of(reading)
    operations.mark_read(
        person=people.own_person(request.member),
        reading=found,
        by=request.member,
        at=now(),
    )
    if "application/json" in request.headers.get("Accept", ""):
        return HttpResponse(status=204)
    messages.success(request, _("Noted as read."))
    return redirect("learning:own")
