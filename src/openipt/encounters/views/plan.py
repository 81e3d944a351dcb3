"""What is done with the agenda of a session, and its quiet clock."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from openipt.core.agenda import Planned, snapshot
from openipt.encounters import operations, queries
from openipt.encounters.forms import PlanForm
from openipt.web import clock
from openipt.web.door import open_to
from openipt.web.http import Request

from .doing import do, encounter_of


@open_to("therapist", methods=("POST",))
def plan(request: Request, appointment: UUID) -> HttpResponse:
    """Arrange the agenda: order, minutes, own points, what waits; or start the clock."""
    now = clock.now()
    queries.session_to_write(request.member, appointment, now)
    found = queries.session_for(
        request.member, appointment, at=now, today=timezone.localdate()
    )
    on_page = snapshot(
        Planned(item=step.item, minutes=step.minutes, state=step.state)
        for step in found.agenda
    )
    form = PlanForm(request.POST, keys=[step.item.key for step in found.agenda])

    def act(planned: Any, course: Any, at: datetime) -> None:
        encounter = encounter_of(request, planned, course, at)
        change = {"encounter": encounter, "by": request.member, "at": at}
        if form.act == "stop":
            operations.stop_clock(**change)
        elif form.act == "begin":
            operations.begin_clock(plan=form.changed(on_page), **change)
        else:
            operations.keep_plan(
                plan=form.changed(on_page),
                version=form.cleaned_data["plan_version"],
                **change,
            )

    return do(request, appointment, form, act, said="", place=_place(request))


def _place(request: Request) -> str:
    """Come back to the point that was moved."""
    act, _colon, key = request.POST.get("do", "").partition(":")
    return f"point-{key}" if act in ("up", "down") and key.isprintable() else "agenda"
