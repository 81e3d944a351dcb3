"""What a list asks the database about courses: one query for all of its rows."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from openipt.calendar.models import Appointment
from openipt.core.course import Turn
from openipt.courses.models import Contract, Course, Focus
from openipt.people import queries as people
from openipt.people.models import CareRelationship
from openipt.questionnaires import queries as questionnaires
from openipt.sql.prepared import Prepared

from .scores import LEAD

IN_PROGRESS = timedelta(minutes=50)
"""A session that began less than this ago is still the next one."""


def columns(
    course_ids: QuerySet[Any, Any], at: datetime, begun: datetime
) -> QuerySet[Any, Any]:
    """Return the open ones of these courses with what a row needs of six tables.

    A session that began after `begun` is still the next one at `at`. Subqueries walk an index
    each; joins would give a row for every appointment. A course has a contract from its
    start: the newest is joined.
    """
    contracts = Contract.objects.filter(course=OuterRef("pk")).order_by("-version")
    newest = Q(contracts__version=Subquery(contracts.values("version")[:1]))
    focus = Focus.objects.filter(course=OuterRef("pk"), ended_at__isnull=True)
    focus = focus.order_by("agreed_at", "pk")
    upcoming = Appointment.objects.filter(
        series=OuterRef("series_id"),
        state=Appointment.State.PLANNED,
        starts_at__gt=begun,
    ).order_by("starts_at")
    courses = Course.objects.filter(newest, pk__in=course_ids, ended_at__isnull=True)
    return courses.annotate(
        score=FilteredRelation("facts", condition=Q(facts__measure=LEAD)),
        first_on=F("contracts__first_on"),
        sessions=F("contracts__sessions"),
        days_between=F("contracts__days_between"),
        turns=F("contracts__turns"),
        area=Subquery(focus.values("area")[:1]),
        second_area=Subquery(focus.values("area")[1:2]),
        next_id=Subquery(upcoming.values("pk")[:1]),
        next_at=Subquery(upcoming.values("starts_at")[:1]),
        **questionnaires.newest_sessions("series_id", at),
    )


class Columns(NamedTuple):
    """The columns of one course, as `columns` names them; a model costs ten times that."""

    pk: UUID
    person_id: UUID
    service_id: UUID
    therapist_id: UUID
    series_id: UUID
    started_at: datetime
    variant_id: str
    variant_version: str
    person__name: bytes
    first_on: date
    sessions: int
    days_between: int
    turns: Sequence[Turn]
    opened_phase: str
    area: str | None
    second_area: str | None
    next_id: UUID | None
    next_at: datetime | None
    newest_at: datetime | None
    before_at: datetime | None
    before_minutes: int | None
    fourth_at: datetime | None
    fourth_minutes: int | None
    score__first: int | None
    score__last: int | None
    score__last_at: datetime | None
    score__recent: list[int] | None


def _in_care_of(
    member: UUID, service: UUID, at: datetime, begun: datetime
) -> QuerySet[Any, Any]:
    mine = CareRelationship.objects.filter(
        people.active_on(at), member_id=member, service_id=service
    )
    return columns(mine.values("course_id"), at, begun).values_list(*Columns._fields)


OWN = Prepared(_in_care_of, member=UUID, service=UUID, at=datetime, begun=datetime)
"""To work this query out takes longer than the database needs for twenty courses."""


def _ended_in_care_of(member: UUID, service: UUID, at: datetime) -> QuerySet[Any, Any]:
    mine = CareRelationship.objects.filter(
        people.active_on(at), member_id=member, service_id=service
    )
    care = mine.filter(course_id=OuterRef("pk"))
    return (
        Course.objects.filter(pk__in=mine.values("course_id"), ended_at__isnull=False)
        .annotate(closes_at=Subquery(care.values("ends_at")[:1]))
        .order_by("-ended_at")
        .values_list("pk", "person_id", "person__name", "ended_at", "closes_at")
    )


ENDED = Prepared(_ended_in_care_of, member=UUID, service=UUID, at=datetime)
