"""The paragraph to the person: its versions, and what both said to each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from openipt.core.errors import Missing
from openipt.courses.models import (
    Course,
    Formulation,
    FormulationAnswer,
)
from openipt.people.models import Member

PERSON, THERAPIST = FormulationAnswer.Side.PERSON, FormulationAnswer.Side.THERAPIST


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """One version with the newest answer of each side."""

    formulation: Formulation
    person: FormulationAnswer | None
    therapist: FormulationAnswer | None

    @property
    def is_shown(self) -> bool:
        """Whether the person can read it."""
        return self.formulation.shown_at is not None

    @property
    def is_accepted(self) -> bool:
        """Whether both agreed to it."""
        return all(
            answer is not None and answer.agrees
            for answer in (self.person, self.therapist)
        )


def versions_of_courses(course_ids: Iterable[UUID]) -> dict[UUID, list[Version]]:
    """Return for each course its versions, the newest first; two queries."""
    rows = list(
        Formulation.objects.filter(course_id__in=set(course_ids))
        .select_related("by")
        .order_by("-number")
    )
    answers: dict[tuple[UUID, str], FormulationAnswer] = {}
    given = FormulationAnswer.objects.filter(
        formulation__in=[row.pk for row in rows]
    ).select_related("by")
    for answer in given.order_by("at", "pk"):
        answers[answer.formulation_id, answer.side] = answer
    found: dict[UUID, list[Version]] = defaultdict(list)
    for row in rows:
        version = Version(
            formulation=row,
            person=answers.get((row.pk, PERSON)),
            therapist=answers.get((row.pk, THERAPIST)),
        )
        found[row.course_id].append(version)
    return dict(found)


def versions_of(course: Course) -> list[Version]:
    """Return the versions of a course that was reached by this member, the newest first."""
    return versions_of_courses([course.pk]).get(course.pk, [])


def shown(versions: Iterable[Version]) -> Version | None:
    """Return the newest version that the person can read."""
    return next((version for version in versions if version.is_shown), None)


def is_accepted(course: Course) -> bool:
    """Return whether both agreed to the newest version that was shown."""
    newest = shown(versions_of(course))
    return newest is not None and newest.is_accepted


def formulation_for(course: Course, formulation_id: UUID) -> Formulation:
    """Return a version of a course that was reached by this member.

    :raises Missing: if it is none of it
    """
    found = Formulation.objects.filter(pk=formulation_id, course=course).first()
    if found is None:
        raise Missing
    found.course = course
    return found


def own_formulation(member: Member, formulation_id: UUID) -> Formulation:
    """Return a version that was shown to this person.

    :raises Missing: also when it exists but is somebody else's, or was not shown
    """
    found = Formulation.objects.filter(
        pk=formulation_id,
        service_id=member.service_id,
        course__person__member=member,
        shown_at__isnull=False,
    ).select_related("course__person__member", "course__therapist")
    formulation = found.first()
    if formulation is None:
        raise Missing
    return formulation
