"""What the database is asked for a person's day: the person, and their open courses."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
)

from openipt.calendar.models import Appointment
from openipt.core.errors import Missing
from openipt.courses.models import Contract, Course
from openipt.learning import queries as learning
from openipt.people.models import Member, Person
from openipt.practice.models import Entry
from openipt.safety.models import Alert
from openipt.sql.prepared import Prepared

from .course_columns import IN_PROGRESS
from .scores import LEAD

WEEK = "weekly_overview"


def person_today(member: Member) -> Any:
    """Return the person with their open alert and their newest week in the journal.

    :raises Missing: if the member is none
    """
    found = _PERSON.instances(member=member.pk)
    if not found:
        raise Missing
    return found[0]


def _person(member: UUID) -> QuerySet[Person, Any]:
    alert = Alert.objects.filter(person=OuterRef("pk"), closed_at__isnull=True)
    week = Entry.objects.filter(
        person=OuterRef("pk"), kind=WEEK, removed_at__isnull=True
    ).order_by("-updated_at")
    return (
        Person.objects.filter(member_id=member)
        .order_by("pk")
        .annotate(
            raised_at=Subquery(alert.values("raised_at")[:1]),
            taken_at=Subquery(alert.values("acknowledged_at")[:1]),
            taken_by=_id_of(alert, "acknowledged_by_id"),
            taken_name=Subquery(alert.values("acknowledged_by__name")[:1]),
            week_id=Subquery(week.values("pk")[:1]),
            week_at=Subquery(week.values("updated_at")[:1]),
            week_content=Subquery(week.values("content")[:1]),
            **learning.columns_of_person(),
        )
    )


_PERSON = Prepared(_person, member=UUID)


def courses_today(person: Person, at: datetime) -> list[Any]:
    """Return the open courses, the newest last, with their score and the next session."""
    return _COURSES.instances(person=person.pk, begun=at - IN_PROGRESS)


def _courses(person: UUID, begun: datetime) -> QuerySet[Course, Any]:
    contract = Contract.objects.filter(course=OuterRef("pk")).order_by("-version")
    sessions = Appointment.objects.filter(person=OuterRef("person_id"))
    upcoming = sessions.filter(
        state=Appointment.State.PLANNED, starts_at__gt=begun
    ).order_by("starts_at")
    past = (
        sessions.filter(starts_at__lte=begun)
        .exclude(state=Appointment.State.CANCELLED)
        .order_by("-starts_at")
    )
    return (
        Course.objects.filter(person_id=person, ended_at__isnull=True)
        .select_related("therapist__service", "therapist__deputy")
        .order_by("started_at", "pk")
        .annotate(
            score=FilteredRelation("facts", condition=Q(facts__measure=LEAD)),
            first=F("score__first"),
            last=F("score__last"),
            scored_at=F("score__last_at"),
            recent=F("score__recent"),
            first_on=Subquery(contract.values("first_on")[:1]),
            sessions=Subquery(contract.values("sessions")[:1]),
            days_between=Subquery(contract.values("days_between")[:1]),
            turns=Subquery(contract.values("turns")[:1]),
            next_at=Subquery(upcoming.values("starts_at")[:1]),
            next_minutes=Subquery(upcoming.values("minutes")[:1]),
            next_member=_id_of(upcoming, "member_id"),
            next_name=Subquery(upcoming.values("member__name")[:1]),
            last_session=Subquery(past.values("starts_at")[:1]),
            **learning.columns_of_course(),
        )
    )


_COURSES = Prepared(_courses, person=UUID, begun=datetime)


def _id_of(rows: QuerySet[Any], column: str) -> Subquery:
    """Return the first row's key; SQLite tells it as text unless it is asked for an id."""
    return Subquery(rows.values(column)[:1], output_field=UUIDField())
