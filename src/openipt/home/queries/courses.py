"""Courses as rows of a list: everything about one in one query for all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
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

from .course_columns import ENDED, IN_PROGRESS, NAMES, OWN, columns
from .scores import Score, score_of


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseRow:
    """One open course in a list. `session` is None before the first session."""

    course_id: UUID
    person_id: UUID
    therapist_id: UUID
    name: str
    variant: str
    """Its name; empty while its file is away, as is `phase`: a list keeps the course."""
    phase: str
    minutes: int
    session: int | None
    sessions: int
    areas: tuple[str, ...]
    """The names of the focus's areas, two at most."""
    score: Score
    next_at: datetime | None
    next_id: UUID | None
    next_on: date | None
    next_in_days: int | None
    """0 for today, in the service's zone; None where nothing is planned."""
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
    return _rows(member, [dict(zip(NAMES, row, strict=True)) for row in values], at)


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
    return _rows(member, columns(theirs, at, at - IN_PROGRESS).values(*NAMES), at)


def _rows(
    member: Member, values: Iterable[dict[str, Any]], at: datetime
) -> list[CourseRow]:
    # Their service is compared here: asked for in the query, SQLite would go through
    # every course of the service instead of those few that the care names.
    found = [row for row in values if row["service_id"] == member.service_id]
    # The member's own name stands beside every page: its key comes in the same look-up.
    keys.prefetch([member.pk, *(row["person_id"] for row in found)])
    since = {row["pk"]: _open_since(row) for row in found}
    overdue = questionnaires.overdue_since(
        [_asking(row) for row in found],
        {course_id: opened for course_id, opened in since.items() if opened},
    )
    zone = timezone.get_current_timezone()
    today = at.astimezone(zone).date()
    rows = [_row(row, overdue.get(row["pk"], ()), today, zone) for row in found]
    return sorted(rows, key=lambda row: (row.name.casefold(), row.course_id))


def _open_since(row: dict[str, Any]) -> questionnaires.Opened | None:
    sessions = (row[name] for name in questionnaires.NEWEST)
    return questionnaires.opened_at(row["started_at"], *sessions)


class _Asking(NamedTuple):
    """As much of a course as decides what is asked in it; a model costs ten times that."""

    pk: UUID
    variant_id: str
    variant_version: str
    series_id: UUID
    started_at: datetime


def _asking(row: dict[str, Any]) -> _Asking:
    return _Asking(
        pk=row["pk"],
        variant_id=row["variant_id"],
        variant_version=row["variant_version"],
        series_id=row["series_id"],
        started_at=row["started_at"],
    )


@lru_cache(maxsize=1024)
def _phase_in(
    variant_id: str, version: str, session: int, sessions: int, opened: str
) -> str:
    """Return the name of a course's phase; a list asks for the same few again and again."""
    variant = variant_if_there(variant_id, version)
    return phase_open(variant, session, sessions, opened).name if variant else ""


def _day(at: datetime | None, zone: tzinfo) -> date | None:
    return at.astimezone(zone).date() if at else None


def _row(
    row: dict[str, Any], overdue: Iterable[str], today: date, zone: tzinfo
) -> CourseRow:
    variant = variant_if_there(row["variant_id"], row["variant_version"])
    session = session_by(
        row["first_on"], today, row["sessions"], row["days_between"], row["turns"]
    )
    next_on, last_on = _day(row["next_at"], zone), _day(row["score__last_at"], zone)
    names = {area.key: area.name for area in variant.known_areas} if variant else {}
    keys_of_areas = (row["area"], row["second_area"])
    measures = load_measures()
    return CourseRow(
        course_id=row["pk"],
        person_id=row["person_id"],
        therapist_id=row["therapist_id"],
        name=open_value(
            Person,
            "name",
            row["person_id"],
            row["person_id"],
            row["service_id"],
            row["person__name"],
        ),
        variant=variant.name if variant else "",
        phase=_phase_in(
            row["variant_id"],
            row["variant_version"],
            session or 1,
            row["sessions"],
            row["opened_phase"],
        ),
        minutes=row["minutes"],
        session=session,
        sessions=row["sessions"],
        areas=tuple(names.get(key, key) for key in keys_of_areas if key),
        score=score_of(
            row["score__first"],
            row["score__last"],
            last_on,
            row["score__recent"],
        ),
        next_at=row["next_at"],
        next_id=row["next_id"],
        next_on=next_on,
        next_in_days=(next_on - today).days if next_on else None,
        overdue=tuple(measures[key].short_name for key in overdue if key in measures),
    )
