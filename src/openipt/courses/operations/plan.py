"""What is said to the person at the beginning, and what may rest for now."""

from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from openipt.core.errors import Invalid, Missing, Refused, Stale
from openipt.courses import access
from openipt.courses.models import Course, Diagnosis, RecoveryRole
from openipt.people.models import Member
from openipt.sql.locks import lock_row

from .trace import say


class Said(TypedDict):
    """What was said; a score has a measure, a total and a day, or none of them."""

    named: str
    said_on: date
    measure: NotRequired[str]
    total: NotRequired[int | None]
    scored_on: NotRequired[date | None]
    treatable: NotRequired[bool]
    no_fault: NotRequired[bool]
    explained: NotRequired[str]
    own_words: NotRequired[str]
    present: NotRequired[str]


class Rests(TypedDict):
    """What may rest, what is kept up, who knows, and until when."""

    rests: str
    keeps: NotRequired[str]
    told: NotRequired[str]
    review_on: NotRequired[date | None]
    reason: NotRequired[str]


@transaction.atomic
def say_diagnosis(
    *, course: Course, version: int, by: Member, at: datetime, **said: Unpack[Said]
) -> Diagnosis:
    """Keep how the illness was named and explained; what was said before stays.

    `version` is the number of the one that was read, 0 where nothing was said. The same
    again changes nothing.

    :raises Refused: if the course has ended
    :raises Invalid: if the day lies before the course
    :raises Stale: if somebody wrote another one meanwhile
    """
    lock_open(course)
    if reason := access.refusal_of_day(course, said["said_on"]):
        raise Invalid(reason)
    wanted = {name: value or None for name, value in said.items()} | {
        "measure": said.get("measure", ""),
        "treatable": said.get("treatable", False),
        "no_fault": said.get("no_fault", False),
        "total": said.get("total"),
    }
    newest = Diagnosis.objects.filter(course=course).order_by("-number").first()
    if newest is not None and _same(newest, wanted):
        return newest
    number = next_number(newest.number if newest else 0, version)
    row = Diagnosis.objects.create(
        service_id=course.service_id,
        person_id=course.person_id,
        course=course,
        number=number,
        by=by,
        at=at,
        **wanted,
    )
    say(course, "courses.diagnosis.said", by=by, at=at)
    return row


@transaction.atomic
def give_recovery_role(
    *,
    course: Course,
    version: int,
    is_last_phase: bool,
    by: Member,
    at: datetime,
    **rests: Unpack[Rests],
) -> RecoveryRole:
    """Agree on what may rest for now; what was agreed before stays in the record.

    :raises Refused: if the course has ended
    :raises Invalid: without a reason for what the rule asks about (P16)
    :raises Stale: if somebody wrote another one meanwhile
    """
    lock_open(course)
    wanted = access.reason_for_role(
        review_on=rests.get("review_on"), is_last_phase=is_last_phase
    )
    if wanted and not rests.get("reason"):
        raise Invalid(wanted)
    values = {name: value or None for name, value in rests.items()}
    values["reason"] = values.get("reason") if wanted else None
    newest = RecoveryRole.objects.filter(course=course).order_by("-number").first()
    if newest is not None and not newest.ended_at and _same(newest, values):
        return newest
    number = next_number(newest.number if newest else 0, version)
    row = RecoveryRole.objects.create(
        service_id=course.service_id,
        person_id=course.person_id,
        course=course,
        number=number,
        by=by,
        at=at,
        **values,
    )
    say(course, "courses.recovery_role.given", by=by, at=at)
    return row


@transaction.atomic
def end_recovery_role(*, course: Course, by: Member, at: datetime) -> None:
    """Note that everything was taken up again; a second time changes nothing.

    :raises Refused: if the course has ended, or nothing rests
    """
    lock_open(course)
    newest = RecoveryRole.objects.filter(course=course).order_by("-number").first()
    if newest is None:
        raise Refused(_("Nothing rests in this course."))
    ended = RecoveryRole.objects.filter(pk=newest.pk, ended_at__isnull=True)
    if ended.update(ended_at=at, ended_by=by):
        say(course, "courses.recovery_role.ended", by=by, at=at)


def lock_open(course: Course) -> None:
    """Let one change of a course's plan happen at a time.

    :raises Refused: if the course has ended
    :raises Missing: if it is not there any more
    """
    now = lock_row(Course, course.pk, "ended_at", "opened_phase")
    if now is None:
        raise Missing
    course.ended_at, course.opened_phase = now
    if reason := access.refusal_of_ended(course):
        raise Refused(reason)


def next_number(newest: int, read: int) -> int:
    """Return the number of a new row.

    :raises Stale: if another one was written since the one that was read
    """
    if newest != read:
        raise Stale(_("Somebody else changed this meanwhile."))
    return newest + 1


def _same(row: Diagnosis | RecoveryRole, wanted: dict[str, object]) -> bool:
    return all(getattr(row, name) == value for name, value in wanted.items())
