"""What people of the demo have read, and what was suggested to some of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from openipt.calendar.models import Appointment
from openipt.core.readings import load_readings
from openipt.courses.models import Course
from openipt.learning import operations as learning
from openipt.people.models import Member, Person

from .stories import Story

READ = ("what_ipt_is", "first_sessions", "mood_and_people", "recovery_role")
"""Read in this order, one after each of the first sessions."""

SUGGESTED = {"role_dispute": "talking", "role_transition": "change_in_life"}
"""Area -> what the therapist puts first; it still waits to be read."""


def read_and_suggest(
    story: Story,
    course: Course,
    past: Sequence[Appointment],
    *,
    by: Member,
    at: datetime,
) -> None:
    """Let every other person read after their sessions, and put one text first."""
    person, readings = course.person, load_readings()
    if len(story.name) % 2 == 0 or story.email.startswith("person"):
        for key, session in zip(READ, past, strict=False):
            read = session.starts_at + timedelta(hours=20)
            _read(person, key, at=read, last=at)
    suggested = readings.get(SUGGESTED.get(story.told["area"], "asking_for_help"))
    if suggested is not None and 4 <= len(past) < story.weeks and not story.ending:
        learning.suggest(
            course=course,
            reading=suggested,
            words="This made me think of what you told me about Thursday.",
            by=by,
            at=past[-1].starts_at + timedelta(minutes=56),
        )


def _read(person: Person, key: str, *, at: datetime, last: datetime) -> None:
    reading, member = load_readings()[key], person.member
    if member is None or at > last:
        return
    learning.open_reading(person=person, reading=reading, by=member, at=at)
    learning.mark_read(
        person=person, reading=reading, by=member, at=at + timedelta(minutes=3)
    )
