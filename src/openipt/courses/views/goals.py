"""Goals under a focus, for the care team."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt.core.errors import Gone, Invalid, Missing, Refused, SentBefore, Stale
from openipt.core.ids import new_id
from openipt.courses import access, operations, queries
from openipt.courses.forms import WHY_ENDED, GoalForm, RateForm, begun_with_goal
from openipt.people import operations as people
from openipt.people import queries as people_queries
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.fields import about_version
from openipt.web.http import Request
from openipt.web.sent_again import send_anew, status_of

from .reading import say_read

if TYPE_CHECKING:
    from openipt.courses.models import Course, Goal


@open_to("therapist", "supervisor", methods=("GET", "HEAD"))
def goals(request: Request, course: UUID) -> HttpResponse:
    """What the course works on, its goals, and how far they are."""
    return _list(request, queries.course_for(request.member, course, now()))


@open_to("therapist")
def add_goal(request: Request, course: UUID) -> HttpResponse:
    """Agree on a goal, with five steps."""
    found = queries.course_to_write(request.member, course, now())
    foci = queries.focus_summary(found, people=())
    if not foci:
        raise Refused(_("Choose the focus first; then agree on goals under it."))
    key = f"goal:{found.pk}"
    if request.method == "POST":
        form = GoalForm(request.POST, foci=foci)
        if form.is_valid() and _added(request, found, form):
            people.drop_draft(member=request.member, key=key)
            return redirect("courses:goals", found.pk)
    else:
        kept = people_queries.draft_of(request.member, key) or {}
        begun = {"focus": request.GET.get("focus", "")}
        started = {**begun, **kept, "submission_id": new_id()}
        form = GoalForm(initial=started, foci=foci)
        say_read(request, found.pk, found.person_id)
    return _form(request, found, form, key=key)


@open_to("therapist")
def change_goal(request: Request, course: UUID, goal: UUID) -> HttpResponse:
    """How a goal is put, to be changed."""
    found = queries.course_to_write(request.member, course, now())
    row = queries.goal_for(found, goal)
    if reason := access.refusal_of_ended(found):
        raise Refused(reason)
    if reason := access.refusal_of_goal(row):
        raise (Gone if request.method == "POST" else Refused)(reason)
    key, conflict = f"goal:{found.pk}:{row.pk}", False
    if request.method == "POST":
        form = GoalForm(request.POST)
        if form.is_valid():
            try:
                _changed(request, row, form)
            except Gone:
                raise
            except Stale:
                row, conflict = queries.goal_for(found, goal), True
                about_version(form, row.version)
            else:
                people.drop_draft(member=request.member, key=key)
                return redirect("courses:goals", found.pk)
    else:
        kept = people_queries.draft_of(request.member, key) or {}
        form = GoalForm(initial={**begun_with_goal(row), **kept})
        say_read(request, found.pk, found.person_id)
    return _form(request, found, form, key=key, goal=row, conflict=conflict)


@open_to("therapist", methods=("POST",))
def rate_goal(request: Request, course: UUID, goal: UUID) -> HttpResponse:
    """Say how far a goal is, together in the session."""
    found = queries.course_to_write(request.member, course, now())
    row = queries.goal_for(found, goal)
    form = RateForm(request.POST)
    if not form.is_valid() or not is_rated(request, row, form):
        return _list(request, found, sent=(row.pk, form))
    return redirect("courses:goals", found.pk)


@open_to("therapist", methods=("POST",))
def end_goal(request: Request, course: UUID, goal: UUID) -> HttpResponse:
    """End a goal; it stays with its ratings."""
    found = queries.course_to_write(request.member, course, now())
    row = queries.goal_for(found, goal)
    operations.end_goal(goal=row, by=request.member, at=now())
    messages.success(request, _("That goal has ended. It stays with its ratings."))
    return redirect("courses:goals", found.pk)


def is_rated(request: Request, goal: "Goal", form: RateForm) -> bool:
    """Keep how far a goal is; False where the form was sent before and said otherwise."""
    try:
        operations.rate_goal(
            goal=goal,
            submission_id=form.cleaned_data["submission_id"],
            rated=form.rated(),
            by=request.member,
            at=now(),
        )
    except SentBefore as reason:
        send_anew(form, reason)
        return False
    messages.success(request, _("Kept. Every rating before stays in the picture."))
    return True


def _list(
    request: Request, course: "Course", *, sent: tuple[UUID, RateForm] | None = None
) -> HttpResponse:
    at, today = now(), timezone.localdate()
    record = queries.record_of(request.member, course, at=at, today=today)
    known = queries.known_people(request.member, course)
    context = {
        "record": record,
        "views": queries.focus_summary(course, people=known, ended=True),
        "rates": record.is_writer and course.ended_at is None,
        "sent": dict([sent]) if sent else {},
        "new_id": new_id,
        "why_words": dict(WHY_ENDED),
    }
    say_read(request, course.pk, course.person_id)
    status = status_of(sent[1]) if sent else 200
    return render(request, "courses/goals.html", context, status=status)


def _added(request: Request, course: "Course", form: GoalForm) -> bool:
    try:
        operations.add_goal(
            focus=queries.focus_for(course, UUID(form.cleaned_data["focus"])),
            submission_id=form.cleaned_data["submission_id"] or new_id(),
            said=form.said(),
            by=request.member,
            at=now(),
        )
    except Missing:
        form.add_error("focus", _("This focus has ended. Choose one that is open."))
    except SentBefore as reason:
        send_anew(form, reason)
    except Invalid as reason:
        form.add_error(None, str(reason))
    else:
        return True
    return False


def _changed(request: Request, goal: "Goal", form: GoalForm) -> None:
    operations.change_goal(
        goal=goal,
        said=form.said(),
        version=form.cleaned_data["version"] or 0,
        by=request.member,
        at=now(),
    )


def _form(
    request: Request,
    course: "Course",
    form: GoalForm,
    *,
    key: str,
    goal: "Goal | None" = None,
    conflict: bool = False,
) -> HttpResponse:
    context: dict[str, Any] = {
        "record": queries.record_of(
            request.member, course, at=now(), today=timezone.localdate()
        ),
        "form": form,
        "draft_key": key,
        "goal": goal,
        "kept": goal if conflict else None,
    }
    status = status_of(form, conflict=conflict)
    return render(request, "courses/goal.html", context, status=status)
