"""The plan for staying well: the person's own page, and the one beside the ending."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt import audit
from openipt.core.errors import Stale
from openipt.courses import access, operations
from openipt.courses import queries as courses
from openipt.courses.forms import PlanForm, begun_with_plan
from openipt.people import operations as people_operations
from openipt.people import queries as people
from openipt.safety import queries as safety
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.fields import about_version
from openipt.web.http import Request

if TYPE_CHECKING:
    from openipt.courses.models import Course
    from openipt.courses.queries import SeenPlan


@open_to("person")
def own_staying_well(request: Request) -> HttpResponse:
    """My plan for staying well, to write, to print, and to come back to."""
    plan = courses.own_staying_well(request.member, now())
    form, conflict = _form(request, plan), ""
    if request.method == "POST" and form.is_valid():
        conflict = _keep(request, plan, form, shared=form.cleaned_data["shared"])
        if not conflict:
            messages.success(request, _("Saved."))
            return redirect("home:own-staying-well")
        plan = courses.own_staying_well(request.member, now())
    context = _context(request, plan, form, conflict) | {
        "lines": safety.lines_for(
            plan.person.service_id, plan.person.country, timezone.localdate(now())
        ),
    }
    status = _status(request, conflict)
    return render(request, "home/own_staying_well.html", context, status=status)


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def staying_well(request: Request, course: UUID) -> HttpResponse:
    """Show the plan of somebody in care, as far as they share it."""
    found = courses.course_for(request.member, course, now())
    plan = courses.seen_plan(request.member, found.person, now())
    return _page(request, found, plan, _form(request, plan))


@open_to("therapist", methods=("POST",))
def write_staying_well(request: Request, course: UUID) -> HttpResponse:
    """Write in the plan together with the person, or for somebody without an account."""
    found = courses.course_to_write(request.member, course, now())
    plan = courses.seen_plan(request.member, found.person, now())
    form, conflict = _form(request, plan), ""
    if form.is_valid():
        conflict = _keep(request, plan, form)
        if not conflict:
            messages.success(request, _("Saved."))
            return redirect("home:staying-well", found.pk)
        plan = courses.seen_plan(request.member, found.person, now())
    return _page(request, found, plan, form, conflict)


def _page(
    request: Request,
    course: "Course",
    plan: "SeenPlan",
    form: PlanForm,
    conflict: str = "",
) -> HttpResponse:
    at = now()
    audit.record_read(
        action="home.staying_well.read",
        resource="course",
        object_id=course.pk,
        subjects=[course.person_id],
        by=request.member,
        at=at,
    )
    context = _context(request, plan, form, conflict) | {
        "record": courses.record_of(
            request.member, course, at=at, today=timezone.localdate(at)
        ),
        "has_account": access.has_account(course.person),
    }
    status = _status(request, conflict)
    return render(request, "home/staying_well.html", context, status=status)


def _form(request: Request, plan: "SeenPlan") -> PlanForm:
    about: dict[str, Any] = {
        "today": timezone.localdate(now()),
        "known": plan.plan.review_on,
    }
    if request.method == "POST":
        return PlanForm(request.POST, **about)
    kept = {
        **begun_with_plan(plan.plan),
        "shared": plan.shared,
        "version": plan.version,
    }
    draft = {}
    if not plan.refusal_to_write:
        draft = people.draft_of(request.member, _draft_key(plan)) or {}
    return PlanForm(initial=kept | draft, **about)


def _keep(
    request: Request, plan: "SeenPlan", form: PlanForm, *, shared: bool | None = None
) -> str:
    """Keep what a valid form says; return why it could not be kept, or ""."""
    try:
        operations.write_plan(
            person=plan.person,
            plan=form.plan(),
            version=form.cleaned_data["version"] or 0,
            shared=shared,
            by=request.member,
            at=now(),
        )
    except Stale as stale:
        newest = courses.seen_plan(request.member, plan.person, now())
        about_version(form, newest.version)
        return str(stale)
    people_operations.drop_draft(member=request.member, key=_draft_key(plan))
    return ""


def _context(
    request: Request, plan: "SeenPlan", form: PlanForm, conflict: str
) -> dict[str, Any]:
    return {
        "plan": plan,
        "form": form,
        "conflict": conflict,
        "draft_key": _draft_key(plan),
        "versions": courses.plan_versions(request.member, plan),
    }


def _draft_key(plan: "SeenPlan") -> str:
    return f"staying-well:{plan.person.pk}"


def _status(request: Request, conflict: str) -> HTTPStatus:
    if request.method != "POST":
        return HTTPStatus.OK
    return HTTPStatus.CONFLICT if conflict else HTTPStatus.UNPROCESSABLE_ENTITY
