"""Each question about courses, answered with the reason or an empty string for yes."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from openipt.calendar import queries as calendar
from openipt.core.protocols import Variant
from openipt.core.protocols.rules import (
    Finding,
    Intake,
    check_area,
    check_contract,
    check_foci,
    check_intake,
)
from openipt.people import queries as people
from openipt.people.models import CareRelationship, Member, Person
from openipt.safety import queries as safety
from openipt.web import dates
from openipt.web.sentences import said

from .models import Course, Focus

CLOSING = timedelta(days=28)
"""How long after the end the care team can still finish its notes."""

LATEST_START = timedelta(days=366)
EARLIEST_START = timedelta(days=28)
MINUTES = (10, 240)
"""What a clock can hold; whether it is usual is another question (P03)."""


def refusal_to_start(member: Member, person: Person | None, at: datetime) -> str:
    """Return why this member cannot start a course, with this person if named, or "".

    With somebody in their care, or whom they have just registered and nobody had in care.
    """
    if "therapist" not in member.role_set:
        return _("Only a therapist can start a course.")
    if person is None or people.has_care(member, person.pk, None, at):
        return ""
    mine = person.service_id == member.service_id and person.created_by_id == member.pk
    if mine and not CareRelationship.objects.filter(person=person).exists():
        return ""
    return _("This person is not in your care.")


def refusal_of_second_course(person: Person, variant: Variant) -> str:
    """Return why this person cannot begin another course of this variant, or ""."""
    there_is_one = Course.objects.filter(
        person=person, variant_id=variant.id, ended_at__isnull=True
    ).exists()
    if not there_is_one:
        return ""
    return _(
        "There is already an open course of %(variant)s with this person. End it before "
        "you start another one."
    ) % {"variant": _(variant.name)}


def refusal_of_first_day(first_on: date, today: date) -> str:
    """Return why a course cannot begin on that day, or "".

    A contract is often agreed after the first talks, so the first session may lie back.
    """
    if first_on < today - EARLIEST_START:
        return _("The first session can lie four weeks back at most.")
    if first_on > today + LATEST_START:
        return _("The first session can be a year from now at most.")
    return ""


def findings_of(
    variant: Variant, *, sessions: int, minutes: int, intake: Intake
) -> tuple[Finding, ...]:
    """Return what a planned course breaks: its contract, and whom the variant is for."""
    return (
        *check_contract(variant, sessions=sessions, minutes=minutes),
        *check_intake(variant, intake),
    )


def refusal_of(findings: Iterable[Finding]) -> str:
    """Return what cannot be, and where that comes from, or ""."""
    return in_words(found for found in findings if found.severity == "error")


def reason_wanted(findings: Iterable[Finding]) -> str:
    """Return what a reason is asked for, or "" where nothing is out of the ordinary."""
    return in_words(found for found in findings if found.severity == "warning")


def refusal_to_focus(variant: Variant, area: str, open_foci: Iterable[Focus]) -> str:
    """Return why the course cannot take up this problem area, or ""."""
    if found := check_area(variant, area):
        return in_words([found])
    others = {focus.area for focus in open_foci} - {area}
    found = check_foci(variant, len(others) + 1)
    return in_words([found]) if found and found.severity == "error" else ""


def refusal_to_invite(person: Person, on: date) -> str:
    """Return why the person cannot be invited now, or "".

    Nobody is asked about their safety without a number to call: an emergency number of
    their country must be live first.
    """
    if person.member is not None and person.member.state == Member.State.ACTIVE:
        return _("This person has already joined.")
    if person.member is not None and person.member.state == Member.State.SUSPENDED:
        return _("This person's access is suspended. Ask the administrator.")
    if not safety.emergency_is_live(person.service_id, person.country, on):
        return _(
            "No emergency number of this person's country has been checked yet. Ask the "
            "administrator to check one; then you can invite them."
        )
    return ""


def refusal_of_ended(course: Course) -> str:
    """Return that the course has ended, if it has, or ""."""
    if course.ended_at is None:
        return ""
    return _("This course has ended on %(day)s. Its record stays as it is.") % {
        "day": dates.day(timezone.localdate(course.ended_at), year=True)
    }


def refusal_of_words(member: Member, course: Course) -> str:
    """Return why the words of looking back are not this member's to write, or "".

    They are the person's. Only for somebody without an account does the therapist write
    them down.
    """
    own = course.person.member
    if own is not None and own.pk == member.pk:
        return ""
    if own is None or own.account_id is None:
        return ""
    return _("These words are the person's own. They write them on their own page.")


def refusal_to_end(course: Course, at: datetime) -> str:
    """Return why the course cannot end now, or "".

    Not while an answer about safety waits for somebody, and not before it is recorded what
    became of the sessions that lie behind.
    """
    if reason := refusal_of_ended(course):
        return reason
    if safety.has_open_alert(course.person_id):
        return _(
            "An alert about this person is still open. Respond to it and close it; then "
            "the course can end."
        )
    if unrecorded := calendar.unrecorded([course.series_id], at):
        first = unrecorded[0]
        return _(
            "Session %(n)s on %(day)s has no attendance yet. Record what became of it; "
            "then the course can end."
        ) % {"n": first.number, "day": dates.day(first.on_date)}
    return ""


def in_words(findings: Iterable[Finding]) -> str:
    """Return findings as sentences, each with its source."""
    return " ".join(
        _("%(sentence)s (Source: %(source)s)")
        % {"sentence": said(found.sentence), "source": found.source}
        for found in findings
    )
