"""Everything one session page shows, put together from the parts below."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from openipt.calendar import queries as calendar
from openipt.calendar.models import Appointment, Attendance
from openipt.core.agenda import (
    FOCUS,
    MOOD_LINK,
    AgendaItem,
    FocusWork,
    Planned,
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
from openipt.core.sentences import Sentence
from openipt.courses import queries as courses
from openipt.courses.models import Course
from openipt.encounters.models import Encounter
from openipt.inventory import queries as inventory
from openipt.people.models import Member
from openipt.practice import queries as practice
from openipt.practice.models import Task
from openipt.practice.queries import SharedEntry
from openipt.questionnaires import queries as questionnaires
from openipt.safety import queries as safety
from openipt.safety.models import Alert
from openipt.vault import keys
from openipt.web import dates

from .done import Done, done_of
from .links import LinkLine, links_of, names_of
from .notes import NoteLine, note_of
from .plan import Step, encounters_until, left_for, plan_row, plan_said, timed
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
_NOT_READ = ("stage", "yes")
"""Details of a focus that are not words: the stage says itself, a yes has no text."""
_NOT_HELD = (Appointment.State.MISSED, Appointment.State.LATE_CANCEL)


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseStep:
    """A task that a phase is for, when it was done, and where that is."""

    task: PhaseTask
    done_at: datetime | None
    on_page: bool
    """Its page holds what it asks for: no tick takes that away."""
    place: courses.Place | None


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
    people: tuple[courses.Somebody, ...]
    """The people of this life, where they may be named to this member."""
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
    def names(self) -> tuple[str, ...]:
        """Who can be named where somebody says with whom something happened."""
        return names_of(self.people)

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
    phase = courses.phase_of_session(
        course, appointment.number, sessions=record.sessions, reached=record.session
    )
    done = done_of(member, course, phase, at)
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
        phase_steps=_phase_steps(record, phase, done),
        people=tuple(courses.known_people(member, course)),
        has_begun=at >= appointment.starts_at,
        is_near=at >= appointment.starts_at - _NEAR,
        is_over=is_over,
        work=work_of(record, appointment, encounter, planned),
        links=links_of(encounter, course),
        plan_version=plan.version if plan else 0,
        begun_at=plan.begun_at if plan else None,
        due_on=due_on(planned, appointment, today),
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


def _phase_steps(
    record: courses.Record, phase: Phase, done: dict[str, Done]
) -> tuple[PhaseStep, ...]:
    return tuple(
        PhaseStep(
            task=task,
            done_at=done[task.key].at if task.key in done else None,
            on_page=task.key in done and done[task.key].on_page,
            place=courses.place_of(task.opens, record),
        )
        for task in phase.shown_tasks
        if not task.every_session
    )


def _shared(
    member: Member, course: Course, between: Window, at: datetime
) -> tuple[SharedEntry, ...]:
    pages = practice.shared_with(member, course.person_id, at, since=between.since)
    return tuple(page for page in pages if page.shared_at < between.until)


def _situation(session: Session, done: dict[str, Done]) -> Situation:
    """Return what the session meets; what was done in it stays on its agenda."""
    before = frozenset(key for key, one in done.items() if not _is_here(session, one))
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
        foci=tuple(_focus_work(line, session.people) for line in session.record.foci),
        candidates=_candidates(session),
        done_tasks=before,
        ending_raised=_is_ending_raised(session),
    )


def _is_here(session: Session, done: Done) -> bool:
    """Return whether something was done in this session, or on its page on its day or later.

    What came later was open in this session: its agenda stays as it was.
    """
    if done.encounter_id is not None:
        return session.encounter is not None and (
            done.encounter_id == session.encounter.pk
        )
    return dates.local(done.at).date() >= session.appointment.on_date


def _focus_work(
    line: courses.FocusLine, people: Iterable[courses.Somebody]
) -> FocusWork:
    """Return what the session works on: its stage, and what was written down of it."""
    stage = courses.stage_of(line.focus, line.area)
    return FocusWork(
        area=line.area,
        stage=stage.key if stage else "",
        about=line.focus.about or "",
        details=tuple(
            (Sentence(detail.label), words)
            for detail, words in courses.details_to_read(line.focus, line.area, people)
            if detail.kind not in _NOT_READ
        ),
    )


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
    session: Session, items: tuple[AgendaItem, ...], done: dict[str, Done]
) -> tuple[Step, ...]:
    planned = arranged(items, plan_said(plan_row(session.encounter)))
    return timed([_step(session, row, done) for row in planned], session.begun_at)


def _step(session: Session, row: Planned, done: dict[str, Done]) -> Step:
    """Return a point as the page shows it: one of a focus has the tick of that focus."""
    item = row.item
    once = {step.task.key for step in session.phase_steps if not step.on_page}
    worked = {
        f"{FOCUS}{line.area.key}": (line.focus.pk, is_worked)
        for line, is_worked in session.work.foci
    }
    focus_id, is_worked = worked.get(item.key, (None, False))
    return Step(
        item=item,
        minutes=row.minutes,
        state=row.state,
        can_tick=item.task in once or focus_id is not None,
        is_done=is_worked
        or item.task in done
        or (item.task == MOOD_LINK and bool(session.links)),
        place=courses.place_of(item.opens, session.record),
        focus_id=focus_id,
    )
