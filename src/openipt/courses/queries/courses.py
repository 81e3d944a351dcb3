"""What a member may see of courses. Every function about records starts from the member."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.db.models import QuerySet

from openipt.core.course import session_by
from openipt.core.errors import Gone, Missing
from openipt.core.protocols import (
    Phase,
    Variant,
    find_variant,
    phase_at,
    phase_open,
)
from openipt.courses.access.focus import refusal_of_focus
from openipt.courses.models import Contract, Course, CourseFact, CourseState, Focus
from openipt.people import queries as people
from openipt.people.models import CareRelationship, Invitation, Member, Person
from openipt.sql.prepared import Prepared
from openipt.vault import keys

InvitationState = Literal["not_invited", "waiting", "expired", "joined", "suspended"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Invited:
    """How far a person's invitation is; `until` while a code can still be used."""

    state: InvitationState
    until: datetime | None = None


def own_courses(member: Member, at: datetime) -> list[Course]:
    """Return the courses this professional has in care now, the newest first.

    Persons and therapists come with them, keys opened; ended courses are there as long as
    the care is.
    """
    mine = people.care_of(member, at).values("course_id")
    return _listed(Course.objects.filter(service_id=member.service_id, pk__in=mine))


def supervised_courses(member: Member, at: datetime) -> list[Course]:
    """Return the courses of those whom this supervisor supervises now."""
    if "supervisor" not in member.role_set:
        return []
    theirs = CareRelationship.objects.filter(
        people.active_on(at),
        service_id=member.service_id,
        member__in=people.supervised_ids(member, at),
    ).values("course_id")
    return _listed(Course.objects.filter(service_id=member.service_id, pk__in=theirs))


def own_therapies(member: Member) -> list[Course]:
    """Return the courses of the person this member is: the open ones first, newest first."""
    found = rows().filter(service_id=member.service_id, person__member=member)
    return sorted(
        found.order_by("-started_at", "-pk"),
        key=lambda course: course.ended_at is not None,
    )


def courses_of(member: Member, at: datetime) -> list[Course]:
    """Return every course this professional may read, by care or by supervision."""
    found = {course.pk: course for course in own_courses(member, at)}
    found.update((course.pk, course) for course in supervised_courses(member, at))
    return sorted(found.values(), key=lambda course: course.pk, reverse=True)


def course_for(member: Member, course_id: UUID, at: datetime) -> Course:
    """Return a course this professional may read.

    :raises Missing: also when it exists but is not theirs to see
    """
    found = rows().filter(pk=course_id, service_id=member.service_id).first()
    if found is None or not people.may_read(member, found.person_id, found.pk, at):
        raise Missing
    return found


def newest_course_of(member: Member, person_id: UUID, at: datetime) -> Course | None:
    """Return the newest course of this person that the professional may read, or None."""
    theirs = rows().filter(service_id=member.service_id, person_id=person_id)
    return next(
        (
            course
            for course in theirs.order_by("-pk")
            if people.may_read(member, person_id, course.pk, at)
        ),
        None,
    )


def course_to_write(member: Member, course_id: UUID, at: datetime) -> Course:
    """Return a course this professional may change: only its active care team.

    :raises Missing: also for a supervisor, who reads
    """
    found = rows().filter(pk=course_id, service_id=member.service_id).first()
    if found is None or not people.has_care(member, found.person_id, found.pk, at):
        raise Missing
    return found


def course_of_series(member: Member, series_id: UUID, at: datetime) -> Course:
    """Return the course that holds a series of appointments.

    :raises Missing: also when it exists but is not theirs to see
    """
    found: Course | None = next(
        iter(_OF_SERIES.instances(series=series_id, service=member.service_id)), None
    )
    if found is None or not people.may_read(member, found.person_id, found.pk, at):
        raise Missing
    return found


_OF_SERIES = Prepared(
    lambda series, service: (
        rows().filter(series_id=series, service_id=service).order_by("pk")
    ),
    series=UUID,
    service=UUID,
)


def course_submitted(service_id: UUID, submission_id: UUID) -> Course | None:
    """Return the course that a form of this service has already started, if it has."""
    found = rows().filter(service_id=service_id, submission_id=submission_id)
    return found.first()


def may_write(member: Member, course: Course, at: datetime) -> bool:
    """Return True for the course's active care team."""
    return people.has_care(member, course.person_id, course.pk, at)


def open_courses_of_person(person_id: UUID) -> list[Course]:
    """Return the person's open courses, the oldest first.

    Therapists come with their service and deputy: that is what decides who reads.
    """
    return list(
        Course.objects.filter(person_id=person_id, ended_at__isnull=True)
        .select_related("therapist__service", "therapist__deputy", "series")
        .order_by("started_at", "pk")
    )


def courses_of_person(person_id: UUID) -> list[Course]:
    """Return all courses of a person who was reached, the oldest first."""
    return _OF_PERSON.instances(person=person_id)


_OF_PERSON = Prepared(
    lambda person: Course.objects.filter(person_id=person).order_by("started_at", "pk"),
    person=UUID,
)


def variant_of(course: Course) -> Variant:
    """Return the variant in the version that the course was agreed in."""
    return find_variant(course.variant_id, course.variant_version)


def variants_in_use() -> list[tuple[str, str]]:
    """Return id and version of every variant that a course follows or followed."""
    rows = Course.objects.order_by("variant_id", "variant_version")
    return list(rows.values_list("variant_id", "variant_version").distinct())


def latest_contract(course: Course) -> Contract:
    """Return what holds now; earlier versions stay.

    :raises Missing: if the course has none
    """
    found: Contract | None = _CONTRACT.first(course=course.pk)
    if found is None:
        raise Missing
    found.course = course
    return found


_CONTRACT = Prepared(
    lambda course: Contract.objects.filter(course_id=course).order_by("-version")[:1],
    course=UUID,
)


def latest_contracts(course_ids: Iterable[UUID]) -> dict[UUID, Contract]:
    """Return for each course what holds now; one query."""
    rows = Contract.objects.filter(course_id__in=set(course_ids)).order_by("version")
    return {row.course_id: row for row in rows}


def foci_of(course_ids: Iterable[UUID]) -> dict[UUID, list[Focus]]:
    """Return for each course what it works on now, the older first; one query."""
    wanted = set(course_ids)
    if len(wanted) == 1:
        (course,) = wanted
        only = _FOCI.instances(course=course)
        return {course: only} if only else {}
    found: dict[UUID, list[Focus]] = defaultdict(list)
    rows = Focus.objects.filter(course_id__in=wanted, ended_at__isnull=True)
    for row in rows.order_by("agreed_at", "pk"):
        found[row.course_id].append(row)
    return dict(found)


_FOCI = Prepared(
    lambda course: Focus.objects.filter(
        course_id=course, ended_at__isnull=True
    ).order_by("agreed_at", "pk"),
    course=UUID,
)


def focus_for(course: Course, focus_id: UUID, *, sent: bool = False) -> Focus:
    """Return one open focus of a course that was reached by this member.

    `sent` is for a form that was filled in while it was open.

    :raises Missing: if it is not there, or has ended
    :raises Gone: with `sent`, if it has ended
    """
    found = Focus.objects.filter(pk=focus_id, course=course).first()
    if found is None:
        raise Missing
    if found.ended_at is not None:
        raise Gone(refusal_of_focus(found)) if sent else Missing
    return found


def any_focus_for(course: Course, focus_id: UUID) -> Focus:
    """Return a focus of a course that was reached by this member, ended or not.

    :raises Missing: if it is not there
    """
    found = Focus.objects.filter(pk=focus_id, course=course).first()
    if found is None:
        raise Missing
    found.course = course
    return found


def facts_of(course_ids: Iterable[UUID]) -> dict[UUID, dict[str, CourseFact]]:
    """Return for each course its row of scores by measure; one query."""
    found: dict[UUID, dict[str, CourseFact]] = defaultdict(dict)
    for row in CourseFact.objects.filter(course_id__in=set(course_ids)):
        found[row.course_id][row.measure] = row
    return dict(found)


def state_of(course: Course) -> str:
    """Return the newest state of a course."""
    newest = (
        CourseState.objects.filter(course=course)
        .order_by("-at", "-pk")
        .values_list("state", flat=True)
        .first()
    )
    return newest or ""


def phase_and_session(
    course: Course, contract: Contract, today: date
) -> tuple[Phase, int | None, int]:
    """Return the phase, the session by the calendar, and how many there are.

    `today` is in the service's zone. The session is None before the first one.
    """
    session, sessions = session_on(contract, today), contract.sessions
    phase = phase_open(variant_of(course), session or 1, sessions, course.opened_phase)
    return phase, session, sessions


def session_on(contract: Contract, today: date) -> int | None:
    """Return the session that the calendar has reached; None before the first one."""
    return session_by(
        contract.first_on,
        today,
        contract.sessions,
        contract.days_between,
        contract.turns,
    )


def phase_of_session(
    course: Course, number: int, *, sessions: int, reached: int | None
) -> Phase:
    """Return the phase of one session; `reached` is the one that the calendar has reached.

    What lies behind keeps the phase that its day had, also where the next one was opened
    early.
    """
    variant = variant_of(course)
    phase = phase_open(variant, number, sessions, course.opened_phase)
    if number >= (reached or 1):
        return phase
    by_calendar = phase_at(variant, number, sessions)
    return min(phase, by_calendar, key=variant.phases.index)


def invitation_of(person: Person, at: datetime) -> Invited:
    """Return how far the person's invitation is."""
    states: dict[str, InvitationState] = {
        Member.State.ACTIVE: "joined",
        Member.State.SUSPENDED: "suspended",
    }
    if person.member is None:
        return Invited(state="not_invited")
    if person.member.state in states:
        return Invited(state=states[person.member.state])
    until = (
        Invitation.objects.filter(
            member=person.member, used_at__isnull=True, revoked_at__isnull=True
        )
        .order_by("-created_at")
        .values_list("expires_at", flat=True)
        .first()
    )
    if until is None:
        return Invited(state="not_invited")
    return Invited(state="waiting" if until > at else "expired", until=until)


def rows() -> QuerySet[Course]:
    """Return courses with whom and what their pages always name."""
    return Course.objects.select_related(
        "person__member", "person__service", "therapist", "series"
    )


def _listed(rows: QuerySet[Course]) -> list[Course]:
    found = list(rows.select_related("person", "therapist", "series").order_by("-pk"))
    keys.prefetch(course.person_id for course in found)
    return found
