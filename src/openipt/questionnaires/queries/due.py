"""What a person is asked now: once, however many courses want it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db.models import Q

from openipt.core.errors import Missing
from openipt.core.measures import Measure, MeasureInWords
from openipt.core.protocols import FOURTH
from openipt.courses import queries as courses
from openipt.courses.models import Course
from openipt.people.models import Person
from openipt.questionnaires import access
from openipt.questionnaires.models import Answering
from openipt.safety import queries as safety

from .openings import (
    Opening,
    asked_in,
    in_words,
    measures_of,
    openings_of,
    sessions_for,
)

RESUMES_WITHIN = timedelta(days=14)
"""After that an unfinished answering is kept, but not gone on with."""

_SECONDS_A_QUESTION = 18

State = Literal["due", "in_progress", "done"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """A measure that is asked now.

    `measure` is its id, `name` its short name, `about` what it asks in plain words.
    `course_ids` are the courses it is answered for. `answering_id` is the one to go on
    with, or the one that is done; None if it was not begun.
    """

    measure: str
    name: str
    about: str
    course_ids: tuple[UUID, ...]
    opens_at: datetime
    due_at: datetime
    state: State
    minutes: int
    answering_id: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """A measure that open courses ask for, due now or not.

    `closed` is the reason why its risk items may not be asked, "" if they may or if
    nothing is open anyway.
    """

    measure: Measure
    course_ids: tuple[UUID, ...]
    due: Due | None
    opens_next_at: datetime | None
    closed: str

    @property
    def words(self) -> MeasureInWords:
        """The measure in the reader's language."""
        return in_words(self.measure)

    @property
    def refusal_to_start(self) -> str:
        """The reason why it cannot be begun or gone on with now, "" if it can."""
        return access.refusal_to_start(
            closed=self.closed,
            state=self.due.state if self.due else None,
            opens_next_at=self.opens_next_at,
        )


@dataclass(frozen=True, slots=True)
class _Given:
    """What an answering says about what is still due."""

    id: UUID
    measure: str
    started_at: datetime
    completed_at: datetime | None


_Asked = dict[UUID, list[Opening]]


def due_for(
    person: Person, at: datetime, *, open_courses: Sequence[Course] | None = None
) -> list[Due]:
    """Return what this person is asked now, the soonest first; what is closed is left out.

    Whoever has read `courses.open_courses_of_person` already passes them on.
    """
    return [
        asking.due
        for asking in asking_of(person, at, open_courses=open_courses)
        if asking.due is not None and not asking.closed
    ]


def _asked_in(
    course: Course,
    openings: Sequence[Opening],
    measure: Measure,
    given: Sequence[_Given],
) -> list[Opening]:
    """Return the openings in which a course asks for a measure, as far as was answered."""
    sessions = sessions_for(course, measure.id)
    if sessions == 1:
        return list(openings)
    answered = [row.completed_at for row in given if row.completed_at]
    return asked_in(openings, answered, sessions)


def asking_for(person: Person, measure_id: str, at: datetime) -> Asking:
    """Return how it stands with one measure.

    :raises Missing: if no open course of this person asks for it
    """
    for asking in asking_of(person, at):
        if asking.measure.id == measure_id:
            return asking
    raise Missing


def asking_of(
    person: Person, at: datetime, *, open_courses: Sequence[Course] | None = None
) -> list[Asking]:
    """Return every measure that the person's open courses ask for, the soonest due first."""
    asked: dict[str, list[Course]] = defaultdict(list)
    measures: dict[str, Measure] = {}
    if open_courses is None:
        open_courses = courses.open_courses_of_person(person.pk)
    for course in open_courses:
        for measure in measures_of(course):
            measures[measure.id] = measure
            asked[measure.id].append(course)
    if not asked:
        return []
    openings = openings_of(open_courses)
    given = _given(person, asked, openings, at)
    found = []
    for measure in measures.values():
        rows = [row for row in given if row.measure == measure.id]
        asks = {
            course.pk: _asked_in(course, openings[course.pk], measure, rows)
            for course in asked[measure.id]
        }
        found.append(_asking(measure, asks, rows, at))
    found = _closing(found, asked, at)
    return sorted(found, key=lambda one: (one.due is None, one.due and one.due.due_at))


def closed_now(answering: Answering, at: datetime) -> str:
    """Return why the risk items of an unfinished answering are closed, "" if open."""
    return access.refusal_to_ask(
        [_refusal(course, at) for course in _courses_asking(answering)]
    )


def closed_measures(course: Course, at: datetime) -> list[tuple[str, str]]:
    """Return name and reason of each measure that cannot be asked in the course now.

    For staff: the reason is safety's own sentence.
    """
    with_risk = [measure for measure in measures_of(course) if measure.risk_items]
    if not with_risk:
        return []
    reason = _refusal(course, at)
    return [(measure.short_name, reason) for measure in with_risk] if reason else []


def _courses_asking(answering: Answering) -> list[Course]:
    return [
        course
        for course in courses.open_courses_of_person(answering.person_id)
        if any(one.id == answering.measure for one in measures_of(course))
    ]


def minutes_for(measure: Measure) -> int:
    """Return how many minutes a measure takes: our own guess from its length."""
    return max(1, round(len(measure.items) * _SECONDS_A_QUESTION / 60))


def _closing(
    found: Sequence[Asking], asked: dict[str, list[Course]], at: datetime
) -> list[Asking]:
    """Close what has risk items that may not be asked; only what is open is looked at."""
    known: dict[UUID, str] = {}
    closed: list[Asking] = []
    for asking in found:
        is_open = asking.due is not None and asking.due.state != "done"
        if not (is_open and asking.measure.risk_items):
            closed.append(asking)
            continue
        wanting = asked[asking.measure.id]
        for course in wanting:
            if course.pk not in known:
                known[course.pk] = _refusal(course, at)
        reason = access.refusal_to_ask([known[course.pk] for course in wanting])
        closed.append(replace(asking, closed=reason))
    return closed


def _refusal(course: Course, at: datetime) -> str:
    return safety.may_ask_risk(course.person_id, course.therapist, at)


def _given(
    person: Person, measures: Iterable[str], openings: _Asked, at: datetime
) -> list[_Given]:
    """Return the answerings that count now: unfinished ones, and those done since.

    An answer can stand for the sessions that follow it, so it reaches some of them back.
    """
    earliest = min(
        (
            every[max(place - FOURTH + 1, 0)].opens_at
            for every in openings.values()
            for place, one in enumerate(every)
            if one.holds(at)
        ),
        default=at,
    )
    rows = (
        Answering.objects.filter(
            Q(completed_at__gte=earliest)
            | Q(completed_at__isnull=True, started_at__gt=at - RESUMES_WITHIN),
            person=person,
            measure__in=list(measures),
            set_aside_at__isnull=True,
        )
        .order_by("started_at")
        .values_list("pk", "measure", "started_at", "completed_at")
    )
    return [_Given(*row) for row in rows]


def _asking(
    measure: Measure, asked: _Asked, given: Sequence[_Given], at: datetime
) -> Asking:
    later = [
        opening.opens_at
        for openings in asked.values()
        for opening in openings
        if opening.opens_at > at
    ]
    return Asking(
        measure=measure,
        course_ids=tuple(asked),
        due=_due(measure, asked, given, at),
        opens_next_at=min(later, default=None),
        closed="",
    )


def _due(
    measure: Measure, asked: _Asked, given: Sequence[_Given], at: datetime
) -> Due | None:
    begun = next((row for row in given if row.completed_at is None), None)
    done = [row for row in given if row.completed_at is not None]
    now_open = {
        course_id: opening
        for course_id, openings in asked.items()
        for opening in openings
        if opening.holds(at)
    }
    missing = {
        course_id: opening
        for course_id, opening in now_open.items()
        if not any((row.completed_at or at) >= opening.opens_at for row in done)
    }
    if begun is not None:
        return _told(
            measure, "in_progress", missing or _nearest(asked, begun, at), begun
        )
    if missing:
        return _told(measure, "due", missing, None)
    return _told(measure, "done", now_open, done[-1]) if now_open else None


def _nearest(asked: _Asked, begun: _Given, at: datetime) -> dict[UUID, Opening]:
    """Return what an answering is for that was begun for a session already running."""
    late = Opening(
        opens_at=begun.started_at, closes_at=begun.started_at + RESUMES_WITHIN
    )
    return {
        course_id: next((one for one in openings if one.closes_at > at), late)
        for course_id, openings in asked.items()
    }


def _told(
    measure: Measure, state: State, openings: dict[UUID, Opening], row: _Given | None
) -> Due:
    return Due(
        measure=measure.id,
        name=measure.short_name,
        about=in_words(measure).about,
        course_ids=tuple(openings),
        opens_at=min(one.opens_at for one in openings.values()),
        due_at=min(one.closes_at for one in openings.values()),
        state=state,
        minutes=minutes_for(measure),
        answering_id=row.id if row else None,
    )
