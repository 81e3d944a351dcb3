"""What happened and how mood moved with it; nothing that was written is lost."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from openipt.core.agenda import MoodMove, as_link_content
from openipt.core.errors import Gone, Invalid, Refused, Stale
from openipt.courses.models import Focus
from openipt.encounters import access
from openipt.encounters.models import Encounter, MoodLink, MoodLinkVersion
from openipt.people.models import Member

from .opening import lock
from .trace import say
from .work import note_focus


@transaction.atomic
def add_link(
    *,
    encounter: Encounter,
    move: MoodMove,
    focus: Focus | None,
    by: Member,
    at: datetime,
) -> MoodLink:
    """Note a link; the same words in the same session are noted once.

    One that belongs to a focus is work on that focus.

    :raises Refused: if the member is not of the course's care team
    :raises Invalid: if there are too many, or the focus is another course's
    """
    _check(encounter, by, at)
    lock(encounter)
    content = as_link_content(move)
    for before in MoodLink.objects.filter(encounter=encounter, removed_at__isnull=True):
        if before.content == content and before.focus_id == (focus and focus.pk):
            return before
    if reason := access.refusal_to_link(encounter, focus):
        raise Invalid(reason)
    link = MoodLink.objects.create(
        service_id=encounter.service_id,
        person_id=encounter.person_id,
        encounter=encounter,
        focus=focus,
        content=content,
        by=by,
        at=at,
    )
    say(encounter, "encounters.mood_link.added", by=by, at=at)
    _work_on(encounter, focus, by=by, at=at)
    return link


@transaction.atomic
def change_link(
    *,
    link: MoodLink,
    move: MoodMove,
    focus: Focus | None,
    version: int,
    by: Member,
    at: datetime,
) -> MoodLink:
    """Change what a link says; what it said before becomes a version of its own.

    :raises Refused: if the member is not of the course's care team
    :raises Invalid: if the focus is another course's
    :raises Gone: if it was taken out
    :raises Stale: if it was changed since this version was opened
    """
    encounter = link.encounter
    _check(encounter, by, at)
    if focus is not None and focus.course_id != encounter.course_id:
        raise Invalid(access.refusal_to_link(encounter, focus))
    row = MoodLink.objects.select_for_update().get(pk=link.pk)
    if reason := access.refusal_of_removed(row):
        raise Gone(reason)
    content = as_link_content(move)
    if row.content == content and row.focus_id == (focus and focus.pk):
        return row
    if row.version != version:
        raise Stale(_("Somebody else changed this meanwhile."))
    MoodLinkVersion.objects.create(
        service_id=row.service_id,
        person_id=row.person_id,
        link=row,
        version=row.version,
        content=row.content,
        by_id=row.by_id,
        at=row.at,
    )
    row.content, row.focus, row.by, row.at = content, focus, by, at
    row.version += 1
    row.save(update_fields=["content", "focus", "by", "at", "version"])
    say(encounter, "encounters.mood_link.changed", by=by, at=at)
    _work_on(encounter, focus, by=by, at=at)
    return row


@transaction.atomic
def remove_link(*, link: MoodLink, by: Member, at: datetime) -> None:
    """Take a link out of the session; the row stays. Twice is once.

    :raises Refused: if the member is not of the course's care team
    """
    _check(link.encounter, by, at)
    standing = MoodLink.objects.filter(pk=link.pk, removed_at__isnull=True)
    if standing.update(removed_at=at, removed_by=by):
        say(link.encounter, "encounters.mood_link.removed", by=by, at=at)


def _check(encounter: Encounter, by: Member, at: datetime) -> None:
    if reason := access.refusal_to_write(by, encounter.course, at):
        raise Refused(reason)


def _work_on(
    encounter: Encounter, focus: Focus | None, *, by: Member, at: datetime
) -> None:
    if focus is not None:
        note_focus(encounter=encounter, focus=focus, worked=True, by=by, at=at)
