"""The session page: what it shows, and what was typed on it and not sent yet."""

from collections.abc import Collection
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from openipt import audit
from openipt.core.errors import Invalid, Refused, Stale
from openipt.encounters import queries
from openipt.encounters.forms import (
    MINUTES,
    WAS,
    AddendumForm,
    LinkForm,
    NoteForm,
    PlanForm,
    SignForm,
    TasksForm,
)
from openipt.people import operations as people
from openipt.people import queries as people_queries
from openipt.practice import operations as practice
from openipt.web import clock
from openipt.web.http import Request

from .panels import PANELS

WORDS = (
    "text", "new_tasks", "addendum", "own_item", "link_what", "link_whom", "without_link",
)  # fmt: skip
"""Fields in which somebody writes; the others come along with one of these."""

BESIDE = {
    "note_version": ("text",),
    "due_on": ("new_tasks",),
    "link_moved": ("link_what", "link_whom"),
    "link_focus": ("link_what", "link_whom"),
}
TYPED = (*WORDS, *BESIDE)


def page(
    request: Request,
    appointment: UUID,
    *,
    failed: forms.Form | None = None,
    reason: Exception | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page of a session, perhaps with why an act did not go through.

    :raises Missing: if this member may not read it
    """
    at = clock.now()
    found = queries.session_for(
        request.member, appointment, at=at, today=timezone.localdate()
    )
    typed = _typed(request, appointment)
    conflict = _conflict(found, typed, reason)
    if conflict:
        # The page shows both: sent again as it is now, mine goes over theirs.
        typed["note_version"] = str(found.note.version)
    context = {
        "session": found,
        "record": found.record,
        "forms": _forms(found, typed, failed if reason is None else None),
        "reason": str(reason) if reason else _sentence_of(failed),
        "conflict": conflict,
        "typed": typed,
        "panels": PANELS,
        "failed": failed is not None,
        "draft_key": _draft_key(appointment),
    }
    audit.record_read(
        action="encounters.session.read",
        resource="appointment",
        object_id=found.appointment.pk,
        subjects=[found.course.person_id],
        by=request.member,
        at=at,
    )
    unread = [page.share_id for page in found.shared if page.first_read_at is None]
    if unread:
        practice.note_reading(share_ids=unread, at=at)
    status = _status_of(reason) if reason else status
    return render(request, "encounters/session.html", context, status=status)


def _forms(
    session: queries.Session, typed: dict[str, Any], failed: forms.Form | None
) -> dict[str, forms.Form]:
    """Return the forms of the page, with what was typed, or else with what is kept."""
    start: dict[str, Any] = {
        "text": session.note.text,
        "note_version": session.note.version,
        "due_on": session.due_on,
        **typed,
    }
    if (
        session.note.is_signed
        and typed.get("text", session.note.text) != session.note.text
    ):
        start["addendum"] = typed.get("addendum") or typed["text"]
    foci = session.record.foci
    made: dict[str, forms.Form] = {
        "note": SignForm(initial=start),
        "tasks": TasksForm(initial=start, today=timezone.localdate()),
        "addendum": AddendumForm(initial=start),
        "plan": PlanForm(initial=start, keys=()),
        "link": LinkForm(initial=start, foci=foci),
    }
    if isinstance(failed, NoteForm) and not isinstance(failed, SignForm):
        failed = SignForm(failed.data)
    kinds = {
        SignForm: "note",
        TasksForm: "tasks",
        AddendumForm: "addendum",
        PlanForm: "plan",
        LinkForm: "link",
    }
    if failed is not None and type(failed) in kinds:
        made[kinds[type(failed)]] = failed
    return made


def _typed(request: Request, appointment: UUID) -> dict[str, Any]:
    """Return what this member typed: in this request, or earlier and not sent.

    A note that came along unchanged was not typed: somebody else may have changed it.
    """
    if request.method == "POST":
        given: dict[str, Any] = dict(request.POST.items())
    else:
        key = _draft_key(appointment)
        given = people_queries.draft_of(request.member, key) or {}
    typed = {name: given[name] for name in TYPED if isinstance(given.get(name), str)}
    if "text" in typed:
        read = queries.text_read(appointment, typed.get("note_version", ""))
        if read == typed["text"].replace("\r\n", "\n").strip():
            del typed["text"]
    for name, words in BESIDE.items():
        if not any(typed.get(word) for word in words):
            typed.pop(name, None)
    return typed | _minutes_typed(given)


def _minutes_typed(given: dict[str, Any]) -> dict[str, str]:
    """Return the minutes that differ from those that were on the page, and these."""
    found: dict[str, str] = {}
    for name, value in given.items():
        was = given.get(WAS + name.removeprefix(MINUTES))
        if name.startswith(MINUTES) and isinstance(value, str) and value != was:
            found |= {name: value, WAS + name.removeprefix(MINUTES): str(was)}
    return found


def put_headings_in(request: Request, appointment: UUID) -> None:
    """Keep headings as the draft of a note in which nothing was written."""
    at = clock.now()
    found = queries.session_for(
        request.member, appointment, at=at, today=timezone.localdate()
    )
    typed = _typed(request, appointment)
    if not typed.get("text") and not found.note.text:
        text = "\n\n\n".join(gettext(heading) for heading in found.headings)
        typed |= {"text": text + "\n", "note_version": str(found.note.version)}
    _keep(request, appointment, typed)


def keep(request: Request, appointment: UUID, *, done: Collection[str]) -> None:
    """Keep as a draft what was typed and is not done; forget the draft if nothing is left."""
    typed = _typed(request, appointment)
    _keep(
        request,
        appointment,
        {name: value for name, value in typed.items() if name not in done},
    )


def _keep(request: Request, appointment: UUID, left: dict[str, str]) -> None:
    key = _draft_key(appointment)
    if not any(
        value.strip()
        for name, value in left.items()
        if name in WORDS or name.startswith(MINUTES)
    ):
        people.drop_draft(member=request.member, key=key)
        return
    try:
        people.save_draft(member=request.member, key=key, fields=left, at=clock.now())
    except Invalid:
        # Too long to keep: it stands on the page that comes back, with the reason.
        return


def _conflict(
    session: queries.Session, typed: dict[str, Any], reason: Exception | None
) -> dict[str, str] | None:
    """Return my words, theirs and what both began with, when a note was changed twice.

    What else was changed meanwhile is no conflict about a note that still stands as read.
    """
    if not isinstance(reason, Stale) or typed.get("text") in {None, session.note.text}:
        return None
    if typed.get("note_version") == str(session.note.version):
        return None
    base = queries.text_read(session.appointment.pk, typed.get("note_version", ""))
    return {"mine": typed["text"], "theirs": session.note.text, "base": base}


def _sentence_of(failed: forms.Form | None) -> str:
    """Return why a button was refused; a form with fields of its own says it itself."""
    says = NoteForm | TasksForm | AddendumForm | LinkForm
    if failed is None or isinstance(failed, says):
        return ""
    return " ".join(str(error) for errors in failed.errors.values() for error in errors)


def _status_of(reason: Exception) -> int:
    if isinstance(reason, Stale):
        return HTTPStatus.CONFLICT
    return (
        HTTPStatus.FORBIDDEN
        if isinstance(reason, Refused)
        else HTTPStatus.UNPROCESSABLE_ENTITY
    )


def _draft_key(appointment: UUID) -> str:
    return f"session:{appointment}"
