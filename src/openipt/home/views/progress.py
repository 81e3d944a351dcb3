"""How it goes, for the person and for whoever treats them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from openipt import audit
from openipt.courses import queries as courses
from openipt.home.queries import progress as queries
from openipt.questionnaires import queries as questionnaires
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request


@open_to("person", methods=("GET", "HEAD"))
def progress(request: Request) -> HttpResponse:
    """The person's own way through each course, in pictures, words and numbers."""
    context = {"courses": queries.own_progress(request.member)}
    return render(request, "home/progress.html", context)


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def course_progress(request: Request, course: UUID) -> HttpResponse:
    """The same for those who treat the person, with a way to every single answering."""
    at = now()
    found = courses.course_for(request.member, course, at)
    audit.record_read(
        action="home.progress.read",
        resource="course",
        object_id=found.pk,
        subjects=[found.person_id],
        by=request.member,
        at=at,
    )
    context = {
        "record": courses.record_of(
            request.member, found, at=at, today=timezone.localdate(at)
        ),
        "progress": queries.progress_of(found),
        "closed": questionnaires.closed_measures(found, at),
        "overdue": queries.overdue_names(found, at),
    }
    return render(request, "home/course_progress.html", context)
