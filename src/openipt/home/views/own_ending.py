"""Before and after: the page at the end of a course, for the person to keep."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openipt.core.course import ending_is_near
from openipt.courses import operations
from openipt.courses import queries as courses
from openipt.home.forms import WordsForm
from openipt.home.queries.circle_then import circle_then, headings_of, moves_of
from openipt.home.queries.paper import done_of, headings, lead_of, told_of
from openipt.home.queries.summary import summary_of
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request

from . import looking_back

if TYPE_CHECKING:
    from openipt.courses.models import Contract, Ending


@open_to("person")
def own_ending(request: Request, course: UUID) -> HttpResponse:
    """What changed, what the person did for it, and their own words about it."""
    contract, ending = courses.own_ending(request.member, course)
    found, conflict = contract.course, ""
    if request.method == "POST":
        form = WordsForm(request.POST)
        if form.is_valid():
            conflict = looking_back.keep_words(request, found, form)
            if not conflict:
                messages.success(request, _("Saved."))
                return redirect("home:own-ending", found.pk)
    else:
        form = looking_back.words_form(request, found, ending)
    context = _about(request, contract, ending) | {"form": form, "conflict": conflict}
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "home/own_ending.html", context, status=status)


@open_to("person")
def own_paper(request: Request, course: UUID) -> HttpResponse:
    """Ask for the page as a PDF; shown again, say how far it is."""
    found = courses.own_course(request.member, course)
    if request.method == "POST":
        operations.ask_for_paper(
            course=found,
            language=get_language() or "en",
            by=request.member,
            at=now(),
        )
        return redirect(reverse("home:own-ending", args=[found.pk]) + "#paper")
    context = {
        "paper": courses.paper_of(request.member, found),
        "paper_url": reverse("home:own-paper", args=[found.pk]),
        "file_url": reverse("home:own-paper-file", args=[found.pk]),
        "page_url": reverse("home:own-ending", args=[found.pk]),
    }
    return render(request, "home/paper.html", context)


@open_to("person", methods=("GET", "HEAD"))
def own_paper_file(request: Request, course: UUID) -> HttpResponse:
    """The PDF itself."""
    return looking_back.download(request, courses.own_course(request.member, course))


def _about(
    request: Request, contract: "Contract", ending: "Ending | None"
) -> dict[str, object]:
    course = contract.course
    summary = summary_of(contract, ending, for_person=True)
    today = timezone.localdate(now())
    session = courses.session_on(contract, today)
    circle = circle_then(course, contract, for_person=True)
    return {
        "circle": circle,
        "circle_rows": moves_of(circle) if circle else (),
        "circle_words": headings_of(circle) if circle else {},
        "has_letter": contract.has_letter,  # type: ignore[attr-defined]  # annotated
        "summary": summary,
        "lead": lead_of(summary),
        "done": done_of(summary.done),
        "told": told_of,
        "headings": headings(),
        "is_near": ending_is_near(session, contract.sessions),
        "draft_key": looking_back.draft_key(course),
        "paper": courses.asked_paper(contract),
        "paper_url": reverse("home:own-paper", args=[course.pk]),
        "file_url": reverse("home:own-paper-file", args=[course.pk]),
        "page_url": reverse("home:own-ending", args=[course.pk]),
    }
