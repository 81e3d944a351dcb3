"""What can be looked up beside a session: one panel a line, each with its template.

A panel is loaded when it is opened. Without scripts it is a page of its own. To add one:
a line in PANELS, a template `encounters/beside/<key>.html` and, where it needs more than
the session, a function that gives its template the rest.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from openipt import audit
from openipt.core.errors import Missing
from openipt.core.inventory import load_choices
from openipt.courses import queries as courses
from openipt.encounters import queries
from openipt.encounters.queries import Beside
from openipt.inventory import queries as inventory
from openipt.practice import operations as practice
from openipt.web import clock
from openipt.web.door import open_to
from openipt.web.http import Request


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """Something to look up: its key in the address, its label, what its template needs."""

    key: str
    label: Promise
    context: Callable[[Beside], Mapping[str, Any]]


def _week(beside: Beside) -> Mapping[str, Any]:
    shared = beside.shared
    unread = [page.share_id for page in shared if page.first_read_at is None]
    if unread:
        practice.note_reading(share_ids=unread, at=beside.at)
    return {"shared": shared, "scores": beside.scores}


def _circle(beside: Beside) -> Mapping[str, Any]:
    whose = inventory.inventory_for(
        beside.member, beside.record.course.person_id, beside.at
    )
    zone = ZoneInfo(beside.member.service.zone)
    return {
        "whose": whose,
        "view": inventory.view_of(whose, zone=zone) if whose.may_look else None,
        "rings": load_choices().rings,
    }


def _last_note(beside: Beside) -> Mapping[str, Any]:
    return {"note": beside.last_note}


def _focus(beside: Beside) -> Mapping[str, Any]:
    course = beside.record.course
    people = courses.known_people(beside.member, course)
    return {"views": courses.focus_summary(course, people=people)}


def _formulation(beside: Beside) -> Mapping[str, Any]:
    versions = courses.versions_of(beside.record.course)
    return {"version": next((one for one in versions if one.is_shown), None)}


def _timeline(beside: Beside) -> Mapping[str, Any]:
    person = beside.record.course.person_id
    whose = inventory.inventory_for(beside.member, person, beside.at)
    events = inventory.events_of(whose.person) if whose.may_look else []
    return {
        "whose": whose,
        "events": events,
        "near": inventory.near_onset(events),
    }


PANELS = (
    Panel(key="week", label=gettext_lazy("Their week"), context=_week),
    Panel(key="last-note", label=gettext_lazy("Last note"), context=_last_note),
    Panel(key="focus", label=gettext_lazy("Focus"), context=_focus),
    Panel(key="circle", label=gettext_lazy("Circle"), context=_circle),
    Panel(key="timeline", label=gettext_lazy("Timeline"), context=_timeline),
    Panel(key="formulation", label=gettext_lazy("Formulation"), context=_formulation),
)


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def beside(request: Request, appointment: UUID, panel: str) -> HttpResponse:
    """Look something up beside a session."""
    at = clock.now()
    found = queries.beside_for(
        request.member, appointment, at=at, today=timezone.localdate()
    )
    chosen = next((one for one in PANELS if one.key == panel), None)
    if chosen is None:
        raise Missing
    context = {
        "panel": chosen,
        "beside": found,
        "record": found.record,
        "fragment": f"encounters/beside/{chosen.key}.html",
        **chosen.context(found),
    }
    audit.record_read(
        action="encounters.session.read",
        resource="appointment",
        object_id=found.appointment.pk,
        subjects=[found.record.course.person_id],
        by=request.member,
        at=at,
    )
    template = "fragment" if request.htmx else "page"
    return render(request, f"encounters/beside/{template}.html", context)
