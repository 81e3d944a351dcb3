"""The ending of a course, for those who treat the person."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Invalid, SentBefore
from openipt.core.ids import new_id
from openipt.courses import operations
from openipt.courses import queries as courses
from openipt.home.forms import WAYS, EndForm, OutreachForm, WordsForm
from openipt.home.queries.circle_then import circle_then, headings_of, moves_of
from openipt.home.queries.ending_tasks import ending_tasks
from openipt.home.queries.paper import done_of, headings, told_of
from openipt.home.queries.summary import summary_of
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request
from openipt.web.sent_again import send_anew, status_of

from . import looking_back

if TYPE_CHECKING:
    from openipt.courses.models import Course


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def ending(request: Request, course: UUID) -> HttpResponse:
    """Show how a course comes to its end: before and after, what is agreed, what is left."""
    found = courses.course_for(request.member, course, now())
    return _page(request, found)


@open_to("therapist", methods=("POST",))
def raise_ending(request: Request, course: UUID) -> HttpResponse:
    """Note that the two have talked about the ending."""
    at = now()
    found = courses.course_to_write(request.member, course, at)
    operations.raise_ending(course=found, by=request.member, at=at)
    messages.success(request, _("Noted: you have talked about the ending."))
    return redirect("home:ending", found.pk)


@open_to("therapist", methods=("POST",))
def ending_words(request: Request, course: UUID) -> HttpResponse:
    """Write down what somebody without an account says when they look back."""
    found = courses.course_to_write(request.member, course, now())
    form = WordsForm(request.POST)
    conflict = ""
    if form.is_valid():
        conflict = looking_back.keep_words(request, found, form, shared=True)
        if not conflict:
            messages.success(request, _("Saved."))
            return redirect("home:ending", found.pk)
    return _page(request, found, words=form, conflict=conflict)


@open_to("therapist", methods=("POST",))
def outreach(request: Request, course: UUID) -> HttpResponse:
    """Record a try to reach somebody who stays away."""
    at = now()
    found = courses.course_to_write(request.member, course, at)
    form = OutreachForm(request.POST, today=timezone.localdate(at))
    if form.is_valid():
        try:
            operations.record_outreach(
                course=found,
                submission_id=form.cleaned_data["submission_id"],
                by=request.member,
                at=at,
                **form.tried(),
            )
        except SentBefore as reason:
            send_anew(form, reason)
        else:
            messages.success(request, _("Recorded."))
            return redirect(reverse("home:ending", args=[found.pk]) + "#tries")
    return _page(request, found, outreach=form)


@open_to("therapist", methods=("POST",))
def end(request: Request, course: UUID) -> HttpResponse:
    """End a course, as agreed or earlier."""
    at = now()
    found = courses.course_to_write(request.member, course, at)
    form = EndForm(request.POST, early=courses.ends_early(found, at))
    if form.is_valid():
        try:
            operations.end_course(course=found, by=request.member, at=at, **form.how())
        except operations.DespiteWanted as reason:
            form.add_error("despite", str(reason))
        except Invalid as reason:
            form.add_error("early_reason", str(reason))
        else:
            messages.success(request, _("The course has ended. Its record stays."))
            return redirect("home:ending", found.pk)
    return _page(request, found, end=form)


@open_to("therapist", "supervisor")
def paper(request: Request, course: UUID) -> HttpResponse:
    """Ask for the page as a PDF; shown again, say how far it is."""
    at = now()
    found = courses.course_for(request.member, course, at)
    if request.method == "POST":
        operations.ask_for_paper(
            course=found, language=get_language() or "en", by=request.member, at=at
        )
        return redirect(reverse("home:ending", args=[found.pk]) + "#paper")
    return render(request, "home/paper.html", _paper(request, found))


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def paper_file(request: Request, course: UUID) -> HttpResponse:
    """The PDF itself."""
    found = courses.course_for(request.member, course, now())
    answer = looking_back.download(request, found)
    _say_read(request, "home.paper.read", found)
    return answer


def _page(
    request: Request, course: "Course", *, conflict: str = "", **sent: Form
) -> HttpResponse:
    """Show the page, with a form that came back beside those that nobody sent."""
    at = now()
    today = timezone.localdate(at)
    record = courses.record_of(request.member, course, at=at, today=today)
    farewell = courses.farewell_of(
        request.member, course, record.contract, at=at, today=today
    )
    summary = summary_of(
        record.contract, farewell.ending, for_person=farewell.writes_words
    )
    plan = courses.seen_plan(request.member, course.person, at)
    after = courses.maintenance_of(course, record.contract, at)
    went = courses.how_it_went(course)
    circle = circle_then(course, record.contract, for_person=False)
    context: dict[str, Any] = {
        "record": record,
        "tasks": ending_tasks(record, farewell.ending, request.member, at),
        "plan": plan,
        "after": after,
        "went": went,
        "went_words": courses.WENT_WORDS,
        "circle": circle,
        "circle_rows": moves_of(circle) if circle else (),
        "circle_words": headings_of(circle) if circle else {},
        "mine": False,
        "farewell": farewell,
        "summary": summary,
        "done": done_of(summary.done),
        "told": told_of,
        "ways": WAYS,
        "headings": headings(),
        "conflict": conflict,
        "draft_key": looking_back.draft_key(course),
        "words": sent.get("words")
        or looking_back.words_form(request, course, farewell.ending),
        "outreach": sent.get("outreach")
        or OutreachForm(
            today=today, initial={"submission_id": new_id(), "on_date": today}
        ),
        "end": sent.get("end") or EndForm(early=farewell.is_early),
    }
    _say_read(request, "home.ending.read", course)
    status = HTTPStatus.OK
    for form in sent.values():
        status = HTTPStatus(status_of(form, conflict=bool(conflict)))
    context |= _paper(request, course) | {"sent": set(sent)}
    return render(request, "home/ending.html", context, status=status)


def _paper(request: Request, course: "Course") -> dict[str, Any]:
    return {
        "paper": courses.paper_of(request.member, course),
        "paper_url": reverse("home:paper", args=[course.pk]),
        "file_url": reverse("home:paper-file", args=[course.pk]),
        "page_url": reverse("home:ending", args=[course.pk]),
    }


def _say_read(request: Request, action: str, course: "Course") -> None:
    audit.record_read(
        action=action,
        resource="course",
        object_id=course.pk,
        subjects=[course.person_id],
        by=request.member,
        at=now(),
    )
