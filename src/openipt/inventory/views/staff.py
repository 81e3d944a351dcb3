"""The people of somebody in care."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from openipt.inventory import operations, queries
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request

from . import pages


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def people_of(request: Request, person: UUID) -> HttpResponse:
    """The circle of somebody in care, once they have agreed."""
    return pages.circle(request, queries.inventory_for(request.member, person, now()))


@open_to("therapist", methods=("POST",))
def note_agreement(request: Request, person: UUID) -> HttpResponse:
    """Note that the person agreed to look at these people together."""
    at = now()
    whose = queries.inventory_to_note(request.member, person, at)
    operations.agree(person=whose.person, by=request.member, at=at)
    messages.success(
        request, _("Noted. The person sees on their page that they agreed.")
    )
    return redirect("inventory:people", person=person)


@open_to("therapist")
def add(request: Request, person: UUID) -> HttpResponse:
    """Add somebody, together in the session."""
    whose = queries.inventory_to_write(request.member, person, now())
    return pages.added(request, whose)


@open_to("therapist")
def change(request: Request, person: UUID, relationship: UUID) -> HttpResponse:
    """What is said of somebody, to be changed."""
    whose = queries.inventory_to_write(request.member, person, now())
    return pages.changed(request, whose, relationship)


@open_to("therapist", methods=("POST",))
def move(request: Request, person: UUID, relationship: UUID) -> HttpResponse:
    """Put somebody at another place in the circle."""
    whose = queries.inventory_to_write(request.member, person, now())
    return pages.moved(request, whose, relationship)


@open_to("therapist")
def remove(request: Request, person: UUID, relationship: UUID) -> HttpResponse:
    """Take somebody out of the circle, after asking."""
    whose = queries.inventory_to_write(request.member, person, now())
    return pages.removed(request, whose, relationship)
