"""My week: the overview of this week and of former ones, as a whole."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from openipt.core.errors import Stale
from openipt.core.ids import new_id
from openipt.people import operations as people_operations
from openipt.people import queries as people
from openipt.practice import operations, queries
from openipt.practice.forms import ChooseReaders, QuietWeek
from openipt.practice.kinds import kind_of, weekly_overview
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.fields import about_version
from openipt.web.http import Request

KIND = weekly_overview.KEY


@open_to("person", methods=("GET", "HEAD"))
def weeks(request: Request) -> HttpResponse:
    """This week and former ones, and what was agreed to be tried."""
    at = now()
    person = people.own_person(request.member)
    entries = queries.entries_of(person, kind=KIND)
    readers = queries.readers_of(person, entries, at)
    kind = kind_of(KIND)
    context = {
        "current": weekly_overview.current_of(entries, timezone.localdate(at)),
        "weeks": [
            (entry, kind.summary(entry.content), readers[entry.pk]) for entry in entries
        ],
        "pattern": weekly_overview.pattern_of(entries),
        "tasks": queries.open_tasks(person),
        "minutes": kind.minutes,
        "submission_id": new_id(),
    }
    return render(request, "practice/weeks.html", context)


@open_to("person", methods=("POST",))
def quiet_week(request: Request) -> HttpResponse:
    """A week without a hard moment: straight on to the week as a whole."""
    at = now()
    form = QuietWeek(request.POST)
    sent = form.cleaned_data["submission_id"] if form.is_valid() else new_id()
    entry = operations.write_entry(
        person=people.own_person(request.member),
        submission_id=sent,
        kind=KIND,
        happened_on=timezone.localdate(at),
        content={"moments": []},
        by=request.member,
        at=at,
    )
    return redirect("practice:whole-week", entry=entry.pk)


@open_to("person", methods=("GET", "HEAD"))
def week(request: Request, entry: UUID) -> HttpResponse:
    """One week as the person wrote it, and who may read it."""
    found = queries.own_entry(request.member, entry)
    readers = queries.readers_of(found.person, [found], now())[found.pk]
    context = {
        "entry": found,
        "page": weekly_overview.page_of(found.content),
        "readers": readers,
        "form": ChooseReaders(readers=readers),
        "most": weekly_overview.MOST_MOMENTS,
    }
    return render(request, "practice/week.html", context)


@open_to("person")
def whole_week(request: Request, entry: UUID) -> HttpResponse:
    """The second step: the week all in all, and up to which day it reaches."""
    at = now()
    found = queries.own_entry(request.member, entry)
    key = f"week:{found.pk}"
    form = weekly_overview.WholeWeek(
        request.POST or None,
        today=timezone.localdate(at),
        initial={
            "how_was_week": found.content["how_was_week"],
            "happened_on": found.happened_on,
            "version": found.version,
        }
        | (people.draft_of(request.member, key) or {}),
    )
    conflict = ""
    if form.is_valid():
        try:
            operations.change_entry(
                entry=found,
                version=form.cleaned_data["version"],
                content=form.over(found.content),
                happened_on=form.cleaned_data["happened_on"],
                by=request.member,
                at=at,
            )
        except Stale as stale:
            conflict = str(stale)
            found = queries.own_entry(request.member, entry)
            about_version(form, found.version)
        else:
            people_operations.drop_draft(member=request.member, key=key)
            return redirect("practice:week", entry=found.pk)
    context = {"entry": found, "form": form, "draft_key": key, "conflict": conflict}
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "practice/whole_week.html", context, status=status)
