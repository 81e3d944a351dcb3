"""What the two have found out and agreed so far, and what the next phase waits for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from openipt.core.protocols import Phase, Variant, phase_to_open
from openipt.core.protocols.parts import Need
from openipt.core.protocols.rules import Finding, check_recovery_role, check_start
from openipt.core.protocols.rules.phases import NEED_NAMES, missing_needs
from openipt.courses.models import (
    Course,
    Diagnosis,
    Goal,
    Issue,
    PhaseEntry,
    RecoveryRole,
)
from openipt.inventory import access as inventory_access
from openipt.inventory import queries as inventory
from openipt.web import dates
from openipt.web.sentences import said

from . import courses, formulation, needs
from .formulation import Version
from .pages import Record
from .plan_rows import latest_diagnosis, latest_role

StepState = Literal["done", "open", "needed"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Gate:
    """The phase that opens next, and what it still waits for."""

    phase: Phase
    missing: tuple[Need, ...]
    late: Finding | None
    """The beginning takes longer than it should, and nobody has said why (P02)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What was found out and agreed in a course."""

    record: Record
    today: date
    diagnosis: Diagnosis | None
    role: RecoveryRole | None
    role_finding: Finding | None
    shares_life: bool
    """Whether the person looks at their people and their timeline with the care team."""
    people: int
    events: int
    hard: int
    goals: int
    versions: tuple[Version, ...]
    gate: Gate | None

    @property
    def shown(self) -> Version | None:
        """The newest version of the formulation that the person can read."""
        return formulation.shown(self.versions)

    @property
    def role_is_due(self) -> bool:
        """Whether it is time to look again at what rests."""
        role = self.role
        return bool(
            role
            and not role.ended_at
            and role.review_on
            and role.review_on <= self.today
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How far one step is: done or not, and a line about it."""

    is_done: bool
    line: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step of the plan. `page` is its address; `of_person` says whose id that takes."""

    key: str
    title: str | Promise
    page: str
    look: Callable[[Plan], Look]
    need: Need | None = None
    of_person: bool = False
    writers_only: bool = False
    """Whether a supervisor, who reads, has nothing to open there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StepLine:
    """A step as it stands on the page of the course."""

    step: Step
    state: StepState
    line: str
    subject: UUID


def _diagnosis(plan: Plan) -> Look:
    row = plan.diagnosis
    return Look(
        is_done=row is not None,
        line=_("said on %(day)s") % {"day": dates.short_day(row.said_on)}
        if row
        else "",
    )


def _role(plan: Plan) -> Look:
    row = plan.role
    if row is None:
        return Look(is_done=False, line="")
    if row.ended_at:
        line = _("taken up again on %(day)s") % {"day": dates.short_day(row.ended_at)}
    elif row.review_on:
        line = _("look again on %(day)s") % {"day": dates.short_day(row.review_on)}
    else:
        line = _("without a day to look again")
    return Look(is_done=True, line=line)


def _people(plan: Plan) -> Look:
    count = plan.people
    line = ngettext("%(n)s person", "%(n)s people", count) % {"n": count}
    return _of_life(plan, count, line)


def _timeline(plan: Plan) -> Look:
    count = plan.events
    line = ngettext("%(n)s event", "%(n)s events", count) % {"n": count}
    return _of_life(plan, count, line)


def _of_life(plan: Plan, count: int, line: str) -> Look:
    """Return a look at what is the person's own: how much there is only where they agreed."""
    if not plan.shares_life:
        line = _("not shared with you")
    return Look(is_done=count > 0, line=line if count else "")


def _hard(plan: Plan) -> Look:
    count = plan.hard
    line = ngettext("%(n)s thing listed", "%(n)s things listed", count) % {"n": count}
    return Look(is_done=count > 0, line=line if count else "")


def _goals(plan: Plan) -> Look:
    count = plan.goals
    line = ngettext("%(n)s goal", "%(n)s goals", count) % {"n": count}
    return Look(is_done=count > 0, line=line if count else "")


def _focus(plan: Plan) -> Look:
    names = ", ".join(_(line.area.name) for line in plan.record.foci)
    return Look(is_done=bool(names), line=names)


def _formulation(plan: Plan) -> Look:
    version = plan.shown
    if version is None:
        line = _("written, not shown yet") if plan.versions else ""
        return Look(is_done=False, line=line)
    if version.is_accepted:
        return Look(is_done=True, line=_("both have agreed"))
    if version.person is not None and not version.person.agrees:
        return Look(is_done=False, line=_("the person says what does not fit"))
    if version.person is None:
        return Look(is_done=False, line=_("shown; the person has not answered yet"))
    return Look(is_done=False, line=_("the person has agreed; you have not yet"))


def _contract(plan: Plan) -> Look:
    contract = plan.record.contract
    line = ngettext(
        "%(n)s session, until %(day)s",
        "%(n)s sessions, until %(day)s",
        contract.sessions,
    ) % {"n": contract.sessions, "day": dates.short_day(contract.last_on)}
    return Look(is_done=True, line=line)


STEPS: tuple[Step, ...] = (
    Step(
        key="diagnosis", title=gettext_lazy("Diagnosis said"),
        page="courses:diagnosis", look=_diagnosis, need="diagnosis",
    ),
    Step(
        key="recovery_role", title=gettext_lazy("What may rest for now"),
        page="courses:recovery-role", look=_role, need="recovery_role",
    ),
    Step(
        key="people", title=gettext_lazy("The people in their life"),
        page="inventory:people", look=_people, need="inventory", of_person=True,
    ),
    Step(
        key="timeline", title=gettext_lazy("Timeline"),
        page="home:timeline", look=_timeline, need="timeline", of_person=True,
    ),
    Step(
        key="hard", title=gettext_lazy("What is hard"),
        page="courses:issues", look=_hard,
    ),
    Step(
        key="focus", title=gettext_lazy("Focus"),
        page="courses:focus", look=_focus, need="focus", writers_only=True,
    ),
    Step(
        key="formulation", title=gettext_lazy("Formulation"),
        page="courses:formulation", look=_formulation, need="formulation",
    ),
    Step(
        key="goals", title=gettext_lazy("Goals"),
        page="courses:goals", look=_goals,
    ),
    Step(
        key="contract", title=gettext_lazy("Contract"),
        page="courses:contract", look=_contract, need="contract",
    ),
)  # fmt: skip
"""The order in which people go through the beginning; a new page is one line here."""

PAGE_OF: dict[Need, tuple[str, bool]] = {
    **{step.need: (step.page, step.of_person) for step in STEPS if step.need},
    "prescriber": ("courses:contract-new", False),
    "remission": ("courses:phase", False),
}
"""Where each need is met: the address, and whether it takes the person's id."""


def plan_of(record: Record, *, today: date) -> Plan:
    """Return the plan of a course whose record was reached by this member."""
    course = record.course
    role = latest_role([course.pk]).get(course.pk)
    return Plan(
        record=record,
        today=today,
        diagnosis=latest_diagnosis([course.pk]).get(course.pk),
        role=role,
        role_finding=role_finding(record, role),
        shares_life=inventory_access.has_agreed(record.person),
        people=inventory.count_of(record.person),
        events=inventory.event_count_of(record.person),
        hard=Issue.objects.filter(course=course, removed_at__isnull=True).count(),
        goals=Goal.objects.filter(
            course=course, ended_at__isnull=True, focus__ended_at__isnull=True
        ).count(),
        versions=tuple(formulation.versions_of(course)),
        gate=gate_of(record),
    )


def lines_of(plan: Plan) -> tuple[StepLine, ...]:
    """Return the steps as they stand."""
    wanted = set(plan.gate.missing) if plan.gate else set()
    found = []
    for step in STEPS:
        look = step.look(plan)
        state: StepState = "done" if look.is_done else "open"
        found.append(
            StepLine(
                step=step,
                state="needed" if step.need in wanted else state,
                line=look.line,
                subject=_subject(plan.record, of_person=step.of_person),
            )
        )
    return tuple(found)


def gate_of(record: Record) -> Gate | None:
    """Return what the next phase waits for, None where nothing opens by hand any more."""
    course, variant = record.course, record.variant
    phase = None if course.ended_at else phase_to_open(variant, record.phase)
    if phase is None:
        return None
    present = needs.present_of(course, phase.needs)
    late = None
    if not _said_why(course, record.phase):
        late = _long_beginning(variant, record.phase, record.session, present)
    return Gate(phase=phase, missing=missing_needs(phase, present), late=late)


def takes_longer(course: Course, today: date) -> bool:
    """Return whether the beginning of a course takes longer than it should (P02)."""
    variant = courses.variant_of(course)
    phase, session, _sessions = courses.phase_and_session(
        course, courses.latest_contract(course), today
    )
    present = needs.present_of(course, variant.phases[1].needs)
    return _long_beginning(variant, phase, session, present) is not None


def _long_beginning(
    variant: Variant, phase: Phase, session: int | None, present: frozenset[Need]
) -> Finding | None:
    if phase != variant.phases[0]:
        return None
    return check_start(variant, session=session or 1, present=present)


def missing_in_words(record: Record, gate: Gate) -> list[tuple[str, str, UUID]]:
    """Return what a phase waits for: in words, the address of its page, and its id."""
    return [
        (
            said(NEED_NAMES[need]),
            PAGE_OF[need][0],
            _subject(record, of_person=PAGE_OF[need][1]),
        )
        for need in gate.missing
    ]


def role_finding(record: Record, role: RecoveryRole | None) -> Finding | None:
    """Return what speaks against letting things rest as they do (P16), or None."""
    if role is None or role.ended_at or record.course.ended_at:
        return None
    return check_recovery_role(
        review_on=role.review_on,
        stands=True,
        is_last_phase=record.phase == record.variant.phases[-1],
    )


def _said_why(course: Course, phase: Phase) -> bool:
    return PhaseEntry.objects.filter(course=course, phase=phase.key).exists()


def _subject(record: Record, *, of_person: bool) -> UUID:
    return record.person.pk if of_person else record.course.pk
