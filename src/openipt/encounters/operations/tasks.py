"""What was agreed in a session, and what of its phase was done."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from openipt.core.errors import Invalid, Refused
from openipt.core.ids import new_id
from openipt.encounters import access
from openipt.encounters.models import Encounter, PhaseTaskDone
from openipt.people.models import Member
from openipt.practice import operations as practice
from openipt.practice.models import Task

from .opening import lock, lock_course
from .trace import say


class Change(TypedDict):
    """Who changes something, and when."""

    by: Member
    at: datetime


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
    lock(encounter)
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
    lock_course(encounter)
    standing = {"course_id": encounter.course_id, "key": key, "ended_at": None}
    if done:
        PhaseTaskDone.objects.get_or_create(
            **standing,
            defaults={
                "service_id": encounter.service_id,
                "encounter": encounter,
                "by": by,
                "at": at,
            },
        )
    else:
        PhaseTaskDone.objects.filter(**standing).update(ended_at=at)
    say(
        encounter,
        f"encounters.phase_task.{'ticked' if done else 'unticked'}",
        by=by,
        at=at,
    )
