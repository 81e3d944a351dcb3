"""What is written about a session. Nothing that was written is lost."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from openipt import audit
from openipt.calendar.models import Appointment
from openipt.core.errors import Invalid, Refused, Stale
from openipt.core.ids import new_id
from openipt.courses.models import Course
from openipt.people import operations as people
from openipt.people.models import Member
from openipt.practice import operations as practice
from openipt.practice.models import Task

from . import access
from .models import Addendum, Encounter, Note, NoteVersion, PhaseTaskDone


class Change(TypedDict):
    """Who changes something, and when."""

    by: Member
    at: datetime


@transaction.atomic
def open_encounter(
    *, appointment: Appointment, course: Course, by: Member, at: datetime
) -> Encounter:
    """Return the encounter of an appointment; the first who writes opens it.

    :raises Refused: if the member is not of the course's care team, or the session is
        beyond the contract (P17)
    """
    if reason := access.refusal_to_write(by, course, at):
        raise Refused(reason)
    if reason := access.refusal_of_overrun(appointment, course):
        raise Refused(reason)
    encounter, _new = Encounter.objects.get_or_create(
        appointment=appointment,
        defaults={
            "service_id": course.service_id,
            "person_id": course.person_id,
            "course": course,
            "number": appointment.number,
            "opened_at": at,
            "opened_by": by,
        },
    )
    return encounter


@transaction.atomic
def save_note(
    *, encounter: Encounter, text: str, version: int, by: Member, at: datetime
) -> Note:
    """Keep the note as a draft; what it said before becomes a version of its own.

    `version` is the one that was read, 0 where there was no note. The same text again
    changes nothing.

    :raises Refused: if the member is not of the course's care team
    :raises Stale: if somebody changed or signed it meanwhile
    """
    if reason := access.refusal_to_write(by, encounter.course, at):
        raise Refused(reason)
    note = _locked(encounter)
    if note is None:
        return _first(encounter, text, by=by, at=at)
    if note.text == text:
        return note
    if note.signed_at is not None:
        raise Stale(
            _("This note was signed meanwhile. What you wrote can be added below it.")
        )
    if note.version != version:
        raise Stale(_("Somebody else changed this note meanwhile."))
    _keep_version(note)
    note.text, note.author, note.updated_at = text, by, at
    note.version += 1
    note.save(update_fields=["text", "author", "updated_at", "version"])
    _say(encounter, "encounters.note.saved", by=by, at=at)
    return note


@transaction.atomic
def sign_note(
    *, encounter: Encounter, text: str, version: int, by: Member, at: datetime
) -> Note:
    """Sign the note with this text; from then on it is fixed. A second click is harmless.

    :raises Refused: if the member is not of the team, or the session has not begun
    :raises Invalid: if there is nothing to sign
    :raises Stale: if somebody changed or signed it meanwhile
    """
    if reason := access.refusal_to_sign(encounter, text, at):
        raise Invalid(reason)
    note = save_note(encounter=encounter, text=text, version=version, by=by, at=at)
    if note.signed_at is not None:
        return note
    note.signed_at, note.signed_by = at, by
    note.version += 1
    note.save(update_fields=["signed_at", "signed_by", "version"])
    _say(encounter, "encounters.note.signed", by=by, at=at)
    return note


@transaction.atomic
def add_addendum(
    *, encounter: Encounter, text: str, by: Member, at: datetime
) -> Addendum:
    """Add something to a signed note. The same words of the same author are added once.

    :raises Refused: if the member is not of the team, or the note is not signed
    """
    note = _locked(encounter)
    reason = access.refusal_to_write(by, encounter.course, at)
    reason = reason or access.refusal_to_add(note)
    if note is None or reason:
        raise Refused(reason)
    for before in Addendum.objects.filter(note=note, author=by):
        if before.text == text:
            return before
    addendum = Addendum.objects.create(
        service_id=encounter.service_id,
        person_id=encounter.person_id,
        note=note,
        author=by,
        text=text,
        at=at,
    )
    _say(encounter, "encounters.addendum.added", by=by, at=at)
    return addendum


@transaction.atomic
def agree_tasks(
    *,
    encounter: Encounter,
    texts: Sequence[str],
    due_on: date | None,
    **change: Unpack[Change],
) -> list[Task]:
    """Keep what both agreed to try until the next session; the same words are kept once.

    :raises Refused: if the member is not of the course's care team
    :raises Invalid: if nothing was written
    """
    Encounter.objects.select_for_update().filter(pk=encounter.pk).first()
    before = Task.objects.filter(agreed_in=encounter.pk).exclude(
        state=Task.State.DROPPED
    )
    known = {task.text for task in before}
    fresh = [text for text in dict.fromkeys(texts) if text not in known]
    if not texts:
        raise Invalid(_("Write down what you agreed to try."))
    # Ids of one millisecond have no order of their own; lists keep that of the lines.
    ids = sorted(new_id() for _text in fresh)
    return [
        practice.agree_task(
            course=encounter.course,
            text=text,
            due_on=due_on,
            encounter_id=encounter.pk,
            task_id=task_id,
            **change,
        )
        for text, task_id in zip(fresh, ids, strict=True)
    ]


@transaction.atomic
def tick(
    *, encounter: Encounter, key: str, done: bool, by: Member, at: datetime
) -> None:
    """Tick a task of the phase off, or take the tick away; twice is once.

    :raises Refused: if the member is not of the course's care team
    """
    if reason := access.refusal_to_write(by, encounter.course, at):
        raise Refused(reason)
    standing = PhaseTaskDone.objects.filter(
        course_id=encounter.course_id, key=key, ended_at__isnull=True
    )
    if done and not standing.exists():
        PhaseTaskDone.objects.create(
            service_id=encounter.service_id,
            course_id=encounter.course_id,
            encounter=encounter,
            key=key,
            by=by,
            at=at,
        )
    elif not done:
        standing.update(ended_at=at)
    _say(
        encounter,
        f"encounters.phase_task.{'ticked' if done else 'unticked'}",
        by=by,
        at=at,
    )


def _locked(encounter: Encounter) -> Note | None:
    """Return the note as it is now; nobody else changes it until the transaction ends.

    The encounter is locked, so that two first drafts do not race.
    """
    Encounter.objects.select_for_update().filter(pk=encounter.pk).first()
    return Note.objects.filter(encounter=encounter).select_related("author").first()


def _first(encounter: Encounter, text: str, *, by: Member, at: datetime) -> Note:
    note = Note.objects.create(
        service_id=encounter.service_id,
        person_id=encounter.person_id,
        encounter=encounter,
        author=by,
        text=text,
        updated_at=at,
    )
    _say(encounter, "encounters.note.saved", by=by, at=at)
    return note


def _keep_version(note: Note) -> None:
    NoteVersion.objects.create(
        service_id=note.service_id,
        person_id=note.person_id,
        note=note,
        version=note.version,
        text=note.text,
        author=note.author,
        at=note.updated_at,
    )


def _say(encounter: Encounter, action: str, *, by: Member, at: datetime) -> None:
    audit.record(
        action=action,
        resource="encounter",
        object_id=encounter.pk,
        subjects=[encounter.person_id],
        service_id=encounter.service_id,
        by=by,
        at=at,
    )
    people.touch({by.pk, encounter.course.therapist_id})
