"""What a person's day shows: the next session, what to do before it, and how it goes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.utils import timezone

from openipt.core.charts import spark
from openipt.core.course import ending_is_near, session_by
from openipt.core.protocols import Phase, Variant, phase_open, variant_if_there
from openipt.courses.models import Course
from openipt.people.models import Member, Person
from openipt.practice import queries as practice
from openipt.practice.kinds import kind_of
from openipt.practice.models import Entry, Task
from openipt.questionnaires import queries as questionnaires
from openipt.vault import keys, open_value

from .scores import Score, lead_measure, score_of
from .to_read import ToRead, to_read
from .today_columns import WEEK, courses_today, person_today

DayPart = Literal["morning", "afternoon", "evening"]


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
    """Where the person stands in their course. `session` is None before the first one."""

    course_id: UUID
    phase: Phase | None
    """None while the file of the way of working is away: the day opens all the same."""
    session: int | None
    sessions: int
    first_on: date
    ending_is_near: bool
    """From session N-3 on: the page of before and after is offered."""
    score: Score
    trend: Trend | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended:
    """A course that lies behind, with its page of before and after."""

    course_id: UUID
    at: datetime


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
    """The weekly overview before the next session; `entry_id` is None if not begun."""

    entry_id: UUID | None
    moments: int
    minutes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Today:
    """Everything the page of the day shows."""

    called: str
    part: DayPart
    brought_back_to: datetime | None
    """Set in recovery mode: what was written after this may be missing."""
    standing: Standing | None
    ended: Ended | None
    """The course that ended last, where none is open."""
    session: Session | None
    seen: SeenAnswer | None
    due: list[questionnaires.Due]
    look_back: LookBack
    tasks: list[Task]
    to_read: ToRead | None


def today_of(member: Member, at: datetime) -> Today:
    """Return the day of the person this member is.

    :raises Missing: if the member is none
    """
    person = person_today(member)
    courses = courses_today(person, at)
    newest = courses[-1] if courses else None
    keys.prefetch(
        {person.pk}
        | ({person.taken_by} if person.taken_by else set())
        | ({newest.next_member} if newest and newest.next_member else set())
        | ({person.suggested_by} if person.suggested_by else set())
    )
    standing = _standing(newest, at) if newest else None
    asking = [one for one in courses if _variant(one) is not None]
    return Today(
        called=person.called or person.name,
        part=part_of_day(timezone.localtime(at).hour),
        brought_back_to=member.service.brought_back_to,
        standing=standing,
        ended=None if newest else _ended(person),
        session=_session(newest, at) if newest and newest.next_at else None,
        seen=_seen(person) if person.raised_at else None,
        due=questionnaires.due_for(person, at, open_courses=asking) if asking else [],
        look_back=_look_back(person, _last_session(newest, at)),
        tasks=practice.open_tasks(person),
        to_read=to_read(person, newest, standing.phase if standing else None),
    )


def part_of_day(hour: int) -> DayPart:
    """Return how the time is greeted; after midnight it is still the evening."""
    if 5 <= hour < 12:
        return "morning"
    return "afternoon" if 12 <= hour < 18 else "evening"


def _ended(person: Person) -> Ended | None:
    last = (
        Course.objects.filter(person=person, ended_at__isnull=False)
        .order_by("-ended_at")
        .values_list("pk", "ended_at")
        .first()
    )
    if last is None or last[1] is None:
        return None
    return Ended(course_id=last[0], at=last[1])


def _variant(course: Any) -> Variant | None:
    return variant_if_there(course.variant_id, course.variant_version)


def _standing(course: Any, at: datetime) -> Standing:
    variant = _variant(course)
    session = session_by(
        course.first_on,
        timezone.localdate(at),
        course.sessions,
        course.days_between,
        course.turns,
    )
    score = score_of(
        course.first,
        course.last,
        timezone.localdate(course.scored_at) if course.scored_at else None,
        course.recent,
    )
    return Standing(
        course_id=course.pk,
        phase=phase_open(variant, session or 1, course.sessions, course.opened_phase)
        if variant
        else None,
        session=session,
        sessions=course.sessions,
        first_on=course.first_on,
        ending_is_near=ending_is_near(session, course.sessions),
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


def _session(course: Any, at: datetime) -> Session:
    whom, on = course.next_member, timezone.localdate(course.next_at)
    return Session(
        starts_at=course.next_at,
        on=on,
        minutes=course.next_minutes,
        with_whom=open_value(
            Member, "name", whom, whom, course.service_id, course.next_name
        ),
        is_soon=on - timezone.localdate(at) < timedelta(days=7),
    )


def _last_session(course: Any, at: datetime) -> datetime:
    """Return since when the running week counts: the last session, else the start."""
    if course is None:
        return at - timedelta(days=7)
    since: datetime = course.last_session or course.started_at
    return since


def _seen(person: Any) -> SeenAnswer:
    taken_by = person.taken_by
    if taken_by is None:
        return SeenAnswer(by="", at=person.raised_at)
    name = open_value(
        Member, "name", taken_by, taken_by, person.service_id, person.taken_name
    )
    return SeenAnswer(by=name, at=person.taken_at)


def _look_back(person: Any, since: datetime) -> LookBack:
    begun = person.week_at is not None and person.week_at >= since
    content = (
        open_value(
            Entry,
            "content",
            person.week_id,
            person.pk,
            person.service_id,
            person.week_content,
        )
        if begun
        else {}
    )
    return LookBack(
        entry_id=person.week_id if begun else None,
        moments=len(content.get("moments", [])),
        minutes=kind_of(WEEK).minutes,
    )
