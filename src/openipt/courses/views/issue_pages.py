"""The pages of what is hard that both sides share; whose course it is was decided before."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt.core.errors import Invalid, Refused, SentBefore, Stale
from openipt.core.ids import new_id
from openipt.courses import access, operations, queries
from openipt.courses.forms import IssueForm, OrderForm, begun_with
from openipt.people import operations as people
from openipt.people import queries as people_queries
from openipt.web.clock import now
from openipt.web.fields import about_version
from openipt.web.http import Request
from openipt.web.sent_again import send_anew, status_of

from .reading import say_read

if TYPE_CHECKING:
    from openipt.courses.models import Course, Issue


@dataclass(frozen=True, kw_only=True, slots=True)
class Addresses:
    """The addresses of a course's list, for the person or for their care team."""

    course: "Course"
    is_own: bool

    def to(self, name: str, issue: UUID | None = None) -> str:
        """Return the address of a page, about something on the list where it is named."""
        prefix = "own-" if self.is_own else ""
        if name == "issues" and self.is_own:
            return reverse("courses:own-issues")
        named = {"course": self.course.pk}
        if issue is not None:
            named["issue"] = issue
        return reverse(f"courses:{prefix}{name}", kwargs=named)


def addresses_of(request: Request, course: "Course") -> Addresses:
    """Return the addresses of a course's list for whoever asks."""
    return Addresses(course=course, is_own=access.is_own(request.member, course))


def added(request: Request, course: "Course") -> HttpResponse:
    """Add something hard."""
    _check_open(course)
    key = f"issue:{course.pk}"
    if request.method == "POST":
        form = _form(request, course, request.POST)
        if form.is_valid() and _is_added(request, course, form):
            people.drop_draft(member=request.member, key=key)
            return redirect(addresses_of(request, course).to("issues"))
    else:
        kept = people_queries.draft_of(request.member, key) or {}
        form = _form(request, course, initial={**kept, "submission_id": new_id()})
        _say_read(request, course)
    return _page(request, course, form, key=key)


def changed(request: Request, course: "Course", issue_id: UUID) -> HttpResponse:
    """Show what is said of something hard, and change it."""
    _check_open(course)
    sent = request.method == "POST"
    found = queries.issue_for(course, issue_id, also_removed=sent)
    key = f"issue:{course.pk}:{found.pk}"
    conflict = False
    if request.method == "POST":
        form = _form(request, course, request.POST, kept=found)
        if form.is_valid():
            try:
                _change(request, found, form)
            except Invalid as reason:
                form.add_error(None, str(reason))
            except Stale:
                found = queries.issue_for(course, issue_id, also_removed=True)
                about_version(form, found.version)
                conflict = True
            else:
                people.drop_draft(member=request.member, key=key)
                return redirect(addresses_of(request, course).to("issues"))
    else:
        kept = people_queries.draft_of(request.member, key) or {}
        begun = {**begun_with(found), **kept}
        form = _form(request, course, kept=found, initial=begun)
        _say_read(request, course)
    return _page(request, course, form, key=key, found=found, conflict=conflict)


def ordered(request: Request, course: "Course") -> HttpResponse:
    """Put the list in the order that was sent; a script is told the order as it is kept."""
    form = OrderForm(request.POST)
    if not form.is_valid():
        raise Invalid(form.non_field_errors()[0])
    to = addresses_of(request, course).to("issues")
    try:
        operations.order_issues(
            course=course, order=form.order, by=request.member, at=now()
        )
    except Stale as reason:
        if request.headers.get("X-Order"):
            raise
        messages.warning(request, str(reason))
        return redirect(to)
    if request.headers.get("X-Order"):
        now_so = [f"{one.pk}:{one.moves}" for one in queries.issues_of(course)]
        return JsonResponse({"order": now_so})
    moved = request.POST.get("up") or request.POST.get("down") or ""
    return redirect(f"{to}#issue-{UUID(moved)}" if moved else to)


def removed(request: Request, course: "Course", issue_id: UUID) -> HttpResponse:
    """Take something off the list, after asking."""
    _check_open(course)
    found = queries.issue_for(course, issue_id)
    addresses = addresses_of(request, course)
    if request.method == "POST":
        operations.remove_issue(issue=found, by=request.member, at=now())
        messages.success(request, _("Taken off the list. It stays in the record."))
        return redirect(addresses.to("issues"))
    context = {"course": course, "addresses": addresses, "found": found}
    _say_read(request, course)
    return render(request, "courses/issue_remove.html", context)


def _check_open(course: "Course") -> None:
    if reason := access.refusal_of_ended(course):
        raise Refused(reason)


def _form(
    request: Request,
    course: "Course",
    data: Any = None,
    *,
    kept: "Issue | None" = None,
    initial: dict[str, Any] | None = None,
) -> IssueForm:
    return IssueForm(
        data,
        initial=initial,
        people=queries.known_people(request.member, course),
        areas=queries.variant_of(course).shown_areas,
        sorts=not access.is_own(request.member, course),
        kept=kept,
    )


def _is_added(request: Request, course: "Course", form: IssueForm) -> bool:
    try:
        operations.add_issue(
            course=course,
            submission_id=form.cleaned_data["submission_id"] or new_id(),
            said=form.said(),
            by=request.member,
            at=now(),
        )
    except Invalid as reason:
        form.add_error(None, str(reason))
        return False
    except SentBefore as reason:
        send_anew(form, reason)
        return False
    return True


def _change(request: Request, found: "Issue", form: IssueForm) -> None:
    operations.change_issue(
        issue=found,
        said=form.said(),
        version=form.cleaned_data["version"] or 0,
        by=request.member,
        at=now(),
    )


def _page(
    request: Request,
    course: "Course",
    form: IssueForm,
    *,
    key: str,
    found: "Issue | None" = None,
    conflict: bool = False,
) -> HttpResponse:
    addresses = addresses_of(request, course)
    context: dict[str, Any] = {
        "course": course,
        "addresses": addresses,
        "form": form,
        "draft_key": key,
        "found": found,
        "kept": found if conflict else None,
        "record": None,
    }
    if not addresses.is_own:
        context["record"] = queries.record_of(
            request.member, course, at=now(), today=timezone.localdate()
        )
    status = status_of(form, conflict=conflict)
    return render(request, "courses/issue.html", context, status=status)


def _say_read(request: Request, course: "Course") -> None:
    if not access.is_own(request.member, course):
        say_read(request, course.pk, course.person_id)
