"""The person opens a reading, and has read it."""

from datetime import datetime

from django.db import transaction

from openipt.core.errors import Refused
from openipt.core.readings import Reading
from openipt.learning import access
from openipt.learning.models import ReadingState, Suggestion
from openipt.people.models import Member, Person

from .trace import say


@transaction.atomic
def open_reading(
    *, person: Person, reading: Reading, by: Member, at: datetime
) -> ReadingState:
    """Note that the person opened a reading; the first time of each version counts.

    :raises Refused: if the member is somebody else
    """
    if reason := access.refusal_to_note(by, person):
        raise Refused(reason)
    state, is_new = ReadingState.objects.get_or_create(
        person=person,
        reading=reading.id,
        version=reading.version,
        defaults={"service_id": person.service_id, "opened_at": at},
    )
    if is_new:
        say(
            person,
            "learning.reading.opened",
            reading=reading.id,
            others=set(),
            by=by,
            at=at,
        )
    return state


@transaction.atomic
def mark_read(
    *, person: Person, reading: Reading, by: Member, at: datetime
) -> ReadingState:
    """Note that the person has read it; what was suggested of it is done. Twice is once.

    :raises Refused: if the member is somebody else
    """
    state = open_reading(person=person, reading=reading, by=by, at=at)
    waiting = Suggestion.objects.filter(
        person=person, reading=reading.id, ended_at__isnull=True
    )
    suggesting = set(waiting.values_list("suggested_by_id", flat=True))
    waiting.update(ended_at=at, ended_by=by)
    is_new = ReadingState.objects.filter(pk=state.pk, read_at__isnull=True)
    if is_new.update(read_at=at):
        state.read_at = at
        say(
            person,
            "learning.reading.read",
            reading=reading.id,
            others=suggesting,
            by=by,
            at=at,
        )
    return state
