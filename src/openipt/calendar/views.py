"""The therapist's week."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from openipt import audit
from openipt.core.errors import Missing
from openipt.web import clock
from openipt.web.door import open_to
from openipt.web.http import Request

from . import queries

FIRST, LAST = date(2000, 1, 1), date(2200, 1, 1)


@open_to("therapist", methods=("GET", "HEAD"))
def week(request: Request, day: str = "") -> HttpResponse:
    """Show this professional's sessions of one week, day by day."""
    at, today = clock.now(), timezone.localdate()
    on = _day(day) if day else today
    monday = on - timedelta(days=on.weekday())
    days = queries.week_of(request.member, monday)
    shown = queries.persons_shown(request.member, days, at)
    context = {
        "days": days,
        "today": today,
        "at": at,
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "shown": shown,
        "planned": sum(len(one.appointments) for one in days),
    }
    audit.record_read(
        action="calendar.week.read",
        resource="calendar",
        subjects=shown,
        by=request.member,
        at=at,
    )
    return render(request, "calendar/week.html", context)


def _day(text: str) -> date:
    """Return a day as it stands in an address.

    :raises Missing: if it is none, or lies where no calendar of ours reaches
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Missing from None
    if day.isoformat() != text or not FIRST <= day <= LAST:
        raise Missing
    return day
