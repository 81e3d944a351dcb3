"""A phase opens when what it rests on is there."""

from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from openipt.core.errors import Invalid, Refused
from openipt.core.measures import load_measures
from openipt.core.protocols import phase_to_open, place_of
from openipt.courses import access, queries
from openipt.courses.models import Course, PhaseEntry, Remission
from openipt.people.models import Member

from .plan import lock_open
from .starting import ReasonWanted
from .trace import say


class FoundGone(TypedDict):
    """By which answers the illness was found to be gone, and when."""

    measure: str
    total: int
    on_date: date
    words: NotRequired[str]
    """Why it counts as gone, where the measure does not say so."""


@transaction.atomic
def open_phase(*, course: Course, phase: str, by: Member, at: datetime) -> None:
    """Open the next phase of a course; one that is open already stays so.

    `phase` is the one that was offered: a second request never opens the one behind it.

    :raises Refused: if the course has ended
    :raises Invalid: if it is not the next one, or something it needs is missing (P07)
    """
    lock_open(course)
    variant = queries.variant_of(course)
    if phase not in {one.key for one in variant.phases}:
        raise Invalid(_("This way of working has no such phase. Load the page again."))
    if course.opened_phase and place_of(variant, phase) <= place_of(
        variant, course.opened_phase
    ):
        return
    contract = queries.latest_contract(course)
    now, _session, _sessions = queries.phase_and_session(
        course, contract, _today(by, at)
    )
    following = phase_to_open(variant, now)
    if following is None or following.key != phase:
        raise Invalid(_("This phase does not open now."))
    present = queries.present_of(course, following.needs)
    if reason := access.refusal_to_open(following, present):
        raise Invalid(reason)
    course.opened_phase = phase
    course.save(update_fields=["opened_phase"])
    _enter(course, phase, "", by=by, at=at)
    say(course, "courses.phase.opened", by=by, at=at, reason=phase)


@transaction.atomic
def explain_long_beginning(
    *, course: Course, reason: str, by: Member, at: datetime
) -> None:
    """Keep why the beginning takes longer than the variant says (P02); once is enough.

    :raises Refused: if the course has ended, or the beginning does not take longer
    :raises Invalid: without a reason
    """
    lock_open(course)
    if not reason:
        raise Invalid(_("Write why it takes longer here."))
    first = queries.variant_of(course).phases[0]
    explained = PhaseEntry.objects.filter(course=course, phase=first.key)
    if not explained.exists() and not queries.takes_longer(course, _today(by, at)):
        raise Refused(_("The beginning takes no longer here than it may. Go on."))
    if _enter(course, first.key, reason, by=by, at=at):
        say(course, "courses.phase.takes_longer", by=by, at=at, reason=first.key)


@transaction.atomic
def record_remission(
    *, course: Course, by: Member, at: datetime, **found: Unpack[FoundGone]
) -> Remission:
    """Keep that the illness was found to be gone; the same again is one row.

    :raises Refused: if the course has ended
    :raises Invalid: if there is no such measure or total, the day lies before the course,
        or that day has another one
    :raises ReasonWanted: without words where the measure does not say that it has gone
    """
    lock_open(course)
    measure, total, on_date = found["measure"], found["total"], found["on_date"]
    words = found.get("words", "")
    known = load_measures().get(measure)
    if known is None or not known.lowest <= total <= known.highest:
        raise Invalid(_("Choose a questionnaire, and a total that it can have."))
    if reason := access.refusal_of_day(course, on_date):
        raise Invalid(reason)
    wanted = access.words_for_remission(measure, total)
    if wanted and not words:
        raise ReasonWanted(wanted)
    row, is_new = Remission.objects.get_or_create(
        course=course,
        measure=measure,
        on_date=on_date,
        defaults={
            "service_id": course.service_id,
            "person_id": course.person_id,
            "total": total,
            "words": words or None,
            "by": by,
            "at": at,
        },
    )
    if is_new:
        say(course, "courses.remission.recorded", by=by, at=at)
    elif (row.total, row.words or "") != (total, words):
        raise Invalid(
            _("%(n)s points are recorded for that day already.") % {"n": row.total}
        )
    return row


def _today(by: Member, at: datetime) -> date:
    return at.astimezone(ZoneInfo(by.service.zone)).date()


def _enter(
    course: Course, phase: str, reason: str, *, by: Member, at: datetime
) -> bool:
    _row, is_new = PhaseEntry.objects.get_or_create(
        course=course,
        phase=phase,
        defaults={
            "service_id": course.service_id,
            "person_id": course.person_id,
            "reason": reason or None,
            "by": by,
            "at": at,
        },
    )
    return is_new
