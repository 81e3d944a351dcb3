"""What can be looked up beside a session without leaving its page."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from openipt.calendar import queries as calendar
from openipt.calendar.models import Appointment
from openipt.courses import queries as courses
from openipt.encounters.models import Encounter
from openipt.people.models import Member
from openipt.practice import queries as practice
from openipt.practice.queries import SharedEntry

from .notes import NoteLine, note_of
from .since import Score, Window, beside, scores, window


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """The session that something is looked up for, and whose course it is of."""

    member: Member
    at: datetime
    appointment: Appointment
    record: courses.Record
    planned: tuple[Appointment, ...]

    @property
    def shared(self) -> tuple[SharedEntry, ...]:
        """What the person let this member read since the session before."""
        between = self._window
        person = self.record.course.person_id
        pages = practice.shared_with(self.member, person, self.at, since=between.since)
        return tuple(page for page in pages if page.shared_at < between.until)

    @property
    def scores(self) -> tuple[Score, ...]:
        """Each measure of the course with its newest result before the session."""
        return scores(self.record.course, self._window)

    @property
    def is_over(self) -> bool:
        """Whether the session lies behind."""
        return self.at >= calendar.ends_at(self.appointment)

    @property
    def last(self) -> Appointment | None:
        """The session before this one."""
        return beside(self.planned, self.appointment, -1)

    @property
    def last_note(self) -> NoteLine:
        """The newest note of a session before this one; version 0 where there is none."""
        row = (
            Encounter.objects.filter(
                course=self.record.course,
                number__lt=self.appointment.number,
                note__isnull=False,
            )
            .order_by("-number")
            .first()
        )
        return note_of(row)

    @property
    def _window(self) -> Window:
        return window(self.record.course, self.planned, self.appointment, self.at)


def beside_for(
    member: Member, appointment_id: UUID, *, at: datetime, today: date
) -> Beside:
    """Return what can be looked up beside a session this member may read.

    :raises Missing: also when it exists but is not theirs to see
    """
    appointment = calendar.appointment_for(member, appointment_id, at)
    course = courses.course_of_series(member, appointment.series_id, at)
    return Beside(
        member=member,
        at=at,
        appointment=appointment,
        record=courses.record_of(member, course, at=at, today=today),
        planned=tuple(calendar.appointments_of([course.series_id])[course.series_id]),
    )
