"""Who may read a page; what it said before; taking it away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from openipt import audit
from openipt.courses import queries as courses
from openipt.practice import operations, queries
from openipt.practice.forms import ChooseReaders
from openipt.practice.kinds import kind_of, weekly_overview
from openipt.web.clock import now
from openipt.web.door import open_to
from openipt.web.http import Request


@open_to("person", methods=("POST",))
def choose_readers(request: Request, entry: UUID) -> HttpResponse:
    """Share with exactly those who are ticked; everybody else loses it at once."""
    at = now()
    found = queries.own_entry(request.member, entry)
    readers = queries.readers_of(found.person, [found], at)[found.pk]
    form = ChooseReaders(request.POST, readers=readers)
    if form.is_valid():
        chosen = form.member_ids()
        operations.choose_readers(
            entry=found, member_ids=chosen, by=request.member, at=at
        )
        names = ", ".join(r.name for r in readers if r.member_id in chosen)
        messages.success(
            request,
            _("Shared with %(names)s.") % {"names": names}
            if names
            else _("This page is private now."),
        )
        return redirect("practice:week", entry=found.pk)
    context = {
        "entry": found,
        "page": weekly_overview.page_of(found.content),
        "readers": readers,
        "form": form,
        "most": weekly_overview.MOST_MOMENTS,
    }
    return render(request, "practice/week.html", context, status=422)


@open_to("person", methods=("GET", "HEAD"))
def history(request: Request, entry: UUID) -> HttpResponse:
    """Everything the page ever said, the newest first."""
    found = queries.own_entry(request.member, entry)
    kind = kind_of(found.kind)
    versions = queries.versions_of(found)
    context = {
        "entry": found,
        "template": kind.template,
        "versions": [(row.at, kind.page(row.content)) for row in versions],
    }
    return render(request, "practice/history.html", context)


@open_to("person")
def remove_entry(request: Request, entry: UUID) -> HttpResponse:
    """Take a page out of the journal, after asking once more."""
    found = queries.own_entry(request.member, entry, removed=request.method == "POST")
    if request.method == "POST":
        operations.remove_entry(entry=found, by=request.member, at=now())
        messages.success(request, _("The page is gone from your journal."))
        return redirect("practice:weeks")
    return render(request, "practice/remove_entry.html", {"entry": found})


@open_to("therapist", methods=("GET", "HEAD"))
def shared_pages(request: Request, course: UUID) -> HttpResponse:
    """What the person of a course shares with this therapist."""
    at = now()
    found = courses.course_for(request.member, course, at)
    pages = queries.shared_with(request.member, found.person_id, at)
    audit.record_read(
        action="practice.shared.read",
        resource="entry",
        subjects=[found.person_id],
        count=len(pages),
        by=request.member,
        at=at,
    )
    if request.method == "GET":
        operations.note_reading(share_ids=[page.share_id for page in pages], at=at)
    today = timezone.localdate(at)
    record = courses.record_of(request.member, found, at=at, today=today)
    context = {"record": record, "pages": pages}
    return render(request, "practice/shared.html", context)
