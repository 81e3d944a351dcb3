"""Events on one's own timeline, and on that of somebody in care."""

from uuid import UUID

from django.http import HttpResponse

from openipt.inventory import queries
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request

from . import timeline


@open_to("person")
def own_add_event(request: Request) -> HttpResponse:
    """Put something on my timeline."""
    return timeline.event_added(request, queries.own_inventory(request.member, now()))


@open_to("person")
def own_change_event(request: Request, event: UUID) -> HttpResponse:
    """What is said of something on my timeline, to be changed."""
    whose = queries.own_inventory(request.member, now())
    return timeline.event_changed(request, whose, event)


@open_to("person")
def own_remove_event(request: Request, event: UUID) -> HttpResponse:
    """Take something off my timeline, after asking."""
    whose = queries.own_inventory(request.member, now())
    return timeline.event_removed(request, whose, event)


@open_to("therapist")
def add_event(request: Request, person: UUID) -> HttpResponse:
    """Put something on the timeline, together in the session."""
    whose = queries.inventory_to_write(request.member, person, now())
    return timeline.event_added(request, whose)


@open_to("therapist")
def change_event(request: Request, person: UUID, event: UUID) -> HttpResponse:
    """What is said of something on the timeline, to be changed."""
    whose = queries.inventory_to_write(request.member, person, now())
    return timeline.event_changed(request, whose, event)


@open_to("therapist")
def remove_event(request: Request, person: UUID, event: UUID) -> HttpResponse:
    """Take something off the timeline, after asking."""
    whose = queries.inventory_to_write(request.member, person, now())
    return timeline.event_removed(request, whose, event)
