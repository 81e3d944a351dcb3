"""One's own people."""

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


@open_to("person", methods=("GET", "HEAD"))
def own_people(request: Request) -> HttpResponse:
    """My people: the circle, now and at other times, and the same as a list."""
    return pages.circle(request, queries.own_inventory(request.member, now()))


@open_to("person", methods=("POST",))
def own_share(request: Request) -> HttpResponse:
    """Let the care team look at them too, or no longer."""
    at = now()
    person = queries.own_inventory(request.member, at).person
    if request.POST.get("agree") == "yes":
        operations.agree(person=person, by=request.member, at=at)
        messages.success(
            request, _("Your care team sees your people and your timeline now.")
        )
    else:
        operations.take_agreement_back(person=person, by=request.member, at=at)
        messages.success(
            request, _("Nobody but you sees your people and your timeline now.")
        )
    return redirect("inventory:own")


@open_to("person")
def own_add(request: Request) -> HttpResponse:
    """Add somebody."""
    return pages.added(request, queries.own_inventory(request.member, now()))


@open_to("person")
def own_change(request: Request, relationship: UUID) -> HttpResponse:
    """What is said of somebody, to be changed."""
    whose = queries.own_inventory(request.member, now())
    return pages.changed(request, whose, relationship)


@open_to("person", methods=("POST",))
def own_move(request: Request, relationship: UUID) -> HttpResponse:
    """Put somebody at another place in the circle."""
    whose = queries.own_inventory(request.member, now())
    return pages.moved(request, whose, relationship)


@open_to("person")
def own_remove(request: Request, relationship: UUID) -> HttpResponse:
    """Take somebody out of the circle, after asking."""
    whose = queries.own_inventory(request.member, now())
    return pages.removed(request, whose, relationship)
