"""Whose the plan for staying well is, what is open at the end, and what may follow."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from openipt.core.afterwards import StayingWell, plan_of
from openipt.core.course import session_by
from openipt.core.protocols import Variant, load_variants, phase_open
from openipt.core.protocols.rules import (
    Afterwards,
    Finding,
    RelapsePlan,
    check_afterwards,
    check_ending_raised,
    check_relapse_plan,
)
from openipt.courses.models import (
    Contract,
    Course,
    Ending,
    MaintenanceDecision,
    Paper,
    StayingWellPlan,
)
from openipt.inventory import access as inventory
from openipt.people import queries as people
from openipt.people.models import Member, Person

from .ending import refusal_of_ended

MAINTENANCE = "maintenance"


def has_account(person: Person) -> bool:
    """Return whether the person can open a page of their own."""
    return person.member is not None and person.member.account_id is not None


def refusal_of_plan(
    member: Member, person: Person, plan: StayingWellPlan | None, at: datetime
) -> str:
    """Return why this member cannot write in the plan for staying well, or "".

    It is the person's. The care team writes with them while it is shared, or when the two
    begin it together; for somebody without an account the therapist writes it down.
    """
    if person.member_id == member.pk:
        return ""
    if not people.has_care(member, person.pk, None, at):
        return _("Only the care team writes here. You can read.")
    if plan is None or plan.shared or not has_account(person):
        return ""
    return _(
        "They have not shared this plan. They find it under Progress, and decide there "
        "whether you read it and write in it."
    )


def may_read_plan(member: Member, person: Person, plan: StayingWellPlan) -> bool:
    """Return whether this member, who reached the record, may read the plan."""
    return person.member_id == member.pk or plan.shared or not has_account(person)


def holds_what_was_taken_back(member: Member, paper: Paper, course: Course) -> bool:
    """Return whether a typeset page may show what the person has since taken back.

    Their people, the words in which they look back, or their plan for staying well; their
    own page they keep.
    """
    if course.person.member_id == member.pk:
        return False
    if inventory.took_back_since(course.person, paper.asked_at):
        return True
    if _holds_other_words(paper, course):
        return True
    plan = StayingWellPlan.objects.filter(
        person=course.person, updated_at__gt=paper.asked_at
    ).first()
    return plan is not None and not may_read_plan(member, course.person, plan)


def open_at_the_end(
    course: Course, variant: Variant, *, session: int | None, sessions: int
) -> tuple[Finding, ...]:
    """Return what the rules still ask for before a course ends as agreed.

    P14, R01 and R02. A plan that the person keeps to themselves is not known here.
    """
    ending = Ending.objects.filter(course=course).first()
    raised = ending is not None and ending.raised_at is not None
    found = [
        check_ending_raised(
            variant, session=session or 1, sessions=sessions, raised=raised
        ),
        check_relapse_plan(_known_plan(course.person)),
    ]
    if maintenance_variants(variant) and not _is_decided(course):
        found += check_afterwards(Afterwards(discussed=None))
    return tuple(one for one in found if one is not None)


def maintenance_variants(variant: Variant) -> tuple[Variant, ...]:
    """Return the ways of working in which a course of this one goes on as maintenance."""
    known = load_variants()
    return tuple(
        known[name]
        for name in variant.continues_with
        if name in known
        and known[name].stage == MAINTENANCE
        and not known[name].retired
    )


def refusal_to_continue(
    course: Course, variant: Variant, contract: Contract, at: datetime
) -> str:
    """Return why a course cannot go on as maintenance now, or "".

    It can once it has ended, or in its last phase, after the two decided so.
    """
    if not maintenance_variants(variant):
        return _("There is no maintenance for this way of working.")
    decision = latest_decision(course)
    if decision is None or not decision.maintenance:
        return _("Decide on maintenance first; then it can begin.")
    if refusal_of_ended(course):
        return ""
    session = session_by(
        contract.first_on,
        at.astimezone(ZoneInfo(course.person.service.zone)).date(),
        contract.sessions,
        contract.days_between,
        contract.turns,
    )
    phase = phase_open(variant, session or 1, contract.sessions, course.opened_phase)
    if phase.key == variant.phases[-1].key:
        return ""
    return _(
        "Maintenance can begin when the course is in its last phase, or has ended."
    )


def refusal_of_continuing(course: Course, person: Person, variant: Variant) -> str:
    """Return why a new course cannot go on from this one, or ""."""
    if course.person_id != person.pk:
        return _("That course is another person's.")
    known = load_variants().get(course.variant_id)
    if known is None or variant.id not in known.continues_with:
        return _("%(variant)s does not go on from that course.") % {
            "variant": _(variant.name)
        }
    return ""


def latest_decision(course: Course) -> MaintenanceDecision | None:
    """Return what holds about maintenance after a course, or None."""
    rows = MaintenanceDecision.objects.filter(course=course).select_related("by")
    return rows.order_by("-at", "-pk").first()


def _is_decided(course: Course) -> bool:
    return MaintenanceDecision.objects.filter(course=course).exists()


def _holds_other_words(paper: Paper, course: Course) -> bool:
    """Return whether words stand on a page that its reader can read nowhere else now."""
    ending = Ending.objects.filter(course=course).first()
    if ending is None or paper.made_at is None or paper.words_version == 0:
        return False
    if paper.words_version is not None:
        return not ending.shared or ending.words_version != paper.words_version
    written = ending.words_at
    return not ending.shared and written is not None and written >= paper.asked_at


def _known_plan(person: Person) -> RelapsePlan:
    """Return what the care team may know of the plan."""
    plan = StayingWellPlan.objects.filter(person=person).first()
    if plan is None or not (plan.shared or not has_account(person)):
        return StayingWell().standing
    return plan_of(plan.content).standing
