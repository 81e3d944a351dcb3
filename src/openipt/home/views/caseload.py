"""The caseload: who needs me, and how every course of mine stands."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from openipt import audit
from openipt.home import navigation
from openipt.home.forms import ListFilter
from openipt.home.queries import courses, open_alerts, ordering, scores
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request
from openipt.web.routing import address_of

ALERTS = "open-alerts"
"""The part of the page that is fetched again when something changes."""


@open_to("therapist")
def caseload(request: Request) -> HttpResponse:
    at = now()
    cards = open_alerts.cards_for(request.member, at)
    navigation.tell_waiting(request, sum(card.is_waiting for card in cards))
    if request.htmx and request.htmx.target == ALERTS:
        _record(request, (card.person_id for card in cards), at)
        return render(request, "home/open_alerts.html", {"cards": cards})
    rows = courses.own_rows(request.member, at)
    ended = courses.ended_rows(request.member, at)
    shown = [row.person_id for row in rows] + [row.person_id for row in ended]
    _record(request, shown, at)
    form = ListFilter(request.POST or None)
    sort = ordering.sort_asked(request.GET.get("sort", ""))
    alerts = {card.person_id: card for card in cards}
    context = {
        "at": at,
        "on": timezone.localdate(at),
        "cards": cards,
        "alerts": alerts,
        "rows": ordering.ordered(
            ordering.holding(rows, form.wanted()), sort, first=alerts
        ),
        "count": len(rows),
        "ended": ended,
        "today": ordering.seen_today(rows),
        "sort": sort,
        "form": form,
        "measure": scores.lead_measure(),
        "addresses": row_addresses(),
    }
    return render(request, "home/caseload.html", context)


def row_addresses() -> dict[str, str]:
    """Return where a row leads to, with `%s` in the place of its id."""
    return {
        "course": address_of("courses:course"),
        "session": address_of("encounters:session"),
    }


def _record(request: Request, persons: Iterable[UUID], at: datetime) -> None:
    subjects = set(persons)
    audit.record_read(
        action="home.caseload.read",
        resource="course",
        subjects=subjects,
        count=len(subjects),
        by=request.member,
        at=at,
    )
