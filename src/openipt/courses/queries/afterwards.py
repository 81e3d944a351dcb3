"""What is known for the time after: the plan, maintenance, how it went, the letter."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from openipt.core.afterwards import Choice, StayingWell, load_next_steps, plan_of
from openipt.core.protocols import Variant
from openipt.core.protocols.rules import Finding, check_relapse_plan
from openipt.courses import access
from openipt.courses.models import (
    Contract,
    Course,
    HowItWent,
    Letter,
    LetterVersion,
    MaintenanceDecision,
    Remission,
    StayingWellPlan,
    StayingWellVersion,
)
from openipt.people import queries as people
from openipt.people.models import Member, Person
from openipt.sql.prepared import Prepared

from . import courses
from .plan_rows import remission_of

WENT_WORDS = {
    "helped": _("It has helped"),
    "partly": _("It has helped in part"),
    "not": _("It has not helped"),
}
"""How a course went, for each of `core.afterwards.WENT`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SeenPlan:
    """A plan for staying well, as far as this reader may read it."""

    person: Person
    plan: StayingWell
    version: int
    updated_at: datetime | None
    shared: bool
    is_there: bool
    """Whether there is one that this reader may read."""
    is_hidden: bool
    """There is one, and the person keeps it to themselves."""
    refusal_to_write: str
    missing: Finding | None
    """What it still needs (R01); None also where it is hidden."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Maintenance:
    """The decision on maintenance after a course, and what may follow."""

    decision: MaintenanceDecision | None
    earlier: tuple[MaintenanceDecision, ...]
    variants: tuple[Variant, ...]
    refusal_to_begin: str
    goes_on: tuple[Course, ...]
    """Courses that go on from this one."""
    goes_on_from: Course | None
    remission: Remission | None
    """It was found that the illness has gone, the newest time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Went:
    """How a course went, in one version; `steps` are what comes next."""

    row: HowItWent
    steps: tuple[Choice, ...]


def own_staying_well(member: Member, at: datetime) -> SeenPlan:
    """Return one's own plan for staying well, empty where none is written.

    :raises Missing: if the member is no person
    """
    return seen_plan(member, people.own_person(member), at)


def seen_plan(member: Member, person: Person, at: datetime) -> SeenPlan:
    """Return the plan of a person whose record this member has reached."""
    row: StayingWellPlan | None = next(iter(_PLAN.instances(person=person.pk)), None)
    readable = row is not None and access.may_read_plan(member, person, row)
    plan = plan_of(row.content) if row is not None and readable else StayingWell()
    hidden = row is not None and not readable
    return SeenPlan(
        person=person,
        plan=plan,
        version=row.version if row is not None and readable else 0,
        updated_at=row.updated_at if row is not None and readable else None,
        shared=row.shared if row is not None else False,
        is_there=readable,
        is_hidden=hidden,
        refusal_to_write=access.refusal_of_plan(member, person, row, at),
        missing=None if hidden else check_relapse_plan(plan.standing),
    )


_PLAN = Prepared(
    lambda person: StayingWellPlan.objects.filter(person_id=person).order_by("pk")[:1],
    person=UUID,
)


def plan_versions(member: Member, plan: SeenPlan) -> list[StayingWellVersion]:
    """Return the versions of a plan that was reached, the newest first.

    What the person wrote while they kept it to themselves stays with them.
    """
    if not plan.is_there:
        return []
    rows = StayingWellVersion.objects.filter(person=plan.person).select_related("by")
    if plan.person.member_id != member.pk and access.has_account(plan.person):
        rows = rows.filter(shared=True)
    return list(rows.order_by("-version"))


def maintenance_of(course: Course, contract: Contract, at: datetime) -> Maintenance:
    """Return the decision on maintenance after a course that was reached."""
    variant = courses.variant_of(course)
    rows = MaintenanceDecision.objects.filter(course=course).select_related("by")
    decisions = list(rows.order_by("-at", "-pk"))
    following = courses.rows().filter(continues=course).order_by("started_at")
    return Maintenance(
        decision=decisions[0] if decisions else None,
        earlier=tuple(decisions[1:]),
        variants=access.maintenance_variants(variant),
        refusal_to_begin=access.refusal_to_continue(course, variant, contract, at),
        goes_on=tuple(following),
        goes_on_from=course.continues,
        remission=remission_of(course),
    )


def how_it_went(course: Course) -> list[Went]:
    """Return what was said about how a course went, the newest first."""
    known = load_next_steps()
    return [
        Went(
            row=row,
            steps=tuple(known[key] for key in row.next_steps if key in known),
        )
        for row in _WENT.instances(course=course.pk)
    ]


_WENT = Prepared(
    lambda course: (
        HowItWent.objects.filter(course_id=course)
        .select_related("by")
        .order_by("-at", "-pk")
    ),
    course=UUID,
)


def letter_versions(course: Course) -> list[LetterVersion]:
    """Return the versions of a course's letter, the newest first, without the files."""
    rows = LetterVersion.objects.filter(letter__course=course).defer("content")
    return list(rows.select_related("by", "given_by").order_by("-version"))


def given_letter(course: Course) -> LetterVersion | None:
    """Return the newest version that was given to the person, without the file."""
    rows = LetterVersion.objects.filter(letter__course=course, given_at__isnull=False)
    return rows.defer("content").select_related("given_by").order_by("-version").first()


def has_letter(course: Course) -> bool:
    """Return whether a letter about a course was given to the person."""
    return Letter.objects.filter(
        course=course, versions__given_at__isnull=False
    ).exists()


def letter_file(given: LetterVersion) -> str:
    """Return a given letter in base64, "" while it is still being made.

    Never that of an earlier version: what is taken along is what the page shows.
    """
    if given.made_at is None:
        return ""
    return LetterVersion.objects.get(pk=given.pk).content or ""


def letter_to_make(letter_version_id: UUID) -> LetterVersion | None:
    """Return a letter that waits to be typeset, with its course; or None."""
    found = LetterVersion.objects.filter(
        pk=letter_version_id, given_at__isnull=False, made_at__isnull=True
    ).select_related(
        "given_by", "service", "letter__course__person", "letter__course__therapist"
    )
    return found.first()


def plan_line(person: Person) -> tuple[bool, bool]:
    """Return whether a plan for staying well is begun and whether it is complete; for lists."""
    row = StayingWellPlan.objects.filter(person=person).first()
    if row is None:
        return False, False
    return True, check_relapse_plan(plan_of(row.content).standing) is None
