"""The plan as its person reads it."""

from dataclasses import dataclass
from datetime import date

from openipt.core.measures import load_measures
from openipt.core.protocols import Phase, Variant
from openipt.courses.models import Contract, Diagnosis, RecoveryRole
from openipt.people.models import Member
from openipt.vault import keys

from . import courses, formulation
from .formulation import Version
from .plan_rows import latest_diagnosis, latest_role


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnPlan:
    """A course as its person reads it: what it is called, what rests, what was agreed."""

    contract: Contract
    variant: Variant
    phase: Phase
    session: int | None
    diagnosis: Diagnosis | None
    measure: str
    role: RecoveryRole | None
    version: Version | None

    @property
    def waits_for_answer(self) -> bool:
        """Whether a formulation was shown and the person said nothing to it yet."""
        return self.version is not None and self.version.person is None


def own_plans(member: Member, today: date) -> list[OwnPlan]:
    """Return the plans of the person this member is: of open courses, else of the last."""
    rows = Contract.objects.filter(
        service_id=member.service_id, course__person__member=member
    ).select_related("course__person", "course__therapist")
    newest = {row.course_id: row for row in rows.order_by("version")}
    running = [row for row in newest.values() if row.course.ended_at is None]
    chosen = sorted(
        running or newest.values(), key=lambda row: row.course.started_at, reverse=True
    )
    chosen = chosen if running else chosen[:1]
    ids = [row.course_id for row in chosen]
    keys.prefetch(
        {row.person_id for row in chosen} | {row.course.therapist_id for row in chosen}
    )
    diagnoses, roles = latest_diagnosis(ids), latest_role(ids)
    versions = formulation.versions_of_courses(ids)
    return [
        _own_plan(
            row,
            diagnoses.get(row.course_id),
            roles.get(row.course_id),
            formulation.shown(versions.get(row.course_id, [])),
            today,
        )
        for row in chosen
    ]


def _own_plan(
    contract: Contract,
    diagnosis: Diagnosis | None,
    role: RecoveryRole | None,
    version: Version | None,
    today: date,
) -> OwnPlan:
    course = contract.course
    phase, session, _sessions = courses.phase_and_session(course, contract, today)
    measure = load_measures().get(diagnosis.measure) if diagnosis else None
    return OwnPlan(
        contract=contract,
        variant=courses.variant_of(course),
        phase=phase,
        session=session,
        diagnosis=diagnosis,
        measure=measure.short_name if measure else "",
        role=role,
        version=version,
    )
