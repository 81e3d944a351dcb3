"""What a list asks the database about courses: one query for all of its rows."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import FilteredRelation, OuterRef, Q, QuerySet, Subquery

from openipt.calendar.models import Appointment
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
    each; joins would give a row for every appointment.
    """
    contract = Contract.objects.filter(course=OuterRef("pk")).order_by("-version")
    focus = Focus.objects.filter(course=OuterRef("pk"), ended_at__isnull=True)
    focus = focus.order_by("agreed_at", "pk")
    upcoming = Appointment.objects.filter(
        series=OuterRef("series_id"),
        state=Appointment.State.PLANNED,
        starts_at__gt=begun,
    ).order_by("starts_at")
    return Course.objects.filter(pk__in=course_ids, ended_at__isnull=True).annotate(
        score=FilteredRelation("facts", condition=Q(facts__measure=LEAD)),
        first_on=Subquery(contract.values("first_on")[:1]),
        sessions=Subquery(contract.values("sessions")[:1]),
        days_between=Subquery(contract.values("days_between")[:1]),
        turns=Subquery(contract.values("turns")[:1]),
        minutes=Subquery(contract.values("minutes")[:1]),
        area=Subquery(focus.values("area")[:1]),
        second_area=Subquery(focus.values("area")[1:2]),
        next_id=Subquery(upcoming.values("pk")[:1]),
        next_at=Subquery(upcoming.values("starts_at")[:1]),
        **questionnaires.newest_sessions("series_id", at),
    )


NAMES = (
    "pk",
    "person_id",
    "service_id",
    "therapist_id",
    "series_id",
    "started_at",
    "variant_id",
    "variant_version",
    "person__name",
    "first_on",
    "sessions",
    "days_between",
    "turns",
    "opened_phase",
    "minutes",
    "area",
    "second_area",
    "next_id",
    "next_at",
    *questionnaires.NEWEST,
    "score__first",
    "score__last",
    "score__last_at",
    "score__recent",
)


def _in_care_of(
    member: UUID, service: UUID, at: datetime, begun: datetime
) -> QuerySet[Any, Any]:
    mine = CareRelationship.objects.filter(
        people.active_on(at), member_id=member, service_id=service
    )
    return columns(mine.values("course_id"), at, begun).values_list(*NAMES)


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
