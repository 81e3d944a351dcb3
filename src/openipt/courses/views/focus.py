"""What a course works on."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, TypedDict
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt.core.errors import Invalid, Missing, Stale
from openipt.courses import operations, queries
from openipt.courses.forms import (
    WHY_ENDED,
    FocusForm,
    StageForm,
    begun_with_focus,
    begun_with_issue,
)
from openipt.people import operations as people
from openipt.people import queries as people_queries
from openipt.web import clock
from openipt.web.door import open_to
from openipt.web.fields import about_version
from openipt.web.http import Request

from .reading import say_read

if TYPE_CHECKING:
    from openipt.courses.models import Course, Focus, Issue


class _Dates(TypedDict):
    """What a time in words is held against."""

    today: date
    born_on: date | None


@open_to("therapist")
def focus(request: Request, course: UUID) -> HttpResponse:
    """What the course works on, and choosing it: one problem area, two at most."""
    at, today = clock.now(), timezone.localdate()
    found = queries.course_to_write(request.member, course, at)
    known = queries.known_people(request.member, found)
    areas = queries.variant_of(found).offered_areas
    dates = _dates_of(found, today)
    sent = request.POST if request.method == "POST" else request.GET
    issue = _issue_of(found, sent.get("issue"))
    # What is begun from something hard is a draft of its own: neither hides the other.
    key = f"focus:{found.pk}" + (f":issue:{issue.pk}" if issue else "")
    if request.method == "POST":
        form = FocusForm(request.POST, areas=areas, people=known, **dates)
        if form.is_valid() and _focused(request, found, form):
            people.drop_draft(member=request.member, key=key)
            messages.success(request, _("The focus is set."))
            return redirect("courses:course", found.pk)
    else:
        begun = begun_with_issue(issue, areas, known) if issue else {}
        kept = people_queries.draft_of(request.member, key) or {}
        form = FocusForm(initial={**begun, **kept}, areas=areas, people=known, **dates)
    foci = queries.focus_summary(found, people=known, ended=True)
    context = {
        "record": queries.record_of(request.member, found, at=at, today=today),
        "views": [view for view in foci if view.is_open],
        "before": [view for view in foci if not view.is_open],
        "can_go_on": queries.can_go_on(foci) if found.ended_at is None else set(),
        "why_words": dict(WHY_ENDED),
        "variant": queries.variant_of(found),
        "form": form,
        "draft_key": key,
    }
    say_read(request, found.pk, found.person_id)
    return render(
        request, "courses/focus.html", context, status=422 if form.errors else 200
    )


@open_to("therapist")
def change_focus(request: Request, course: UUID, focus: UUID) -> HttpResponse:
    """What is written down for one focus, to be changed."""
    at, today = clock.now(), timezone.localdate()
    found = queries.course_to_write(request.member, course, at)
    row = queries.focus_for(found, focus, sent=request.method == "POST")
    area = next(
        one for one in queries.variant_of(found).known_areas if one.key == row.area
    )
    known = queries.known_people(request.member, found)
    asked = partial(
        FocusForm, areas=(area,), people=known, kept=row, **_dates_of(found, today)
    )
    key, conflict = f"focus:{found.pk}:{row.pk}", False
    if request.method == "POST":
        form = asked(request.POST)
        if form.is_valid():
            try:
                if _changed(request, row, form):
                    people.drop_draft(member=request.member, key=key)
                    return redirect("courses:focus", found.pk)
            except Stale:
                row = queries.focus_for(found, focus, sent=True)
                conflict = True
                about_version(form, row.version)
    else:
        kept = people_queries.draft_of(request.member, key) or {}
        form = asked(initial={**begun_with_focus(row, area), **kept})
    context = {
        "record": queries.record_of(request.member, found, at=at, today=today),
        "problem_area": area,
        "focus": row,
        "form": form,
        "draft_key": key,
        "kept": row if conflict else None,
        "given": queries.given_to_read(row, area, known),
    }
    say_read(request, found.pk, found.person_id)
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "courses/focus_change.html", context, status=status)


@open_to("therapist", methods=("POST",))
def move_stage(request: Request, course: UUID, focus: UUID) -> HttpResponse:
    """Note that a dispute is at another stage."""
    at = clock.now()
    found = queries.course_to_write(request.member, course, at)
    row = queries.focus_for(found, focus, sent=True)
    form = StageForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("That stage could not be read. Nothing was changed."))
    operations.move_stage(focus=row, by=request.member, at=at, **form.cleaned_data)
    messages.success(request, _("Noted. The stage before stays in the history."))
    return redirect("courses:focus", found.pk)


def _issue_of(course: "Course", said: str | None) -> "Issue | None":
    """Return what an address names, None where it is not on this list."""
    try:
        return queries.issue_for(course, UUID(said)) if said else None
    except (Missing, ValueError):
        return None


def _dates_of(course: "Course", today: date) -> _Dates:
    born_on = course.person.born_on
    return {
        "today": today,
        "born_on": date.fromisoformat(born_on) if born_on else None,
    }


def _focused(request: Request, course: "Course", form: FocusForm) -> bool:
    issue = _issue_of(course, str(form.cleaned_data["issue"] or ""))
    return _kept(
        form,
        lambda: operations.set_focus(
            course=course,
            area=form.cleaned_data["area"],
            about=form.cleaned_data["about"],
            noted=form.noted(issue),
            by=request.member,
            at=clock.now(),
        ),
    )


def _changed(request: Request, row: "Focus", form: FocusForm) -> bool:
    return _kept(
        form,
        lambda: operations.change_focus(
            focus=row,
            about=form.cleaned_data["about"],
            noted=form.noted(row.issue),
            version=form.cleaned_data["version"] or 0,
            by=request.member,
            at=clock.now(),
        ),
    )


def _kept(form: FocusForm, keep: Any) -> bool:
    """Keep it, or put the reason why not on the field that it is about."""
    try:
        keep()
    except operations.DetailsMissing as reason:
        form.add_error(form.first_needed(), str(reason))
    except operations.ReasonWanted as reason:
        form.add_error("reason", str(reason))
    except Invalid as reason:
        form.add_error("area", str(reason))
    else:
        return True
    return False
