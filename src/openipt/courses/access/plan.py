"""What stands against a step of the plan: its rules, and whose word it is."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from openipt.core.measures import load_measures
from openipt.core.protocols import Phase, Variant
from openipt.core.protocols.parts import Need
from openipt.core.protocols.rules import (
    Finding,
    check_contract,
    check_gap,
    check_needs,
    check_overrun,
    check_phases,
    check_recovery_role,
)
from openipt.courses.models import Contract, Course, Formulation
from openipt.people.models import Member
from openipt.web import dates

from .findings import in_words
from .starting import EARLIEST_START

REMISSION = "remission"
"""The cutoff of a measure below, or above, which the illness counts as gone."""


def reason_for_role(*, review_on: date | None, is_last_phase: bool) -> str:
    """Return what a reason is asked for where something may rest for now (P16), or ""."""
    found = check_recovery_role(
        review_on=review_on, stands=True, is_last_phase=is_last_phase
    )
    return in_words([found]) if found else ""


def refusal_to_open(phase: Phase, present: frozenset[Need]) -> str:
    """Return what a phase still needs before it opens (P07), or ""."""
    found = check_needs(phase, present)
    return in_words([found]) if found else ""


def refusal_to_answer(member: Member, formulation: Formulation, course: Course) -> str:
    """Return why this person cannot say what they think of a version, or ""."""
    if course.person.member_id != member.pk:
        return _("These are the words of somebody else.")
    if formulation.shown_at is None:
        return _("This version has not been shown to you.")
    return ""


def earliest_day(course: Course) -> date:
    """Return the first day of which a course can tell.

    The first session may lie four weeks before the day on which it was written down. What
    goes on from an earlier course goes back to that one.
    """
    first = course
    while first.continues is not None:
        first = first.continues
    return timezone.localdate(first.started_at) - EARLIEST_START


def refusal_of_day(course: Course, day: date) -> str:
    """Return that a day lies before the course, if it does, or ""."""
    first = earliest_day(course)
    if day >= first:
        return ""
    return _("That was before this course. Choose a day from %(day)s on.") % {
        "day": dates.day(first, year=True)
    }


def refusal_of_spoken(formulation: Formulation, day: date) -> str:
    """Return why nobody can have agreed on a day to a version that was shown, or ""."""
    shown = timezone.localdate(formulation.shown_at) if formulation.shown_at else None
    if shown is None or day >= shown:
        return ""
    return _("They could read it from %(day)s on. Choose that day or a later one.") % {
        "day": dates.day(shown, year=True)
    }


def words_for_remission(measure: str, total: int) -> str:
    """Return what words are asked for where a total does not say that the illness went.

    It says so where the measure has a number for it that somebody has read in its source.
    """
    known = load_measures()[measure]
    cutoffs = {one.key: one for one in known.cutoffs if one.verified}
    cutoff = cutoffs.get(REMISSION)
    if cutoff is None:
        return _(
            "OpenIPT knows no number of the %(measure)s at which the illness counts as "
            "gone. Write what you go by."
        ) % {"measure": known.short_name}
    if cutoff.holds(total):
        return ""
    sources = {one.key: one.title for one in known.sources}
    return _(
        "With %(total)s points in the %(measure)s the illness does not count as gone "
        "(%(source)s). Write why you find that it has gone all the same."
    ) % {
        "total": total,
        "measure": known.short_name,
        "source": sources[cutoff.source],
    }


def refusal_to_note_answer(course: Course) -> str:
    """Return why the care team cannot write down the person's agreement, or "".

    Whoever has an account agrees on their own page.
    """
    member = course.person.member
    if member is None or member.account_id is None:
        return ""
    return _("They read it and answer on their own page.")


def findings_of_change(
    variant: Variant,
    *,
    sessions: int,
    minutes: int,
    days_between: int,
    weeks: int | None,
    gap: int | None,
) -> tuple[Finding, ...]:
    """Return what a new contract breaks.

    `weeks` is how long the course takes with it, `gap` the days before its first session.
    """
    gaps = [days for days in (gap, days_between) if days is not None]
    found = [check_phases(variant, sessions), check_gap(variant, max(gaps))]
    return (
        *(one for one in found if one is not None),
        *check_contract(variant, sessions=sessions, minutes=minutes, weeks=weeks),
    )


def refusal_of_fewer(sessions: int, held: int) -> str:
    """Return why a contract cannot have so few sessions, or ""."""
    if sessions >= held:
        return ""
    return _("Session %(n)s lies behind already. It cannot be fewer than that.") % {
        "n": held
    }


def refusal_of_overrun(contract: Contract, session: int) -> str:
    """Return that a session is beyond the contract (P17), or ""."""
    found = check_overrun(session=session, sessions=contract.sessions)
    return in_words([found]) if found else ""
