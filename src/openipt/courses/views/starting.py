"""A course begins, and the person is invited."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt.calendar import operations as calendar
from openipt.core.course import DAYS_OF_A_WEEK
from openipt.core.errors import Invalid, Refused, SentBefore
from openipt.core.ids import new_id
from openipt.core.protocols import Variant, load_variants
from openipt.courses import access, operations, queries
from openipt.courses.forms import KNOWN, ContractFields, GoingOn, StartForm
from openipt.people import operations as people
from openipt.people import queries as people_queries
from openipt.web import clock
from openipt.web.door import open_to
from openipt.web.http import Request
from openipt.web.sent_again import send_anew, status_of

from .reading import say_read

START_DRAFT = "start-course"
SHOW_WAYS = "show_ways"
"""The button for whoever has no scripts: show the ways for what it is for."""

FIELD_OF: dict[type[Invalid], str] = {
    calendar.SlotTaken: "wall_time",
    operations.AlreadyOpen: "person",
    operations.GoesOn: "variant_id",
    operations.OutOfBounds: "sessions",
    operations.ReasonWanted: "reason",
}


@open_to("therapist")
def start(request: Request) -> HttpResponse:
    """Start a course: with whom, what for, how, and what both agreed to."""
    at, today = clock.now(), timezone.localdate()
    member = request.member
    persons = people_queries.persons_in_care(member, at)
    about: dict[str, Any] = {
        "persons": persons,
        "own_country": member.service.country,
        "today": today,
    }
    if request.method == "POST" and SHOW_WAYS in request.POST:
        form = StartForm(initial=_typed(request), **about)
    elif request.method == "POST":
        form = StartForm(request.POST, **about)
        if form.is_valid() and (course := _started(request, form)):
            people.drop_draft(member=member, key=START_DRAFT)
            messages.success(request, _("The course is in the calendar."))
            return redirect("courses:course", course.pk)
    else:
        begun = _going_on(request, at)
        kept = begun or people_queries.draft_of(member, START_DRAFT) or {}
        asked = {"condition": request.GET.get("condition", "")}
        form = StartForm(initial={**asked, **kept, "submission_id": new_id()}, **about)
    context = {
        "form": form,
        # What goes on from a course is filled in from it, and is no draft of another.
        "draft_key": "" if form["continues"].value() else START_DRAFT,
        "zone": member.service.zone,
        "days": _days(request, form),
        "variant": _chosen(form),
        "alone": False,
        "offer": queries.ways_for(form["condition"].value() or ""),
    }
    return render(request, "courses/start.html", context, status=status_of(form))


@open_to("therapist", methods=("GET", "HEAD"))
def days(request: Request) -> HttpResponse:
    """Show what the days of a contract come to, while it is being written."""
    form = ContractFields(request.GET, today=timezone.localdate())
    context = {"days": _days(request, form), "variant": _chosen(form), "alone": True}
    return render(request, "courses/days.html", context)


@open_to("therapist", methods=("GET", "HEAD"))
def ways(request: Request) -> HttpResponse:
    """Show the ways of working for a condition, while a course is being begun."""
    condition = request.GET.get("condition", "")
    form = StartForm(
        initial=_typed(request),
        persons=(),
        own_country=request.member.service.country,
        today=timezone.localdate(),
    )
    context = {"form": form, "offer": queries.ways_for(condition)}
    return render(request, "courses/ways.html", context)


@open_to("therapist")
def invite(request: Request, course: UUID) -> HttpResponse:
    """Make the one-time code that a person joins with, on a page to print."""
    at, today = clock.now(), timezone.localdate()
    found = queries.course_to_write(request.member, course, at)
    code = ""
    if request.method == "POST":
        code = operations.invite(course=found, by=request.member, at=at, on=today)
        found = queries.course_to_write(request.member, course, at)
    context = {
        "record": queries.record_of(request.member, found, at=at, today=today),
        "code": code,
        "invited": queries.invitation_of(found.person, at),
        "refusal": "" if code else access.refusal_to_invite(found.person, today),
        "address": request.build_absolute_uri(reverse("people:join")),
    }
    say_read(request, found.pk, found.person_id)
    return render(request, "courses/invite.html", context)


def _going_on(request: Request, at: datetime) -> dict[str, Any]:
    """Return what a form begins with that goes on from another course, where one is named."""
    form = GoingOn(request.GET)
    if not form.is_valid():
        return {}
    course = queries.course_to_write(request.member, form.cleaned_data["continues"], at)
    begun = queries.going_on_from(course, at)
    if begun.refusal:
        raise Refused(begun.refusal)
    return {**begun.fields, "who": KNOWN, "continues": course.pk}


def _started(request: Request, form: StartForm) -> Any:
    """Return the course that the form starts, or None with the reason on its field."""
    try:
        return operations.start_course(
            person=form.who_it_is(),
            submission_id=form.cleaned_data["submission_id"],
            by=request.member,
            at=clock.now(),
            **form.plan(),
        )
    except SentBefore as reason:
        send_anew(form, reason)
        return None
    except Invalid as reason:
        form.add_error(FIELD_OF.get(type(reason)), str(reason))
        return None


def _typed(request: Request) -> dict[str, Any]:
    """Return what was typed so far, for a form that is shown again and not yet judged."""
    sent = request.POST if request.method == "POST" else request.GET
    return {**sent.dict(), "excluded": sent.getlist("excluded")}


def _chosen(form: ContractFields) -> Variant | None:
    """Return the way of working that is chosen so far."""
    return load_variants().get(form["variant_id"].value() or "")


def _days(request: Request, form: ContractFields) -> queries.Days | None:
    """Return what the days that are written so far come to, once they can be counted."""
    wanted = ("sessions", "first_on", "wall_time", "minutes")
    values = form.cleaned_data if form.is_bound and form.errors is not None else {}
    if any(values.get(name) is None for name in wanted):
        return None
    variant = load_variants().get(values.get("variant_id", ""))
    return queries.days_of(
        request.member,
        days_between=values.get("days_between")
        or (variant.days_between if variant else DAYS_OF_A_WEEK),
        **{name: values[name] for name in wanted},
    )
