"""Each question about the journal and its tasks, answered with the reason or ""."""

from datetime import datetime

from django.utils.translation import gettext as _

from openipt.people import queries as people
from openipt.people.models import CareRelationship, Member, Person

from .models import Entry, Task


def refusal_to_write(member: Member, person: Person) -> str:
    """Return why the member may not write in this person's journal, or ""."""
    if person.member_id != member.pk:
        return _("Only the person themselves writes in their journal.")
    return ""


def refusal_to_share(entry: Entry, care: CareRelationship, at: datetime) -> str:
    """Return why the page cannot be shown to whoever holds this relationship, or ""."""
    if entry.removed_at is not None:
        return _("This page was removed.")
    ended = care.ends_at is not None and care.ends_at <= at
    if (
        care.person_id != entry.person_id
        or care.state != CareRelationship.State.ACTIVE
        or care.starts_at > at
        or ended
    ):
        return only_those_in_charge()
    return ""


def only_those_in_charge() -> str:
    """Return the sentence for somebody who is not in charge, or not any more."""
    return _("You can share with those who are in charge of your therapy now.")


def refusal_to_agree_task(member: Member, task: Task, at: datetime) -> str:
    """Return why the member may not agree, review or drop a task of this course, or ""."""
    if not people.has_care(member, task.person_id, task.course_id, at):
        return _("Only whoever leads this course now agrees what to try.")
    return ""


def refusal_to_report(member: Member, task: Task) -> str:
    """Return why the member may not say what came of the task, or ""."""
    if task.person.member_id != member.pk:
        return _("Only the person themselves says what came of it.")
    if task.state == Task.State.DROPPED:
        return _("This was taken off the list in a session.")
    if task.reviewed_at is not None:
        return _("You have talked about this in a session, so it stays as it is.")
    return ""
