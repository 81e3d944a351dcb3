"""Everything one session page shows, put together from the parts below."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from openipt.calendar import queries as calendar
from openipt.calendar.models import Appointment, Attendance
from openipt.core.agenda import (
    AgendaItem,
    FocusWork,
    Situation,
    agenda,
    arranged,
    candidates_of,
    headings_for,
)
from openipt.core.protocols import (
    Phase,
    PhaseTask,
    ProblemArea,
    links_mood,
)
from openipt.courses import queries as courses
from openipt.courses.models import Course
from openipt.encounters.models import Encounter, PhaseTaskDone
from openipt.inventory import queries as inventory
from openipt.people.models import Member
from openipt.practice import queries as practice
from openipt.practice.models import Task
from openipt.practice.queries import SharedEntry
from openipt.questionnaires import queries as questionnaires
from openipt.safety import queries as safety
from openipt.safety.models import Alert
from openipt.vault import keys

from .links import LinkLine, links_of
from .notes import NoteLine, note_of
from .plan import Step, encounters_until, left_for, plan_row, plan_said, step_of, timed
from .since import (
    Score,
    Window,
    beside,
    change,
    due_on,
    scores,
    tasks_of,
    window,
)
from .work import Work, work_of

_NEAR = timedelta(minutes=30)
_NOT_HELD = (Appointment.State.MISSED, Appointment.State.LATE_CANCEL)


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseStep:
    """A task that a phase is for, and when it was done."""

    task: PhaseTask
    done_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """One session: what it is for, what came before it, what is written about it."""

    appointment: Appointment
    record: courses.Record
    phase: Phase
    encounter: Encounter | None
    note: NoteLine
    attendance: tuple[Attendance, ...]
    before: Appointment | None
    after: Appointment | None
    alert: Alert | None
    closed: tuple[tuple[str, str], ...]
    """Measures whose risk items may not be asked now, each with the reason."""
    scores: tuple[Score, ...]
    tried: tuple[Task, ...]
    agreed: tuple[Task, ...]
    shared: tuple[SharedEntry, ...]
    phase_steps: tuple[PhaseStep, ...]
    has_begun: bool
    is_near: bool
    """Whether it begins within half an hour, or has begun."""
    is_over: bool
    work: Work
    links: tuple[LinkLine, ...]
    plan_version: int
    begun_at: datetime | None
    """When the quiet clock was started."""
    agenda: tuple[Step, ...] = ()
    due_on: date
    """The day until which tasks are agreed unless somebody says another."""
    since: datetime
    """The end of the last session before it that took place, or the start of the course."""

    @property
    def course(self) -> Course:
        """The course it belongs to."""
        return self.record.course

    @property
    def on(self) -> tuple[Step, ...]:
        """The points of the agenda that are for this session."""
        return tuple(step for step in self.agenda if not step.state)

    @property
    def waiting(self) -> tuple[Step, ...]:
        """The points that were set aside, or left for the next session."""
        return tuple(step for step in self.agenda if step.state)

    @property
    def minutes_planned(self) -> int:
        """How many minutes the points come to."""
        return sum(step.minutes for step in self.on)

    @property
    def asks_for_link(self) -> bool:
        """Whether signing without a link between mood and an event wants a reason."""
        return links_mood(self.phase) and not self.links

    @property
    def headings(self) -> tuple[str, ...]:
        """Headings that can be put into an empty note."""
        return headings_for(self.record.variant, self.phase)

    @property
    def is_writer(self) -> bool:
        """Whether this member is of the active care team; a supervisor reads."""
        return self.record.is_writer


def session_for(
    member: Member, appointment_id: UUID, *, at: datetime, today: date
) -> Session:
    """Return everything about a session of a course this member may read.

    What the person shared is there only for whom it was shared with. `today` is in the
    service's zone.

    :raises Missing: also when it exists but is not theirs to see
    """
    appointment = calendar.appointment_for(member, appointment_id, at)
    course = courses.course_of_series(member, appointment.series_id, at)
    # Of one service, all of them: what asks for its zone need not load it again.
    course.therapist.service = member.service
    record = courses.record_of(member, course, at=at, today=today)
    before = encounters_until(course.pk, appointment.number)
    encounter = next((e for e in before if e.appointment_id == appointment.pk), None)
    planned = calendar.appointments_of([course.series_id])[course.series_id]
    between = window(course, planned, appointment, at)
    alert = safety.open_alerts_of([course.person_id]).get(course.person_id)
    done = _done(course)
    phase = courses.phase_of_session(
        course, appointment.number, sessions=record.sessions, reached=record.session
    )
    is_over = at >= calendar.ends_at(appointment)
    plan = plan_row(encounter)
    tried, agreed = tasks_of(course, encounter, between)
    found = Session(
        appointment=appointment,
        record=record,
        phase=phase,
        encounter=encounter,
        note=note_of(encounter),
        attendance=_attendance(appointment),
        before=beside(planned, appointment, -1),
        after=beside(planned, appointment, 1),
        alert=alert,
        closed=() if is_over else tuple(questionnaires.closed_measures(course, at)),
        scores=scores(course, between),
        tried=tried,
        agreed=agreed,
        shared=_shared(member, course, between, at),
        phase_steps=_phase_steps(phase, done),
        has_begun=at >= appointment.starts_at,
        is_near=at >= appointment.starts_at - _NEAR,
        is_over=is_over,
        work=work_of(record, appointment, encounter, planned),
        links=links_of(encounter, course),
        plan_version=plan.version if plan else 0,
        begun_at=plan.begun_at if plan else None,
        due_on=due_on(planned, appointment, today),
        since=between.since,
    )
    situation = replace(
        _situation(found, done), carried=left_for(appointment, before, planned)
    )
    items = agenda(record.variant, phase, situation)
    return replace(found, agenda=_steps(found, items, done))


def _attendance(appointment: Appointment) -> tuple[Attendance, ...]:
    rows = calendar.attendance_of(appointment)
    keys.prefetch(row.by_id for row in rows)
    return tuple(rows)


def _done(course: Course) -> dict[str, PhaseTaskDone]:
    rows = PhaseTaskDone.objects.filter(course=course, ended_at__isnull=True)
    return {row.key: row for row in rows}


def _phase_steps(phase: Phase, done: dict[str, PhaseTaskDone]) -> tuple[PhaseStep, ...]:
    return tuple(
        PhaseStep(task=task, done_at=done[task.key].at if task.key in done else None)
        for task in phase.shown_tasks
        if not task.every_session
    )


def _shared(
    member: Member, course: Course, between: Window, at: datetime
) -> tuple[SharedEntry, ...]:
    pages = practice.shared_with(member, course.person_id, at, since=between.since)
    return tuple(page for page in pages if page.shared_at < between.until)


def _situation(session: Session, done: dict[str, PhaseTaskDone]) -> Situation:
    """Return what the session meets; what was ticked off in it stays on its agenda."""
    before = frozenset(
        key
        for key, ticked in done.items()
        if session.encounter is None or ticked.encounter_id != session.encounter.pk
    )
    last = session.before
    return Situation(
        session_number=session.appointment.number,
        total_sessions=session.record.sessions,
        minutes=session.appointment.minutes,
        open_alerts=int(session.alert is not None and not session.is_over),
        missed_last=last is not None and last.state in _NOT_HELD,
        measures=tuple(change(score) for score in session.scores),
        tasks=tuple(task.text for task in session.tried),
        shared=tuple(page.summary for page in session.shared),
        foci=tuple(_focus_work(line) for line in session.record.foci),
        candidates=_candidates(session),
        done_tasks=before,
        ending_raised=_is_ending_raised(session),
    )


def _focus_work(line: courses.FocusLine) -> FocusWork:
    """Return what the session works on, at the stage it has come to."""
    stage = courses.stage_of(line.focus, line.area)
    return FocusWork(area=line.area, stage=stage.key if stage else "")


def _candidates(session: Session) -> tuple[ProblemArea, ...]:
    """Return what the circle points to, while the first phase has found no focus."""
    variant = session.record.variant
    if session.record.foci or session.phase != variant.phases[0]:
        return ()
    return candidates_of(variant, inventory.standings_of(session.record.person))


def _is_ending_raised(session: Session) -> bool:
    """Return whether the ending was spoken about; not asked while it is far away."""
    left = session.record.sessions - session.appointment.number
    if left > session.record.variant.ending.raise_before:
        return False
    ending = courses.ending_of(session.course)
    return ending is not None and ending.raised_at is not None


def _steps(
    session: Session, items: tuple[AgendaItem, ...], done: dict[str, PhaseTaskDone]
) -> tuple[Step, ...]:
    once = {step.task.key for step in session.phase_steps}
    planned = arranged(items, plan_said(plan_row(session.encounter)))
    steps = [
        step_of(row, can_tick=row.item.key in once, is_done=row.item.key in done)
        for row in planned
    ]
    return timed(steps, session.begun_at)
