"""What is hard, for the person: their own list in each of their courses."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from openipt.courses import queries
from openipt.web.door import open_to
from openipt.web.http import Request

from . import issue_pages


@open_to("person", methods=("GET", "HEAD"))
def own_issues(request: Request) -> HttpResponse:
    """What is hard for me, the hardest first, for each course."""
    courses = queries.own_therapies(request.member)
    issues = queries.issues_in(course.pk for course in courses)
    foci = queries.foci_of(course.pk for course in courses)
    people = queries.known_people(request.member, courses[0]) if courses else []
    lists = [
        {
            "course": course,
            "variant": queries.variant_of(course),
            "addresses": issue_pages.addresses_of(request, course),
            "moves": course.ended_at is None,
            "lines": queries.issue_lines(
                course,
                issues.get(course.pk, []),
                people=people,
                foci=foci.get(course.pk, []),
            ),
        }
        for course in courses
        if course.ended_at is None or course.pk in issues
    ]
    return render(request, "courses/own_issues.html", {"lists": lists})


@open_to("person")
def own_add_issue(request: Request, course: UUID) -> HttpResponse:
    """Add something hard."""
    return issue_pages.added(request, queries.own_course(request.member, course))


@open_to("person")
def own_change_issue(request: Request, course: UUID, issue: UUID) -> HttpResponse:
    """What I said of something hard, to be changed."""
    found = queries.own_course(request.member, course)
    return issue_pages.changed(request, found, issue)


@open_to("person", methods=("POST",))
def own_order_issues(request: Request, course: UUID) -> HttpResponse:
    """Put my list in another order."""
    return issue_pages.ordered(request, queries.own_course(request.member, course))


@open_to("person")
def own_remove_issue(request: Request, course: UUID, issue: UUID) -> HttpResponse:
    """Take something off my list, after asking."""
    found = queries.own_course(request.member, course)
    return issue_pages.removed(request, found, issue)
