"""Courses as rows of a list: everything about one in one query for all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from openipt.core.course import session_by
from openipt.core.measures import load_measures
from openipt.core.protocols import (
    phase_open,
    variant_if_there,
)
from openipt.people import queries as people
from openipt.people.models import CareRelationship, Member, Person
from openipt.questionnaires import queries as questionnaires
from openipt.vault import keys, open_value

from .course_columns import ENDED, IN_PROGRESS, OWN, Columns, columns
from .scores import Score, score_of


class CourseRow(NamedTuple):
    """One open course in a list. `session` is None before the first session.

    `home/course_table.html` takes it apart in this order.
    """

    course_id: UUID
    person_id: UUID
    therapist_id: UUID
    name: str
    variant: str
    """Its name; empty while its file is away, as is `phase`: a list keeps the course."""
    phase: str
    session: int | None
    sessions: int
    areas: tuple[str, ...]
    """The names of the focus's areas, two at most."""
    score: Score
    next_at: datetime | None
    next_id: UUID | None
    next_on: date | None
    next_time: time | None
    """Day and hour of the next session in the service's zone."""
    next_in_days: int | None
    """0 for today; None where nothing is planned, as all of `next_`."""
    overdue: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class EndedRow:
    """A course that has ended while its notes can still be finished."""

    course_id: UUID
    person_id: UUID
    name: str
    ended_at: datetime
    closes_at: datetime | None


def own_rows(member: Member, at: datetime) -> list[CourseRow]:
    """Return the open courses in this professional's care now, by name."""
    values = OWN.rows(
        member=member.pk, service=member.service_id, at=at, begun=at - IN_PROGRESS
    )
    return _rows(member, values, at)


def ended_rows(member: Member, at: datetime) -> list[EndedRow]:
    """Return the ended courses that this professional can still read, the latest first."""
    rows = ENDED.rows(member=member.pk, service=member.service_id, at=at)
    keys.prefetch(person_id for _course, person_id, *_rest in rows)
    return [
        EndedRow(
            course_id=course_id,
            person_id=person_id,
            name=open_value(
                Person, "name", person_id, person_id, member.service_id, name
            ),
            ended_at=ended_at,
            closes_at=closes_at,
        )
        for course_id, person_id, name, ended_at, closes_at in rows
    ]


def supervised_rows(member: Member, at: datetime) -> list[CourseRow]:
    """Return the open courses of those whom this supervisor supervises now, by name."""
    theirs = CareRelationship.objects.filter(
        people.active_on(at),
        service_id=member.service_id,
        member__in=people.supervised_ids(member, at),
    ).values("course_id")
    values = columns(theirs, at, at - IN_PROGRESS).values_list(*Columns._fields)
    return _rows(member, values, at)


def _rows(
    member: Member, values: Iterable[tuple[Any, ...]], at: datetime
) -> list[CourseRow]:
    # Their service is compared here: asked for in the query, SQLite would go through
    # every course of the service instead of those few that the care names.
    rows = [Columns._make(row) for row in values]
    found = [row for row in rows if row.service_id == member.service_id]
    # The member's own name stands beside every page: its key comes in the same look-up.
    keys.prefetch([member.pk, *(row.person_id for row in found)])
    since = {row.pk: _open_since(row) for row in found}
    overdue = questionnaires.overdue_since(
        found, {course_id: opened for course_id, opened in since.items() if opened}
    )
    around = _Around(at, {(row.variant_id, row.variant_version) for row in found})
    made = [_row(row, overdue.get(row.pk, ()), around) for row in found]
    return sorted(made, key=lambda row: (row.name.casefold(), row.course_id))


def _open_since(row: Columns) -> questionnaires.Opened | None:
    return questionnaires.opened_at(
        row.started_at,
        row.newest_at,
        row.before_at,
        row.before_minutes,
        row.fourth_at,
        row.fourth_minutes,
    )


@lru_cache(maxsize=1024)
def _phase_in(
    variant_id: str, version: str, session: int, sessions: int, opened: str
) -> str:
    """Return the name of a course's phase; a list asks for the same few again and again."""
    variant = variant_if_there(variant_id, version)
    return phase_open(variant, session, sessions, opened).name if variant else ""


class _Named(NamedTuple):
    """What a list says of a variant: its name, and those of its areas by key."""

    name: str
    areas: Mapping[str, str]


def _named(variant_id: str, version: str) -> _Named:
    """Return the names in a variant; none while its file is away."""
    variant = variant_if_there(variant_id, version)
    if variant is None:
        return _Named("", {})
    return _Named(variant.name, {area.key: area.name for area in variant.known_areas})


class _Around:
    """What all rows of a list share, found once: zone and day, and names by key."""

    __slots__ = ("measures", "today", "variants", "zone")

    def __init__(self, at: datetime, variants: Iterable[tuple[str, str]]) -> None:
        self.zone = timezone.get_current_timezone()
        self.today = at.astimezone(self.zone).date()
        self.variants = {variant: _named(*variant) for variant in variants}
        self.measures = load_measures()

    def local(self, at: datetime | None) -> datetime | None:
        return at.astimezone(self.zone) if at else None


def _row(row: Columns, overdue: Iterable[str], around: _Around) -> CourseRow:
    person_id, sessions, today = row.person_id, row.sessions, around.today
    session = session_by(row.first_on, today, sessions, row.days_between, row.turns)
    scored, upcoming = around.local(row.score__last_at), around.local(row.next_at)
    next_on = upcoming.date() if upcoming else None
    variant, areas = around.variants[row.variant_id, row.variant_version]
    return CourseRow(
        course_id=row.pk,
        person_id=person_id,
        therapist_id=row.therapist_id,
        name=open_value(
            Person,
            "name",
            person_id,
            person_id,
            row.service_id,
            row.person__name,
        ),
        variant=variant,
        phase=_phase_in(
            row.variant_id,
            row.variant_version,
            session or 1,
            sessions,
            row.opened_phase,
        ),
        session=session,
        sessions=sessions,
        areas=tuple(
            [areas.get(key, key) for key in (row.area, row.second_area) if key]
        ),
        score=score_of(
            row.score__first,
            row.score__last,
            scored.date() if scored else None,
            row.score__recent,
        ),
        next_at=row.next_at,
        next_id=row.next_id,
        next_on=next_on,
        next_time=upcoming.time() if upcoming else None,
        next_in_days=(next_on - today).days if next_on else None,
        overdue=tuple(
            [
                around.measures[key].short_name
                for key in overdue
                if key in around.measures
            ]
        ),
    )
