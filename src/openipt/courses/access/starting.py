"""Who can begin a course, with whom, and whom they can invite."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from openipt.core.protocols import Variant
from openipt.core.protocols.rules import (
    Finding,
    Intake,
    check_contract,
    check_intake,
    check_phases,
)
from openipt.courses.models import Course
from openipt.people import queries as people
from openipt.people.models import CareRelationship, Member, Person
from openipt.safety import queries as safety

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
    phases = check_phases(variant, sessions)
    return (
        *((phases,) if phases else ()),
        *check_contract(variant, sessions=sessions, minutes=minutes),
        *check_intake(variant, intake),
    )


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
