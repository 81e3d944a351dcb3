"""A letter about a course, for the person to take to their doctor."""

from base64 import b64decode
from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Missing, Stale
from openipt.courses import access, operations
from openipt.courses import queries as courses
from openipt.courses.forms import LetterForm
from openipt.home.queries.letter import first_words, letter_name
from openipt.home.queries.summary import summary_of
from openipt.people import operations as people_operations
from openipt.people import queries as people
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.fields import about_version
from openipt.web.http import Request

if TYPE_CHECKING:
    from openipt.courses.models import Course


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def letter(request: Request, course: UUID) -> HttpResponse:
    """Show the letter about a course: the draft from facts, or what is kept."""
    found = courses.course_for(request.member, course, now())
    return _page(request, found)


@open_to("therapist", methods=("POST",))
def write_letter(request: Request, course: UUID) -> HttpResponse:
    """Keep the letter; nobody reads it but the care team until it is given."""
    found = courses.course_to_write(request.member, course, now())
    form, conflict = LetterForm(request.POST), ""
    if form.is_valid():
        try:
            operations.write_letter(
                course=found,
                text=form.cleaned_data["text"],
                version=form.cleaned_data["version"] or 0,
                by=request.member,
                at=now(),
            )
        except Stale as stale:
            versions = courses.letter_versions(found)
            about_version(form, versions[0].version if versions else 0)
            conflict = str(stale)
        else:
            people_operations.drop_draft(member=request.member, key=_draft_key(found))
            messages.success(
                request, _("Saved. Nobody but the care team reads it yet.")
            )
            return redirect("home:letter", found.pk)
    return _page(request, found, form, conflict)


@open_to("therapist", methods=("POST",))
def give_letter(request: Request, course: UUID) -> HttpResponse:
    """Let the person have the letter on their page, as it was read."""
    found = courses.course_to_write(request.member, course, now())
    sent = request.POST.get("version", "")
    operations.give_letter(
        course=found,
        version=int(sent) if sent.isdecimal() and len(sent) < len("12345") else 0,
        language=get_language() or "en",
        by=request.member,
        at=now(),
    )
    messages.success(request, _("They have the letter. Nothing is sent to anybody."))
    return redirect("home:letter", found.pk)


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def letter_file(request: Request, course: UUID) -> HttpResponse:
    """The letter as a PDF, to print for somebody without an account."""
    found = courses.course_for(request.member, course, now())
    answer = _file(found, page="home:letter")
    _say_read(request, found)
    return answer


@open_to("person", methods=("GET", "HEAD"))
def own_letter(request: Request, course: UUID) -> HttpResponse:
    """The letter that I can take to my doctor."""
    found = courses.own_course(request.member, course)
    given = courses.given_letter(found)
    if given is None:
        raise Missing
    context = {"letter": given, "course": found}
    return render(request, "home/own_letter.html", context)


@open_to("person", methods=("GET", "HEAD"))
def own_letter_file(request: Request, course: UUID) -> HttpResponse:
    """The letter as a PDF."""
    found = courses.own_course(request.member, course)
    return _file(found, page="home:own-letter")


def _page(
    request: Request,
    course: "Course",
    form: LetterForm | None = None,
    conflict: str = "",
) -> HttpResponse:
    at = now()
    today = timezone.localdate(at)
    record = courses.record_of(request.member, course, at=at, today=today)
    versions = courses.letter_versions(course)
    newest = versions[0] if versions else None
    status = HTTPStatus.OK
    if form is not None:
        status = HTTPStatus.CONFLICT if conflict else HTTPStatus.UNPROCESSABLE_ENTITY
    else:
        draft = people.draft_of(request.member, _draft_key(course)) or {}
        text = newest.text if newest else _draft(course, record)
        kept = {"text": text, "version": newest.version if newest else 0}
        form = LetterForm(initial=kept | draft)
    _say_read(request, course)
    context = {
        "record": record,
        "form": form,
        "conflict": conflict,
        "newest": newest,
        "versions": versions,
        "given": courses.given_letter(course),
        "draft_key": _draft_key(course),
        "has_account": access.has_account(course.person),
    }
    return render(request, "home/letter.html", context, status=status)


def _draft(course: "Course", record: courses.Record) -> str:
    went = courses.how_it_went(course)
    return first_words(
        summary_of(record.contract, None, for_person=False),
        went[0] if went else None,
        courses.maintenance_of(course, record.contract, now()),
    )


def _file(course: "Course", *, page: str) -> HttpResponse:
    """Return the letter that was given, or go to its page, which says that it is made."""
    given = courses.given_letter(course)
    if given is None:
        raise Missing
    content = courses.letter_file(given)
    if not content:
        return redirect(page, course.pk)
    return HttpResponse(
        b64decode(content),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{letter_name(given)}"'},
    )


def _draft_key(course: "Course") -> str:
    return f"letter:{course.pk}"


def _say_read(request: Request, course: "Course") -> None:
    audit.record_read(
        action="home.letter.read",
        resource="course",
        object_id=course.pk,
        subjects=[course.person_id],
        by=request.member,
        at=now(),
    )
