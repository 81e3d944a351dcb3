"""What is hard, for the care team."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from openipt.courses import queries
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request

from . import issue_pages
from .reading import say_read


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def issues(request: Request, course: UUID) -> HttpResponse:
    """What is hard in this course, the hardest first."""
    at, today = now(), timezone.localdate()
    found = queries.course_for(request.member, course, at)
    record = queries.record_of(request.member, found, at=at, today=today)
    context = {
        "record": record,
        "course": found,
        "addresses": issue_pages.addresses_of(request, found),
        "lines": queries.issue_lines(
            found,
            queries.issues_of(found),
            people=queries.known_people(request.member, found),
            foci=[line.focus for line in record.foci],
        ),
        "moves": record.is_writer and found.ended_at is None,
    }
    say_read(request, found.pk, found.person_id)
    return render(request, "courses/issues.html", context)


@open_to("therapist")
def add_issue(request: Request, course: UUID) -> HttpResponse:
    """Add something hard, together in the session."""
    found = queries.course_to_write(request.member, course, now())
    return issue_pages.added(request, found)


@open_to("therapist")
def change_issue(request: Request, course: UUID, issue: UUID) -> HttpResponse:
    """What is said of something hard, to be changed and sorted."""
    found = queries.course_to_write(request.member, course, now())
    return issue_pages.changed(request, found, issue)


@open_to("therapist", methods=("POST",))
def order_issues(request: Request, course: UUID) -> HttpResponse:
    """Put the list in another order."""
    found = queries.course_to_write(request.member, course, now())
    return issue_pages.ordered(request, found)


@open_to("therapist")
def remove_issue(request: Request, course: UUID, issue: UUID) -> HttpResponse:
    """Take something off the list, after asking."""
    found = queries.course_to_write(request.member, course, now())
    return issue_pages.removed(request, found, issue)
