"""What is said at the beginning, and what may rest for now."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt.core.errors import Invalid, Stale
from openipt.core.measures import load_measures
from openipt.courses import access, operations, queries
from openipt.courses.forms import (
    DiagnosisForm,
    RecoveryRoleForm,
    begun_with_diagnosis,
    begun_with_role,
    score_of_row,
)
from openipt.people import operations as people
from openipt.people import queries as people_queries
from openipt.web import clock
from openipt.web.door import open_to
from openipt.web.fields import about_version
from openipt.web.http import Request

from .reading import say_read

if TYPE_CHECKING:
    from openipt.courses.models import Course, Diagnosis


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def diagnosis(request: Request, course: UUID) -> HttpResponse:
    """How the illness was named and explained, and every earlier wording."""
    found = queries.course_for(request.member, course, clock.now())
    rows = queries.diagnoses_of(found)
    kept = people_queries.draft_of(request.member, _draft_key("diagnosis", found)) or {}
    start = begun_with_diagnosis(rows[0] if rows else None, timezone.localdate())
    form = DiagnosisForm(initial={**start, **kept}, **_about(found, rows))
    return _page(request, found, "diagnosis", form, rows=rows, begun=bool(kept))


@open_to("therapist", methods=("POST",))
def say_diagnosis(request: Request, course: UUID) -> HttpResponse:
    """Keep how the illness was named and explained."""
    at = clock.now()
    found = queries.course_to_write(request.member, course, at)
    form = DiagnosisForm(request.POST, **_about(found, queries.diagnoses_of(found)))

    def act() -> None:
        operations.say_diagnosis(
            course=found,
            version=form.cleaned_data["version"],
            by=request.member,
            at=at,
            **form.said(),
        )

    failed = tried(form, act, field="named")
    if not failed:
        return _kept(request, found, "diagnosis")
    rows = queries.diagnoses_of(found)
    return _page(request, found, "diagnosis", form, rows=rows, status=failed)


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def recovery_role(request: Request, course: UUID) -> HttpResponse:
    """What may rest for now, and when the two look at it again."""
    found = queries.course_for(request.member, course, clock.now())
    rows, today = queries.roles_of(found), timezone.localdate()
    key = _draft_key("recovery_role", found)
    kept = people_queries.draft_of(request.member, key) or {}
    start = begun_with_role(rows[0] if rows else None, today)
    form = RecoveryRoleForm(initial={**start, **kept}, today=today)
    return _page(request, found, "recovery_role", form, rows=rows)


@open_to("therapist", methods=("POST",))
def give_recovery_role(request: Request, course: UUID) -> HttpResponse:
    """Agree on what may rest."""
    at, today = clock.now(), timezone.localdate()
    found = queries.course_to_write(request.member, course, at)
    form = RecoveryRoleForm(request.POST, today=today)
    record = queries.record_of(request.member, found, at=at, today=today)

    def act() -> None:
        operations.give_recovery_role(
            course=found,
            version=form.cleaned_data["version"],
            is_last_phase=record.phase == record.variant.phases[-1],
            by=request.member,
            at=at,
            **form.rests_now(),
        )

    failed = tried(form, act, field="reason")
    if not failed:
        return _kept(request, found, "recovery_role")
    rows = queries.roles_of(found)
    return _page(request, found, "recovery_role", form, rows=rows, status=failed)


@open_to("therapist", methods=("POST",))
def end_recovery_role(request: Request, course: UUID) -> HttpResponse:
    """Note that everything was taken up again."""
    at = clock.now()
    found = queries.course_to_write(request.member, course, at)
    operations.end_recovery_role(course=found, by=request.member, at=at)
    messages.success(request, _("Noted: nothing rests any more."))
    return redirect("courses:recovery-role", found.pk)


def tried(
    form: forms.Form,
    act: Callable[[], None],
    *,
    field: str | None,
    reason_field: str = "reason",
) -> int:
    """Do what a form asks for; return 0, or the status it comes back with.

    What stands against it is said at `field`, or at `reason_field` where a reason helps.
    """
    if not form.is_valid():
        return 422
    try:
        act()
    except operations.ReasonWanted as reason:
        form.add_error(reason_field, str(reason))
        return 422
    except Invalid as reason:
        form.add_error(field, str(reason))
        return 422
    except Stale:
        return 409
    return 0


def lifetime_of(course: "Course") -> dict[str, Any]:
    """Return between which days something of a course can have happened."""
    born_on = course.person.born_on
    return {
        "today": timezone.localdate(),
        "born_on": date.fromisoformat(born_on) if born_on else None,
        "refusal": partial(access.refusal_of_day, course),
    }


def _about(course: "Course", rows: Sequence["Diagnosis"]) -> dict[str, Any]:
    return {
        **lifetime_of(course),
        "scores": [
            *score_of_row(rows[0] if rows else None),
            *queries.scores_of(course),
        ],
    }


def _kept(request: Request, course: "Course", name: str) -> HttpResponse:
    people.drop_draft(member=request.member, key=_draft_key(name, course))
    messages.success(request, _("Kept. The person reads it on their own page."))
    return redirect("courses:course", course.pk)


def _draft_key(name: str, course: "Course") -> str:
    return f"{name.replace('_', '-')}:{course.pk}"


def _page(  # noqa: PLR0913 -- one page for both: what, its form, how it went
    request: Request,
    course: "Course",
    name: str,
    form: forms.Form,
    *,
    rows: Sequence[Any],
    begun: bool = False,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    record = queries.record_of(request.member, course, at=clock.now(), today=today)
    if status == 409:
        # The page shows both: sent again as it is now, mine becomes the newest.
        about_version(form, rows[0].number)
    found = None
    if rows and name == "recovery_role":
        found = queries.role_finding(record, rows[0])
    context = {
        "record": record,
        "form": form,
        "measures": {
            key: measure.short_name for key, measure in load_measures().items()
        },
        "role_words": access.in_words([found]) if found else "",
        "rows": rows,
        "conflict": status == 409,
        "begun": begun or form.is_bound,
        "draft_key": _draft_key(name, course),
        "writes": record.is_writer and course.ended_at is None,
        "today": today,
    }
    say_read(request, course.pk, course.person_id)
    return render(request, f"courses/{name}.html", context, status=status)
