"""What was agreed to be tried, and the person's own word on what came of it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from openipt.core.errors import Stale
from openipt.people import operations as people_operations
from openipt.people import queries as people
from openipt.practice import access, operations, queries
from openipt.practice.forms import ReportTask
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.fields import about_version
from openipt.web.http import Request


@open_to("person", methods=("GET", "HEAD"))
def tasks(request: Request) -> HttpResponse:
    """All that was agreed, what is still open first."""
    person = people.own_person(request.member)
    found = queries.tasks_of(person)
    context = {
        "word": queries.word_for_tasks(person),
        "open": [task for task in found if task.reviewed_at is None],
        "past": [task for task in found if task.reviewed_at is not None],
    }
    return render(request, "practice/tasks.html", context)


@open_to("person")
def task(request: Request, task: UUID) -> HttpResponse:
    """One thing to try: done, not done, not yet, and what happened."""
    found = queries.own_task(request.member, task)
    key = f"task:{found.pk}"
    draft = people.draft_of(request.member, key)
    form = ReportTask(
        request.POST or None,
        initial={
            "state": found.state if found.state != "agreed" else None,
            "what_happened": found.what_happened or "",
            "version": found.version,
        }
        | (draft or {}),
    )
    conflict = ""
    if form.is_valid():
        try:
            operations.report_task(
                task=found, by=request.member, at=now(), **form.cleaned_data
            )
        except Stale as stale:
            conflict = str(stale)
            found = queries.own_task(request.member, task)
            about_version(form, found.version)
        else:
            people_operations.drop_draft(member=request.member, key=key)
            return redirect("home")
    context = {
        "task": found,
        "form": form,
        "draft_key": key,
        "conflict": conflict,
        "refusal": access.refusal_to_report(request.member, found),
    }
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "practice/task.html", context, status=status)
