"""What the person works on and how far it is, on their own page."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from openipt.core.ids import new_id
from openipt.courses import queries
from openipt.courses.forms import OwnRateForm, RateForm
from openipt.web.door import open_to
from openipt.web.http import Request
from openipt.web.sent_again import status_of

from .goals import is_rated


@open_to("person", methods=("GET", "HEAD"))
def own_goals(request: Request) -> HttpResponse:
    """What I work on in each course, my goals, and how far they are."""
    return _page(request)


@open_to("person", methods=("POST",))
def own_rate_goal(request: Request, goal: UUID) -> HttpResponse:
    """Say how far a goal is."""
    row = queries.own_goal(request.member, goal)
    form = OwnRateForm(request.POST)
    if not form.is_valid() or not is_rated(request, row, form):
        return _page(request, sent=(row.pk, form))
    return redirect("courses:own-goals")


def _page(
    request: Request, *, sent: tuple[UUID, RateForm] | None = None
) -> HttpResponse:
    courses = queries.own_therapies(request.member)
    people = queries.known_people(request.member, courses[0]) if courses else []
    views = queries.focus_summaries(courses, people=people, ended=True)
    lists = [
        {
            "course": course,
            "variant": queries.variant_of(course),
            "views": views[course.pk],
            "rates": course.ended_at is None,
        }
        for course in courses
        if course.ended_at is None or views[course.pk]
    ]
    context = {
        "lists": lists,
        "sent": dict([sent]) if sent else {},
        "new_id": new_id,
    }
    status = status_of(sent[1]) if sent else 200
    return render(request, "courses/own_goals.html", context, status=status)
