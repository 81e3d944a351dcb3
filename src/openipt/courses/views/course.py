"""The first page of a course."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from openipt.courses import access, queries
from openipt.web import clock
from openipt.web.door import open_to
from openipt.web.http import Request

from .reading import say_read


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def course(request: Request, course: UUID) -> HttpResponse:
    """Show a course: standing, contract, focus, sessions, invitation."""
    at, today = clock.now(), timezone.localdate()
    found = queries.course_for(request.member, course, at)
    record = queries.record_of(request.member, found, at=at, today=today)
    plan = queries.plan_of(record, today=today)
    context = {
        "record": record,
        "views": queries.focus_summary(
            found, people=queries.known_people(request.member, found)
        ),
        "plan": plan,
        "steps": queries.lines_of(plan),
        "role_words": access.in_words([plan.role_finding]) if plan.role_finding else "",
        "overview": queries.overview_of(record, at=at, today=today),
    }
    say_read(request, found.pk, found.person_id)
    return render(request, "courses/course.html", context)
