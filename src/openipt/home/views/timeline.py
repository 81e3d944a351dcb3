"""The timeline of a life, for the person and for their care team."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from openipt import audit
from openipt.core.timeline import EFFECTS
from openipt.courses import queries as courses
from openipt.home.queries import timeline as queries
from openipt.inventory import queries as inventory
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request


@open_to("person", methods=("GET", "HEAD"))
def own_timeline(request: Request) -> HttpResponse:
    """My timeline: what happened, the therapy and my answers on one axis."""
    at = now()
    whose = inventory.own_inventory(request.member, at)
    page = queries.page_of(request.member, whose, at)
    context = {"whose": whose, "page": page, "record": None, "effects": _effects()}
    return render(request, "home/timeline.html", context)


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def timeline_of(request: Request, person: UUID) -> HttpResponse:
    """The timeline of somebody in care, once they have agreed."""
    at = now()
    whose = inventory.inventory_for(request.member, person, at)
    page = None
    if whose.may_look:
        page = queries.page_of(request.member, whose, at)
        audit.record_read(
            action="timeline.read",
            resource="timeline",
            object_id=whose.person.pk,
            subjects=[whose.person.pk],
            by=request.member,
            at=at,
        )
    context = {
        "whose": whose,
        "page": page,
        "record": _record(request, whose, at),
        "effects": _effects(),
    }
    return render(request, "home/timeline.html", context)


def _record(
    request: Request, whose: inventory.Whose, at: datetime
) -> courses.Record | None:
    """Return the head of the course's pages, so that its tabs stay in reach."""
    newest = queries.newest_course(request.member, whose, at)
    if newest is None:
        return None
    course = courses.course_for(request.member, newest.pk, at)
    today = timezone.localdate(at)
    return courses.record_of(request.member, course, at=at, today=today)


def _effects() -> dict[int | None, str]:
    """Return the words of each effect, for the table."""
    return {effect: inventory.effect_words(effect) for effect in (*EFFECTS, None)}
