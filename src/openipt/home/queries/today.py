"""What a person's day shows: the next session, what to do before it, and how it goes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.db.models import FilteredRelation, OuterRef, Q, Subquery, UUIDField
from django.utils import timezone

from openipt.calendar.models import Appointment
from openipt.core.charts import spark
from openipt.core.course import week_of
from openipt.core.protocols import Phase, find_variant, phase_at
from openipt.courses.models import Contract, Course
from openipt.people import queries as people
from openipt.people.models import Member, Person
from openipt.practice import queries as practice
from openipt.practice.kinds import kind_of
from openipt.practice.models import Entry, Task
from openipt.questionnaires import queries as questionnaires
from openipt.safety import queries as safety
from openipt.safety.models import Alert
from openipt.vault import keys, open_value

from .courses import IN_PROGRESS, LEAD, Score, lead_measure, score_of

DayPart = Literal["morning", "afternoon", "evening"]
WEEK = "weekly_overview"


@dataclass(frozen=True, kw_only=True, slots=True)
class Trend:
    """A small drawing of the lead measure: the line, what lies below it, its marks."""

    width: int
    height: int
    points: str
    area: str
    marks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Where the person stands in their course. `week` is None before the first session."""

    course_id: UUID
    phase: Phase
    week: int | None
    weeks: int
    first_on: date
    score: Score
    trend: Trend | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """The next session; `is_soon` decides whether its weekday alone is clear enough."""

    starts_at: datetime
    on: date
    minutes: int
    with_whom: str
    is_soon: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SeenAnswer:
    """An answer about safety that is still open; `by` is empty until somebody took it."""

    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class LookBack:
    """The weekly overview before the next session; `entry` is None if not begun."""

    entry: Entry | None
    moments: int
    minutes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Today:
    """Everything the page of the day shows."""

    called: str
    part: DayPart
    standing: Standing | None
    session: Session | None
    seen: SeenAnswer | None
    due: list[questionnaires.Due]
    look_back: LookBack
    tasks: list[Task]


def today_of(member: Member, at: datetime) -> Today:
    """Return the day of the person this member is.

    :raises Missing: if the member is none
    """
    person = people.own_person(member)
    row = _course_row(person, at)
    seen = safety.own_alert(member)
    named = [row["next_member"]] if row else []
    named += [seen.acknowledged_by_id] if seen and seen.acknowledged_by_id else []
    keys.prefetch({person.pk, *filter(None, named)})
    return Today(
        called=person.called or person.name,
        part=part_of_day(timezone.localtime(at).hour),
        standing=_standing(row, at) if row else None,
        session=_session(row, at) if row else None,
        seen=_seen(seen) if seen else None,
        due=questionnaires.due_for(person, at),
        look_back=_look_back(person, _last_session(row, at)),
        tasks=practice.open_tasks(person),
    )


def part_of_day(hour: int) -> DayPart:
    """Return how the time is greeted; after midnight it is still the evening."""
    if 5 <= hour < 12:
        return "morning"
    return "afternoon" if 12 <= hour < 18 else "evening"


def _course_row(person: Person, at: datetime) -> Any:
    """Return what the page needs of the newest open course and of the next session."""
    contract = Contract.objects.filter(course=OuterRef("pk")).order_by("-version")
    sessions = Appointment.objects.filter(person=OuterRef("person_id"))
    upcoming = sessions.filter(
        state=Appointment.State.PLANNED, starts_at__gt=at - IN_PROGRESS
    ).order_by("starts_at")
    begun = (
        sessions.filter(starts_at__lte=at - IN_PROGRESS)
        .exclude(state=Appointment.State.CANCELLED)
        .order_by("-starts_at")
    )
    return (
        Course.objects.filter(person=person, ended_at__isnull=True)
        .order_by("-started_at", "-pk")
        .annotate(
            score=FilteredRelation("facts", condition=Q(facts__measure=LEAD)),
            first_on=Subquery(contract.values("first_on")[:1]),
            weeks=Subquery(contract.values("weeks")[:1]),
            next_at=Subquery(upcoming.values("starts_at")[:1]),
            next_minutes=Subquery(upcoming.values("minutes")[:1]),
            next_member=Subquery(
                upcoming.values("member_id")[:1], output_field=UUIDField()
            ),
            next_name=Subquery(upcoming.values("member__name")[:1]),
            last_at=Subquery(begun.values("starts_at")[:1]),
        )
        .values(
            "pk",
            "service_id",
            "variant_id",
            "variant_version",
            "started_at",
            "first_on",
            "weeks",
            "next_at",
            "next_minutes",
            "next_member",
            "next_name",
            "last_at",
            "score__first",
            "score__last",
            "score__last_at",
            "score__recent",
        )
        .first()
    )


def _standing(row: dict[str, Any], at: datetime) -> Standing:
    variant = find_variant(row["variant_id"], row["variant_version"])
    week = week_of(row["first_on"], timezone.localdate(at), row["weeks"])
    score = score_of(row)
    return Standing(
        course_id=row["pk"],
        phase=phase_at(variant, week or 1, row["weeks"]),
        week=week,
        weeks=row["weeks"],
        first_on=row["first_on"],
        score=score,
        trend=trend_of(score) if score.points else None,
    )


def trend_of(score: Score) -> Trend:
    """Return the drawing of two totals or more, on the measure's whole range."""
    width, height = 320, 84
    points = spark(score.recent, lead_measure().highest, width=width, height=height)
    marks = [point.split(",") for point in points.split(" ")]
    first_x, last_x = marks[0][0], marks[-1][0]
    return Trend(
        width=width,
        height=height,
        points=points,
        area=f"{first_x},{height} {points} {last_x},{height}",
        marks=tuple((x, y) for x, y in marks),
    )


def _session(row: dict[str, Any], at: datetime) -> Session | None:
    if row["next_at"] is None:
        return None
    whom, on = row["next_member"], timezone.localdate(row["next_at"])
    return Session(
        starts_at=row["next_at"],
        on=on,
        minutes=row["next_minutes"],
        with_whom=open_value(
            Member, "name", whom, whom, row["service_id"], row["next_name"]
        ),
        is_soon=on - timezone.localdate(at) < timedelta(days=7),
    )


def _last_session(row: dict[str, Any] | None, at: datetime) -> datetime:
    """Return since when the running week counts: the last session, else the start."""
    if row is None:
        return at - timedelta(days=7)
    since: datetime = row["last_at"] or row["started_at"]
    return since


def _seen(alert: Alert) -> SeenAnswer:
    if alert.acknowledged_at is None or alert.acknowledged_by is None:
        return SeenAnswer(by="", at=alert.raised_at)
    return SeenAnswer(by=alert.acknowledged_by.name, at=alert.acknowledged_at)


def _look_back(person: Person, since: datetime) -> LookBack:
    entry = practice.newest_entry(person, kind=WEEK, since=since)
    return LookBack(
        entry=entry,
        moments=len(entry.content["moments"]) if entry else 0,
        minutes=kind_of(WEEK).minutes,
    )
