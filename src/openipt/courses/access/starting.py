"""Who can begin a course, with whom, and whom they can invite."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from openipt.core.protocols import Variant, load_variants
from openipt.core.protocols.rules import (
    Finding,
    Intake,
    check_contract,
    check_intake,
    check_phases,
    check_rhythm,
    weeks_of,
)
from openipt.courses.models import Course, Remission
from openipt.people import queries as people
from openipt.people.models import CareRelationship, Member, Person
from openipt.safety import queries as safety
from openipt.web import dates

from .afterwards import MAINTENANCE

LATEST_START = timedelta(days=366)
EARLIEST_START = timedelta(days=28)
GROUP = "group"
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


def bounds_of(
    variant: Variant, *, sessions: int, minutes: int, days_between: int
) -> tuple[Finding, ...]:
    """Return what the contract of a planned course breaks."""
    phases = check_phases(variant, sessions)
    rhythm = check_rhythm(variant, days_between)
    weeks = weeks_of(sessions, days_between)
    return (
        *((phases,) if phases else ()),
        *check_contract(variant, sessions=sessions, minutes=minutes, weeks=weeks),
        *((rhythm,) if rhythm else ()),
    )


def findings_of(
    variant: Variant,
    *,
    sessions: int,
    minutes: int,
    days_between: int,
    intake: Intake,
) -> tuple[Finding, ...]:
    """Return what a planned course breaks: its contract, and whom the variant is for."""
    bounds = bounds_of(
        variant, sessions=sessions, minutes=minutes, days_between=days_between
    )
    return (*bounds, *check_intake(variant, intake))


def has_remission(
    person: Person | None, variant: Variant, continues: UUID | None
) -> bool:
    """Return whether the illness was found to be gone in the course before."""
    if person is None:
        return False
    before = _before(person, variant)
    named = continues or (before.pk if before else None)
    if named is None:
        return False
    return Remission.objects.filter(person=person, course_id=named).exists()


def wanted_beside(
    person: Person | None, variant: Variant, continues: UUID | None
) -> str:
    """Return what a reason is asked for because of this person's other courses, or ""."""
    if person is None:
        return ""
    asked = [
        _(
            "There is an open course of %(variant)s already: end it, let it go on, or say "
            "why both."
        )
        % {"variant": _(name)}
        for name in _beside(person, variant, continues)
    ]
    before = _before(person, variant)
    if variant.stage == MAINTENANCE and before and continues is None:
        asked.append(
            _(
                "It does not go on from the course that began on %(day)s by a decision "
                "that is kept there. Say why it begins without one."
            )
            % {"day": _began(before)}
        )
    return " ".join(asked)


def refusal_of_maintenance(
    member: Member,
    person: Person,
    variant: Variant,
    continues: UUID | None,
    at: datetime,
) -> str:
    """Return why maintenance cannot begin on its own after a course that leads there, or "".

    It goes on from that course by a decision; or the illness was found to be gone in it,
    and a reason says the rest. Who cannot write in that course is asked for a reason only.
    """
    if variant.stage != MAINTENANCE or continues is not None:
        return ""
    before = _before(person, variant)
    if before is None or not people.has_care(member, person.pk, before.pk, at):
        return ""
    if has_remission(person, variant, None):
        return ""
    told = _(
        "Maintenance goes on from the course that began on %(day)s. Decide on it on the "
        "page of its ending; it begins from there."
    ) % {"day": _began(before)}
    if before.ended_at is not None:
        return told
    return f"{told} " + _(
        "Without that decision, first record on the page of its phase that the illness has "
        "gone."
    )


def _before(person: Person, variant: Variant) -> Course | None:
    """Return the newest course of this person from which the variant goes on."""
    leading = [
        known.id
        for known in load_variants().values()
        if variant.id in known.continues_with
    ]
    found = Course.objects.filter(person=person, variant_id__in=leading)
    return found.order_by("-started_at", "-pk").first()


def _beside(person: Person, variant: Variant, continues: UUID | None) -> list[str]:
    """Return the names of open courses that another one of its kind would run beside.

    A group beside work with one person is ordinary.
    """
    known = load_variants()
    found = Course.objects.filter(person=person, ended_at__isnull=True)
    found = found.exclude(variant_id=variant.id)
    if continues is not None:
        found = found.exclude(pk=continues)
    return [
        known[name].name
        for name in found.values_list("variant_id", flat=True)
        if name in known and (known[name].family == GROUP) == (variant.family == GROUP)
    ]


def _began(course: Course) -> str:
    return dates.day(timezone.localdate(course.started_at), year=True)


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
