"""One alert with what belongs to it: the answers, the way to the person, its story."""

from dataclasses import dataclass
from datetime import date, datetime

from openipt.core.risk import Step
from openipt.courses import queries as courses
from openipt.courses.models import Course
from openipt.people import queries as people
from openipt.people.models import Member
from openipt.safety import queries as safety
from openipt.safety.models import Alert
from openipt.vault import keys


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertPage:
    """What the page of an alert shows. For a summary there are names and times only.

    `act` is what can be done now: "take", "contact", "assess", "close", "reopen" or "".
    `may_assess_too`: the person was not reached, which may be all that can be found.
    """

    alert: Alert
    name: str
    born_on: date | None
    phone: str
    is_full: bool
    is_mine: bool
    owner: str
    act: str
    may_assess_too: bool
    sources: list[safety.SourceLine]
    events: list[safety.EventLine]
    coming: list[Step]
    told: list[str]
    courses: list[Course]


_ACTS = {
    "raised": "take",
    "shown": "take",
    "notified": "take",
    "acknowledged": "contact",
    "could_not_reach": "contact",
    "contacted": "assess",
    "assessed": "close",
    "closed": "reopen",
}


def page_of(member: Member, reading: safety.Reading, at: datetime) -> AlertPage:
    """Return what this member's page of the alert shows."""
    alert, person = reading.alert, reading.alert.person
    told = [row.member for row in alert.recipients.select_related("member")]
    keys.prefetch([person.pk, alert.owner_id, *(each.pk for each in told)])
    born_on = person.born_on if reading.is_full else None
    return AlertPage(
        alert=alert,
        name=person.name,
        born_on=date.fromisoformat(born_on) if born_on else None,
        phone=(person.phone or "") if reading.is_full else "",
        is_full=reading.is_full,
        is_mine=alert.owner_id == member.pk,
        owner=alert.owner.name,
        act=_ACTS[alert.state] if reading.is_full else "",
        may_assess_too=alert.state == "could_not_reach",
        sources=safety.sources_of(reading),
        events=safety.events_of(reading),
        coming=safety.coming_steps(alert, safety.steps_done([alert.pk])[alert.pk], at),
        told=[each.name for each in people.by_name(told)],
        courses=_courses(member, reading, at),
    )


def _courses(member: Member, reading: safety.Reading, at: datetime) -> list[Course]:
    """Return the person's courses whose record this member may open; others only hear."""
    if not reading.is_full:
        return []
    person_id = reading.alert.person_id
    return [
        course
        for course in courses.open_courses_of_person(person_id)
        if people.may_read(member, person_id, course.pk, at)
    ]
