"""The rows of a plan: what counts now, and everything that was said before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from openipt.core.measures import load_measures
from openipt.courses.models import (
    Contract,
    Course,
    CourseFact,
    Diagnosis,
    PhaseEntry,
    RecoveryRole,
    Remission,
)
from openipt.web import dates


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """A finished questionnaire that a diagnosis can rest on."""

    measure: str
    name: str
    total: int
    on: date


def latest_diagnosis(course_ids: Iterable[UUID]) -> dict[UUID, Diagnosis]:
    """Return for each course what was said last; one query."""
    rows = Diagnosis.objects.filter(course_id__in=set(course_ids)).order_by("number")
    return {row.course_id: row for row in rows}


def latest_role(course_ids: Iterable[UUID]) -> dict[UUID, RecoveryRole]:
    """Return for each course what may rest, also where that is over; one query."""
    rows = RecoveryRole.objects.filter(course_id__in=set(course_ids)).order_by("number")
    return {row.course_id: row for row in rows}


def diagnoses_of(course: Course) -> list[Diagnosis]:
    """Return what was said in a course, the newest first."""
    rows = Diagnosis.objects.filter(course=course).select_related("by")
    return list(rows.order_by("-number"))


def roles_of(course: Course) -> list[RecoveryRole]:
    """Return what was to rest in a course, the newest first."""
    rows = RecoveryRole.objects.filter(course=course).select_related("by", "ended_by")
    return list(rows.order_by("-number"))


def contracts_of(course: Course) -> list[Contract]:
    """Return every version of what was agreed, the newest first."""
    rows = Contract.objects.filter(course=course).select_related("agreed_by")
    return list(rows.order_by("-version"))


def entries_of(course: Course) -> list[PhaseEntry]:
    """Return when phases were opened, and why the beginning took longer."""
    rows = PhaseEntry.objects.filter(course=course).select_related("by")
    return list(rows.order_by("at", "pk"))


def remission_of(course: Course) -> Remission | None:
    """Return the newest day on which the illness was found to be gone."""
    return Remission.objects.filter(course=course).order_by("-on_date").first()


def scores_of(course: Course) -> list[Score]:
    """Return the first and the newest total of each measure, the newest first."""
    measures = load_measures()
    found: dict[tuple[str, date], Score] = {}
    for fact in CourseFact.objects.filter(course=course):
        for total, at in ((fact.first, fact.first_at), (fact.last, fact.last_at)):
            if total is None or at is None or fact.measure not in measures:
                continue
            score = Score(
                measure=fact.measure,
                name=measures[fact.measure].short_name,
                total=total,
                on=dates.local(at).date(),
            )
            found[score.measure, score.on] = score
    return sorted(found.values(), key=lambda one: (one.on, one.measure), reverse=True)
