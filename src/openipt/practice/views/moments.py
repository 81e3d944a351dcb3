"""Hard moments, one a step: the first begins a week, the others join it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from openipt.core.errors import Missing, SentBefore, Stale
from openipt.core.ids import new_id
from openipt.people import operations as people_operations
from openipt.people import queries as people
from openipt.practice import operations, queries
from openipt.practice.forms import OfVersion
from openipt.practice.kinds import weekly_overview
from openipt.practice.kinds.weekly_overview import HardMoment
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.fields import about_version
from openipt.web.http import Request
from openipt.web.sent_again import about_submission, send_anew, status_of

NEW_WEEK = "week:new"


@open_to("person")
def start_week(request: Request) -> HttpResponse:
    """The first hard moment: a page of the journal begins with it."""
    at = now()
    person = people.own_person(request.member)
    draft = people.draft_of(request.member, NEW_WEEK) or {}
    if draft and queries.has_arrived(
        person, people.submission_of_draft(request.member, NEW_WEEK)
    ):
        draft = {}
    form = HardMoment(
        request.POST or None,
        known=queries.names_written(person),
        initial=draft | {"submission_id": new_id()},
    )
    conflict = ""
    if form.is_valid():
        moment = form.moment()
        try:
            entry = operations.write_entry(
                person=person,
                submission_id=UUID(moment["id"]),
                kind=weekly_overview.KEY,
                happened_on=timezone.localdate(at),
                content={"moments": [moment]},
                by=request.member,
                at=at,
            )
        except SentBefore as reason:
            send_anew(form, reason)
        else:
            return _go_on(request, NEW_WEEK, entry.pk)
    context = {"entry": None, "number": 1, "draft_key": NEW_WEEK, "kept": None}
    return _show(request, form, conflict, context)


@open_to("person")
def add_moment(request: Request, entry: UUID) -> HttpResponse:
    """One more hard moment of the same week."""
    found = queries.own_entry(request.member, entry)
    key = f"week:{found.pk}:more"
    draft = people.draft_of(request.member, key) or {}
    if draft and weekly_overview.has_moment(
        found.content, people.submission_of_draft(request.member, key)
    ):
        draft = {}
    form = HardMoment(
        request.POST or None,
        known=queries.names_written(found.person),
        initial={"version": found.version} | draft | {"submission_id": new_id()},
    )
    conflict = ""
    if form.is_valid():
        try:
            operations.change_entry(
                entry=found,
                version=form.cleaned_data["version"] or 0,
                content=weekly_overview.with_moment(found.content, form.moment()),
                happened_on=found.happened_on,
                by=request.member,
                at=now(),
            )
        except Stale as stale:
            conflict = str(stale)
            found = queries.own_entry(request.member, entry)
            about_version(form, found.version)
            if weekly_overview.has_moment(
                found.content, form.cleaned_data["submission_id"]
            ):
                about_submission(form)
        else:
            return _go_on(request, key, found.pk)
    number = len(found.content["moments"]) + 1
    context = {"entry": found, "number": number, "draft_key": key, "kept": None}
    return _show(request, form, conflict, context)


@open_to("person")
def change_moment(request: Request, entry: UUID, moment: UUID) -> HttpResponse:
    """Look again at a hard moment, and write it anew; what it said before is kept."""
    found = queries.own_entry(request.member, entry)
    kept = weekly_overview.moment_in(found.content, moment)
    if kept is None and request.method != "POST":
        raise Missing
    key = f"week:{found.pk}:{moment}"
    known = queries.names_written(found.person)
    initial = weekly_overview.moment_initial(kept or {}, known)
    draft = people.draft_of(request.member, key)
    form = HardMoment(
        request.POST or None,
        known=known,
        initial=initial | {"version": found.version} | (draft or {}),
    )
    conflict = ""
    if form.is_valid():
        try:
            operations.change_entry(
                entry=found,
                version=form.cleaned_data["version"] or 0,
                content=weekly_overview.with_moment(
                    found.content, form.moment(str(moment))
                ),
                happened_on=found.happened_on,
                by=request.member,
                at=now(),
            )
        except Stale as stale:
            conflict = str(stale)
            found = queries.own_entry(request.member, entry)
            about_version(form, found.version)
        else:
            return _go_on(request, key, found.pk)
    shown = weekly_overview.page_of(found.content).moment(moment)
    number = shown.number if shown else len(found.content["moments"]) + 1
    context = {"entry": found, "number": number, "draft_key": key, "kept": shown}
    return _show(request, form, conflict, context)


@open_to("person")
def remove_moment(request: Request, entry: UUID, moment: UUID) -> HttpResponse:
    """Take one hard moment out of a week, after asking once more."""
    found = queries.own_entry(request.member, entry)
    shown = weekly_overview.page_of(found.content).moment(moment)
    if request.method == "POST":
        operations.change_entry(
            entry=found,
            version=OfVersion(request.POST).number,
            content=weekly_overview.without_moment(found.content, moment),
            happened_on=found.happened_on,
            by=request.member,
            at=now(),
        )
        return redirect("practice:week", entry=found.pk)
    if shown is None:
        raise Missing
    context = {"entry": found, "moment": shown}
    return render(request, "practice/remove_moment.html", context)


def _go_on(request: Request, draft_key: str, entry_id: UUID) -> HttpResponse:
    """Forget the draft and go where the pressed button leads."""
    people_operations.drop_draft(member=request.member, key=draft_key)
    step = request.POST.get("step")
    if step == "more":
        return redirect("practice:add-moment", entry=entry_id)
    if step == "on":
        return redirect("practice:whole-week", entry=entry_id)
    return redirect("practice:week", entry=entry_id)


def _show(
    request: Request, form: HardMoment, conflict: str, context: dict[str, Any]
) -> HttpResponse:
    context |= {
        "form": form,
        "conflict": conflict,
        "most": weekly_overview.MOST_MOMENTS,
    }
    status = status_of(form, conflict=bool(conflict))
    return render(request, "practice/moment.html", context, status=status)
