"""The readings as a person sees them: for now, from their therapist, all, read."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from openipt.core.course import session_by
from openipt.core.errors import Missing
from openipt.core.protocols import find_variant, phase_open
from openipt.core.readings import (
    AT_ONCE,
    GROUPS,
    Offer,
    Reading,
    Whereabouts,
    load_readings,
)
from openipt.core.readings import offered as fitting
from openipt.courses.models import Contract, Course
from openipt.learning.models import ReadingState, Suggestion
from openipt.people import queries as people
from openipt.people.models import Member, Person
from openipt.vault import keys

from .columns import columns_of_course, split


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Where the newest open course of a person stands; `session` None before the first."""

    course_id: UUID
    where: Whereabouts
    session: int | None
    sessions: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggested:
    """A reading that a therapist put first, with their name and a word of theirs."""

    reading: Reading
    by: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """Everything there is to read, for one person."""

    person: Person
    suggested: tuple[Suggested, ...]
    now: tuple[Offer, ...]
    """What fits now and was not suggested already."""
    groups: tuple[tuple[str, tuple[Reading, ...]], ...]
    """All readings by the key of their group."""
    states: dict[str, ReadingState]
    """By reading: the row in which it was read, else the one in which it was opened."""

    @property
    def read(self) -> tuple[tuple[Reading, datetime], ...]:
        """What was read, the latest first."""
        found = [
            (reading, state.read_at)
            for reading in load_readings().values()
            if (state := self.states.get(reading.id)) and state.read_at
        ]
        return tuple(sorted(found, key=lambda row: row[1], reverse=True))

    @property
    def read_ids(self) -> frozenset[str]:
        """The ids of what was read."""
        return frozenset(reading.id for reading, _at in self.read)


def reading_of(reading_id: str) -> Reading:
    """Return a reading.

    :raises Missing: if there is none of that id
    """
    found = load_readings().get(reading_id)
    if found is None:
        raise Missing
    return found


def own_shelf(member: Member, today: date) -> Shelf:
    """Return the readings of the person this member is.

    :raises Missing: if the member is no person
    """
    person = people.own_person(member)
    states = states_of(person)
    suggested = suggestions_for(person)
    standing = standing_of(person, today)
    read = {key for key, state in states.items() if state.read_at}
    named = {one.reading.id for one in suggested}
    return Shelf(
        person=person,
        suggested=suggested,
        now=offers_of(standing.where, read, named) if standing else (),
        groups=tuple((group, _of_group(group)) for group in GROUPS),
        states=states,
    )


def offered(member: Member, today: date) -> tuple[Offer, ...]:
    """Return what fits the person this member is now, at most three, unread first.

    :raises Missing: if the member is no person
    """
    return own_shelf(member, today).now


def offers_of(
    where: Whereabouts, read: Collection[str], beside: Collection[str] = ()
) -> tuple[Offer, ...]:
    """Return what fits now; what is named elsewhere on the page is left out."""
    readings = [one for one in load_readings().values() if one.id not in beside]
    return fitting(readings, where, read=read, most=AT_ONCE)


def standing_of(
    person: Person, today: date, course_id: UUID | None = None
) -> Standing | None:
    """Return where an open course of a person stands, their newest unless it is named.

    One query. `today` is in the service's zone.
    """
    mine = Course.objects.filter(person=person, ended_at__isnull=True)
    if course_id is not None:
        mine = mine.filter(pk=course_id)
    contract = Contract.objects.filter(course=OuterRef("pk")).order_by("-version")
    course: Any = (
        mine.order_by("-started_at", "-pk")
        .annotate(
            first_on=Subquery(contract.values("first_on")[:1]),
            sessions=Subquery(contract.values("sessions")[:1]),
            days_between=Subquery(contract.values("days_between")[:1]),
            turns=Subquery(contract.values("turns")[:1]),
            **columns_of_course(),
        )
        .first()
    )
    if course is None:
        return None
    session = session_by(
        course.first_on, today, course.sessions, course.days_between, course.turns
    )
    variant = find_variant(course.variant_id, course.variant_version)
    return Standing(
        course_id=course.pk,
        where=Whereabouts(
            variant=variant,
            phase=phase_open(
                variant, session or 1, course.sessions, course.opened_phase
            ),
            areas=split(course.focus_areas),
        ),
        session=session,
        sessions=course.sessions,
    )


def state_of(person: Person, reading: Reading) -> ReadingState | None:
    """Return whether this person opened and read a reading as it stands; None if neither."""
    return ReadingState.objects.filter(
        person=person, reading=reading.id, version=reading.version
    ).first()


def states_of(person: Person) -> dict[str, ReadingState]:
    """Return for each reading the row that counts: read before opened, newest version."""
    found: dict[str, ReadingState] = {}
    for row in ReadingState.objects.filter(person=person).order_by("opened_at", "pk"):
        before = found.get(row.reading)
        if before is None or row.read_at or not before.read_at:
            found[row.reading] = row
    return found


def suggestions_for(person: Person) -> tuple[Suggested, ...]:
    """Return what was suggested and waits, the oldest first."""
    rows = list(
        Suggestion.objects.filter(person=person, ended_at__isnull=True)
        .select_related("suggested_by")
        .order_by("suggested_at", "pk")
    )
    keys.prefetch({person.pk, *(row.suggested_by_id for row in rows)})
    return tuple(_known(rows))


def _known(rows: Iterable[Suggestion]) -> Iterable[Suggested]:
    """Leave out what is not there any more, and the same reading a second time."""
    seen: set[str] = set()
    for row in rows:
        reading = load_readings().get(row.reading)
        if reading is not None and row.reading not in seen:
            seen.add(row.reading)
            yield Suggested(
                reading=reading, by=row.suggested_by.name, words=row.words or ""
            )


def _of_group(group: str) -> tuple[Reading, ...]:
    return tuple(one for one in load_readings().values() if one.group == group)
