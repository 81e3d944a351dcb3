"""What was done in a session, noted with one tap; another tap takes it away."""

from datetime import datetime

from django.db import transaction

from openipt.core.errors import Invalid, Refused
from openipt.courses.models import Focus
from openipt.encounters import access
from openipt.encounters.models import Encounter, FocusWorked, TechniqueUsed
from openipt.people.models import Member

from .opening import lock
from .trace import say


@transaction.atomic
def note_technique(
    *, encounter: Encounter, key: str, used: bool, by: Member, at: datetime
) -> None:
    """Note that a technique was used, or take that away; twice is once.

    :raises Refused: if the member is not of the course's care team
    :raises Invalid: if the variant does not have the technique
    """
    reason = access.refusal_to_write(by, encounter.course, at)
    if reason:
        raise Refused(reason)
    if reason := access.refusal_of_technique(encounter, key):
        raise Invalid(reason)
    lock(encounter)
    standing = TechniqueUsed.objects.filter(
        encounter=encounter, key=key, ended_at__isnull=True
    )
    if used == standing.exists():
        return
    if used:
        TechniqueUsed.objects.create(
            service_id=encounter.service_id,
            course_id=encounter.course_id,
            encounter=encounter,
            key=key,
            by=by,
            at=at,
        )
    else:
        standing.update(ended_at=at)
    did = "used" if used else "not_used"
    say(encounter, f"encounters.technique.{did}", by=by, at=at)


@transaction.atomic
def note_focus(
    *, encounter: Encounter, focus: Focus, worked: bool, by: Member, at: datetime
) -> None:
    """Note that the session worked on a focus, or take that away; twice is once.

    :raises Refused: if the member is not of the course's care team
    """
    if reason := access.refusal_to_write(by, encounter.course, at):
        raise Refused(reason)
    lock(encounter)
    standing = FocusWorked.objects.filter(
        encounter=encounter, focus=focus, ended_at__isnull=True
    )
    if worked == standing.exists():
        return
    if worked:
        FocusWorked.objects.create(
            service_id=encounter.service_id,
            course_id=encounter.course_id,
            encounter=encounter,
            focus=focus,
            by=by,
            at=at,
        )
    else:
        standing.update(ended_at=at)
    did = "worked" if worked else "not_worked"
    say(encounter, f"encounters.focus.{did}", by=by, at=at)
