"""What came between two sessions: scores, tasks, and the stretch of time itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from openipt.calendar import queries as calendar
from openipt.calendar.models import Appointment
from openipt.core.agenda import MeasureChange
from openipt.core.measures import Measure
from openipt.courses.models import Course
from openipt.encounters.models import Encounter
from openipt.practice.models import Task
from openipt.questionnaires import queries as questionnaires
from openipt.questionnaires.queries import Result

State = Appointment.State


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """From when to when things belong to the preparation of a session."""

    since: datetime
    until: datetime
    starts_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """A measure of the course: the newest result before this session and the one before.

    `last` is None where nothing was answered since the session before; `earlier` is then
    the newest from before it, `previous` the newest of those that has a total.
    """

    measure: Measure
    last: Result | None
    previous: Result | None
    earlier: Result | None

    @property
    def points(self) -> int | None:
        """How many points it went up (or, below zero, down)."""
        if not self.last or not self.previous:
            return None
        if self.last.total is None or self.previous.total is None:
            return None
        return self.last.total - self.previous.total


def window(
    course: Course,
    planned: Sequence[Appointment],
    appointment: Appointment,
    at: datetime,
) -> Window:
    """Return from when to when things belong to this session's preparation.

    From the end of the last session before it that took place, to its own end; while it
    is not over, to this instant and beyond.
    """
    earlier = [
        row
        for row in planned
        if row.number < appointment.number and row.state == State.ATTENDED
    ]
    since = calendar.ends_at(earlier[-1]) if earlier else course.started_at
    until = calendar.ends_at(appointment)
    return Window(
        since=since,
        until=until if until < at else at + timedelta(seconds=1),
        starts_at=appointment.starts_at,
    )


def beside(
    planned: Sequence[Appointment], appointment: Appointment, step: int
) -> Appointment | None:
    """Return the session so many steps before or after this one that was not taken out."""
    counted = [row for row in planned if row.state != State.CANCELLED]
    places = [n for n, row in enumerate(counted) if row.pk == appointment.pk]
    if not places or not 0 <= places[0] + step < len(counted):
        return None
    return counted[places[0] + step]


def due_on(
    planned: Sequence[Appointment], appointment: Appointment, today: date
) -> date:
    """Return the day of the next session after this one that is not over, or a week on."""
    later = [
        row.on_date
        for row in planned
        if row.number > appointment.number
        and row.state == State.PLANNED
        and row.on_date >= today
    ]
    return later[0] if later else max(appointment.on_date, today) + timedelta(days=7)


def scores(course: Course, between: Window) -> tuple[Score, ...]:
    """Return each measure that was asked, with its newest result before the session."""
    results = questionnaires.history_of(course)
    return tuple(
        _score(measure, results.get(measure.id, []), between)
        for measure in questionnaires.measures_of(course)
        if not _stands(course, measure, results.get(measure.id, []), between)
    )


def _stands(
    course: Course, measure: Measure, results: Sequence[Result], between: Window
) -> bool:
    """Return whether an earlier answer stands for this session: nobody was asked again."""
    sessions = questionnaires.sessions_for(course, measure.id)
    known = [result for result in results if result.at < between.until]
    if sessions == 1 or not known or known[-1].at >= between.since:
        return False
    since = Appointment.objects.filter(
        series=course.series_id,
        starts_at__gt=known[-1].at,
        starts_at__lte=between.starts_at,
    )
    return since.exclude(state=State.CANCELLED).count() <= sessions


def _score(measure: Measure, results: Sequence[Result], between: Window) -> Score:
    known = [result for result in results if result.at < between.until]
    fresh = bool(known) and known[-1].at >= between.since
    earlier = known[:-1] if fresh else known
    with_total = [result for result in earlier if result.total is not None]
    return Score(
        measure=measure,
        last=known[-1] if fresh else None,
        previous=with_total[-1] if with_total else None,
        earlier=earlier[-1] if earlier else None,
    )


def change(score: Score) -> MeasureChange:
    """Return a score as the agenda tells it."""
    return MeasureChange(
        name=score.measure.short_name,
        last=score.last.total if score.last else None,
        previous=score.previous.total if score.previous else None,
    )


def tasks_of(
    course: Course, encounter: Encounter | None, between: Window
) -> tuple[tuple[Task, ...], tuple[Task, ...]]:
    """Return what was agreed before this session, and what was agreed in it.

    Of the former, what had not been talked about when the session began.
    """
    here = encounter.pk if encounter else None
    open_then = Q(reviewed_at__isnull=True) | Q(reviewed_at__gte=between.since)
    rows = list(
        Task.objects.filter(open_then | Q(agreed_in=here), course=course)
        .exclude(state=Task.State.DROPPED)
        .order_by("agreed_at", "pk")
    )
    agreed = tuple(row for row in rows if here is not None and row.agreed_in == here)
    tried = tuple(
        row for row in rows if row not in agreed and row.agreed_at < between.until
    )
    return tried, agreed
