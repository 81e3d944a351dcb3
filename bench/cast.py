"""Who is measured: two caseloads and one long history beside the simulated courses."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from openipt.calendar.models import Appointment
from openipt.cli.simulate import filling, plan, staff
from openipt.core.afterwards import StayingWell
from openipt.core.ids import new_id
from openipt.core.inventory import Tie
from openipt.core.timeline import Event, Moment
from openipt.courses import operations as courses
from openipt.courses.models import Course, CourseFact, Focus, Issue
from openipt.inventory import operations as inventory
from openipt.inventory.models import LifeEvent, Relationship
from openipt.people.models import Member, Person
from openipt.practice.models import Entry, Task
from openipt.questionnaires import operations as questionnaires
from openipt.questionnaires.models import Answering, AskedBy
from openipt.vault import keys

SEED = 1
MEASURE = "phq9"
READING = "closeness"
"""Beside it stands the circle: none costs more."""
ANSWERS = 100
SMALL, LARGE = 20, 200
PEOPLE = 12
HARD = 5
_APART = 30_000
"""The first caseload of ours; far behind the last that `simulate` makes."""


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Whom we look through: two therapists and the person with the long history."""

    small: Member
    large: Member
    person: Person

    @property
    def course(self) -> Course:
        return Course.objects.get(person=self.person)

    def arguments(self, at: datetime) -> dict[str, Any]:
        """Return a value for everything an address may take."""
        entry = Entry.objects.filter(person=self.person).latest("happened_on")
        with keys.scope():
            moment = entry.content["moments"][0]["id"]
        finished = Answering.objects.filter(
            person=self.person, completed_at__isnull=False
        )
        return {
            "entry": entry.pk,
            "moment": moment,
            "task": Task.objects.filter(person=self.person, state="agreed")
            .latest("agreed_at")
            .pk,
            "person": self.person.pk,
            "relationship": Relationship.objects.filter(person=self.person)
            .latest("created_at")
            .pk,
            "event": LifeEvent.objects.filter(person=self.person)
            .latest("created_at")
            .pk,
            "issue": Issue.objects.filter(person=self.person).latest("pk").pk,
            "measure": MEASURE,
            "reading": READING,
            "place": 2,
            "answering": finished.latest("completed_at").pk,
            "course": self.course.pk,
            "appointment": Appointment.objects.filter(
                person=self.person, starts_at__gt=at
            )
            .earliest("starts_at")
            .pk,
        }


def gather(at: datetime) -> Cast:
    """Make them, or find them in a folder that was kept."""
    number = _APART // plan.THERAPISTS_OF_A_SERVICE
    if not Member.objects.filter(pk=staff.therapist_id(SEED, _APART, at)).exists():
        with transaction.atomic():
            with keys.scope(), plan.ids_of("service", SEED, number, at):
                staff.make_service(SEED, number, at)
            for place, size in enumerate((SMALL, LARGE)):
                _make_caseload(_APART + place, size, at)
            _answer_on(Person.objects.get(pk=_first_person(at)), at)
            fill_life(Person.objects.get(pk=_first_person(at)), at)
    members = [
        Member.objects.get(pk=staff.therapist_id(SEED, _APART + place, at))
        for place in (0, 1)
    ]
    return Cast(
        small=members[0],
        large=members[1],
        person=Person.objects.get(pk=_first_person(at)),
    )


def fill_life(person: Person, at: datetime) -> None:
    """Give one person of everything that a page can name."""
    tell_of_people(person, at)
    list_what_is_hard(person, at)
    look_ahead(person, at)


def list_what_is_hard(person: Person, at: datetime) -> None:
    """List hard things, and rate goals under the focus that the course has."""
    course = Course.objects.select_related("person").get(person=person)
    focus = Focus.objects.filter(course=course).latest("agreed_at")
    focus.course = course
    for place in range(HARD):
        courses.add_issue(
            course=course,
            submission_id=new_id(),
            said=courses.IssueSaid(title=f"Something {place}", severity=place),
            by=course.therapist,
            at=at,
        )
        goal = courses.add_goal(
            focus=focus,
            submission_id=new_id(),
            said=courses.GoalSaid(title=f"Goal {place}", levels={"0": "Once a week"}),
            by=course.therapist,
            at=at,
        )
        for level in (-2, 0, 1):
            courses.rate_goal(
                goal=goal,
                submission_id=new_id(),
                rated=courses.Rated(level=level),
                by=course.therapist,
                at=at,
            )


def tell_of_people(person: Person, at: datetime) -> None:
    """Put some people into the life, as many as a circle mostly has, for all to see."""
    inventory.agree(person=person, by=_member(person), at=at)
    for place in range(PEOPLE):
        inventory.add(
            person=person,
            submission_id=new_id(),
            tie=Tie(
                label=f"Somebody {place}",
                closeness=place * 37 % 101,
                angle=place * 137 % 360,
            ),
            by=_member(person),
            at=at,
        )
    tell_of_events(person, at)


def tell_of_events(person: Person, at: datetime) -> None:
    """Put some events on the timeline, as many as one mostly has."""
    for place in range(PEOPLE):
        inventory.add_event(
            person=person,
            submission_id=new_id(),
            event=Event(
                title=f"Something {place}",
                kind="work",
                when=Moment(year=at.year - place),
                effect=place % 7 - 3,
                is_onset=place == 1,
            ),
            by=_member(person),
            at=at,
        )


def look_ahead(person: Person, at: datetime) -> None:
    """Write a plan for staying well, and give the person a letter."""
    course = Course.objects.get(person=person)
    sign = "Somebody does not answer the phone."
    courses.write_plan(
        person=person,
        plan=StayingWell(signs=(sign, sign, sign)),
        version=0,
        shared=True,
        by=_member(person),
        at=at,
    )
    by = course.therapist
    courses.write_letter(course=course, text="A letter.", version=0, by=by, at=at)
    courses.give_letter(course=course, version=1, language="en", by=by, at=at)


def begin_answering(cast: Cast, at: datetime) -> None:
    """Open the questionnaire whose pages are measured."""
    questionnaires.start_answering(
        person=cast.person, measure=MEASURE, by=_member(cast.person), at=at
    )


def _make_caseload(caseload: int, size: int, at: datetime) -> None:
    with keys.scope(), plan.ids_of("therapist", SEED, caseload, at):
        staff.make_therapist(SEED, caseload, at)
    place = staff.place_of(SEED, caseload, at, seats=size)
    first = _first_number(caseload)
    filling.add_courses(place, range(first, first + size), first_seat=0)


def _first_number(caseload: int) -> int:
    return caseload * 10 * plan.COURSES_OF_A_THERAPIST


def _first_person(at: datetime) -> Any:
    course = plan.marked_id(SEED, _first_number(_APART))
    return Course.objects.values_list("person_id", flat=True).get(submission_id=course)


def _answer_on(person: Person, at: datetime) -> None:
    """Let the person have answered a hundred times: the same answers, day after day."""
    course = Course.objects.get(person=person)
    given = Answering.objects.filter(person=person, measure=MEASURE)
    count, made = given.count(), []
    with keys.scope():
        first = given.earliest("completed_at")
        items, began = first.items, first.started_at
        for day in range(1, ANSWERS - count + 1):
            first.pk, first.items = new_id(), items
            first.started_at = began + timedelta(hours=20 * day)
            first.completed_at = first.started_at + timedelta(minutes=3)
            first.save(force_insert=True)
            made.append(first.pk)
    AskedBy.objects.bulk_create(
        AskedBy(service_id=course.service_id, course=course, answering_id=pk)
        for pk in made
    )
    newest = given.aggregate(at=Max("completed_at"))["at"]
    CourseFact.objects.filter(course=course, measure=MEASURE).update(answered_at=newest)


def _member(person: Person) -> Member:
    if person.member is None:
        raise AssertionError("every simulated person has an account")
    return person.member
