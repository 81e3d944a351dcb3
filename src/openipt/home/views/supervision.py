"""Supervision: alerts that reached the supervisor, and the courses of those supervised."""

from django.http import HttpResponse
from django.shortcuts import render

from openipt import audit
from openipt.home import navigation
from openipt.home.forms import ListFilter
from openipt.home.queries import courses, open_alerts, ordering, scores
from openipt.home.queries import supervision as queries
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request

from .caseload import ALERTS, row_addresses


@open_to("supervisor")
def supervision(request: Request) -> HttpResponse:
    at = now()
    cards = open_alerts.cards_for(request.member, at)
    navigation.tell_waiting(request, sum(card.is_waiting for card in cards))
    part = request.htmx and request.htmx.target == ALERTS
    rows = [] if part else courses.supervised_rows(request.member, at)
    subjects = {card.person_id for card in cards} | {row.person_id for row in rows}
    audit.record_read(
        action="home.supervision.read",
        resource="course",
        subjects=subjects,
        count=len(subjects),
        by=request.member,
        at=at,
    )
    if part:
        return render(request, "home/open_alerts.html", {"cards": cards})
    supervised = queries.supervised(request.member, rows, at)
    form = ListFilter(request.POST or None)
    sort = ordering.sort_asked(request.GET.get("sort", ""))
    alerts = {card.person_id: card for card in cards}
    context = {
        "at": at,
        "cards": cards,
        "alerts": alerts,
        "rows": ordering.ordered(
            ordering.holding(rows, form.wanted()), sort, first=alerts
        ),
        "count": len(rows),
        "supervised": supervised,
        "therapists": {each.member_id: each.name for each in supervised},
        "sort": sort,
        "form": form,
        "measure": scores.lead_measure(),
        "addresses": row_addresses(),
    }
    return render(request, "home/supervision.html", context)
