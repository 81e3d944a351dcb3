"""The two agree on another contract; the ones before stay as they were."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from openipt.calendar import operations as calendar
from openipt.core.errors import Invalid, Stale
from openipt.core.protocols.rules import check_change
from openipt.courses import access, queries
from openipt.courses.models import Contract, Course
from openipt.courses.queries import Change, Outcome
from openipt.people.models import Member

from .plan import lock_open
from .starting import OutOfBounds
from .trace import say


class DayWanted(Invalid):
    """The day from which the new contract holds cannot be."""


class Terms(TypedDict):
    """What is agreed beside the days."""

    reason: str
    missing_rule: str
    prescriber: str


@transaction.atomic
def agree_on_contract(
    *,
    course: Course,
    change: Change,
    version: int,
    by: Member,
    at: datetime,
    **terms: Unpack[Terms],
) -> Contract:
    """Write the next version of the contract, and lay what is to come accordingly.

    What lies behind stays. `version` is the one that was read; the same again, sent twice,
    changes nothing. A form that was corrected after it had been agreed on is another one.

    :raises Refused: if the course has ended
    :raises Stale: if another contract was agreed meanwhile
    :raises OutOfBounds: if the variant cannot have so many sessions (P01), or more lie
        behind already
    :raises DayWanted: if the day lies behind, or no last day would be known (P05)
    :raises calendar.SlotTaken: if a session overlaps another one of the therapist
    """
    lock_open(course)
    before = queries.latest_contract(course)
    outcome = queries.outcome_of(course, change, at)
    if before.version == version + 1 and _is_same(before, change, outcome, terms):
        return before
    if before.version != version:
        raise Stale(_("Another contract was agreed meanwhile."))
    if not terms["reason"]:
        raise Invalid(_("Write what you agreed, and why."))
    first_on, last_on = _checked(course, before, change, outcome, at=at)
    contract = Contract.objects.create(
        service_id=course.service_id,
        person_id=course.person_id,
        course=course,
        version=version + 1,
        sessions=change.sessions,
        days_between=change.days_between,
        turns=queries.turns_of(before, change, outcome),
        minutes=change.minutes,
        first_on=first_on,
        last_on=last_on,
        wall_time=change.wall_time,
        missing_rule=terms["missing_rule"] or None,
        prescriber=terms["prescriber"] or None,
        reason=terms["reason"],
        agreed_by=by,
        agreed_at=at,
    )
    calendar.lay_again(
        series=course.series,
        slots=outcome.slots,
        last=change.sessions,
        minutes=change.minutes,
        by=by,
        at=at,
    )
    say(course, "courses.contract.agreed", by=by, at=at)
    return contract


def _checked(
    course: Course, before: Contract, change: Change, outcome: Outcome, *, at: datetime
) -> tuple[date, date]:
    """Return the first and the last day of a change, if it can be.

    :raises OutOfBounds: if it has too many or too few sessions
    :raises DayWanted: if the day it begins on cannot be
    """
    variant = queries.variant_of(course)
    findings = access.findings_of_change(
        variant,
        sessions=change.sessions,
        minutes=change.minutes,
        days_between=change.days_between,
        weeks=outcome.weeks,
        gap=outcome.gap,
    )
    refusal = access.refusal_of(findings) or access.refusal_of_fewer(
        change.sessions, outcome.held
    )
    if refusal:
        raise OutOfBounds(refusal)
    first = outcome.slots[0] if outcome.slots else None
    if first and (
        first.starts_at <= at or (outcome.before and first.on_date <= outcome.before)
    ):
        raise DayWanted(
            _("Choose a day that is still to come, after session %(n)s.")
            % {"n": outcome.first - 1}
            if outcome.before
            else _("Choose a day that is still to come.")
        )
    first_on, last_on = outcome.first_on, outcome.last_on
    found = check_change(
        before=(before.sessions, before.last_on),
        after=(change.sessions, last_on),
        new_version=True,
    )
    if found or first_on is None or last_on is None:
        raise DayWanted(access.in_words([found] if found else []))
    return first_on, last_on


def _is_same(
    contract: Contract, change: Change, outcome: Outcome, terms: Terms
) -> bool:
    """Tell a second click: the newest contract is the one that this form makes."""
    read = Contract.objects.filter(
        course=contract.course, version=contract.version - 1
    ).first()
    if read is None:
        return False
    wanted = {
        "sessions": change.sessions,
        "days_between": change.days_between,
        "turns": queries.turns_of(read, change, outcome),
        "minutes": change.minutes,
        "first_on": outcome.first_on,
        "last_on": outcome.last_on,
        "wall_time": change.wall_time,
        "missing_rule": terms["missing_rule"] or None,
        "prescriber": terms["prescriber"] or None,
        "reason": terms["reason"],
    }
    return all(getattr(contract, name) == term for name, term in wanted.items())
