"""A whole course in a browser, from the contract to the page that is kept.

The therapist sits at a desk, the person holds a phone. What is done once goes through the
pages; that sixteen sessions were attended is recorded by the operation behind them.
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from openipt.calendar.models import Appointment
from openipt.calendar.operations import record_attendance
from openipt.core.protocols import load_variants
from openipt.courses.models import Course, Focus, Goal, GoalRating
from openipt.encounters.models import MoodLink, Note, TechniqueUsed
from openipt.inventory.models import LifeEvent, Relationship
from openipt.people.operations import open_care
from openipt.web.clock import now
from tests import people

from .planning import (
    SUMMER,
    gate_opens,
    gate_refuses,
    give_the_recovery_role,
    say_the_diagnosis,
    write_the_formulation,
)
from .steps import session_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True)
class Told:
    """A variant, and what the course of it is about."""

    variant: str
    hard: str
    area: str
    details: dict
    """Fields that are typed; a stage is one that is chosen."""
    stage: str = ""
    rules: tuple | None = ()
    """What axe looks at on every page; None is everything. Once is enough."""

    @property
    def looks(self):
        return self.rules if self.rules is None else list(self.rules)


COURSES = (
    Told(
        variant="ipt_individual_columbia",
        hard="Alone in the new town",
        area="role_transition",
        details={"old_role": "In the village", "new_role": "In town"},
        rules=None,
    ),
    Told(
        variant="ipt_individual_iowa",
        hard="Ruth is gone",
        area="grief",
        details={"who": "Ruth", "unsaid": "That I was not angry"},
    ),
    Told(
        variant="ipt_brief",
        hard="No word from my brother",
        area="role_dispute",
        details={"counterpart": "My brother", "mine": "That he asks"},
        stage="impasse",
    ),
)


@pytest.fixture
def cast(clock):
    """Ana has an account and is in Tomas's care; there is no course yet."""
    found = people.gather()
    open_care(person=found.ana, member=found.tomas, by=found.ada, at=now())
    return found


@pytest.mark.parametrize("told", COURSES, ids=lambda told: told.variant)
def test_from_the_contract_to_the_page_that_is_kept(visitor, cast, clock, told):
    room = Room(visitor, cast, clock, told)
    course = the_course_is_started(room.desk(), cast, told)
    middle = load_variants()[told.variant].phases[0].sessions + 1

    room.moves_to(course, 1)
    phone, desk = room.phone(), room.desk()
    the_illness_has_a_name(desk, course, room.today + timedelta(days=28))
    the_person_tells_of_people_and_times(phone)
    gate_refuses(
        desk,
        course,
        f"/courses/{course.pk}/focus/",
        f"/courses/{course.pk}/formulation/",
    )
    what_is_hard_becomes_the_focus(desk, course, told)
    both_agree_to_the_formulation(desk, phone, course)
    a_goal_is_agreed(desk, course)

    room.moves_to(course, middle)
    desk = room.desk()
    gate_opens(desk, course)
    a_session_is_worked_and_signed(desk, course, middle)
    the_person_rates_the_goal(room.phone())

    room.moves_to(course, course.contracts.get().sessions - 2)
    the_ending_is_raised(room.desk(), course)

    room.moves_to(course, course.contracts.get().sessions, later=timedelta(hours=2))
    phone, desk = room.phone(), room.desk()
    the_person_plans_to_stay_well(phone)
    the_two_look_ahead(desk, course)
    the_course_ends(desk, course)
    the_page_stays_with_the_person(phone, course)


class Room:
    """Where and when the two meet: a desk, a phone, and the clock on the wall."""

    def __init__(self, visitor, cast, clock, told):
        self.visitor, self.cast, self.clock, self.told = visitor, cast, clock, told

    def desk(self):
        """Sit down anew; who stays away for weeks is signed out."""
        return self.comes("tomas", wide=True)

    def phone(self):
        return self.comes("ana")

    def comes(self, who, **browser):
        login = self.cast.client(who)
        return self.visitor(login=login, rules=self.told.looks, **browser)

    def moves_to(self, course, number, later=timedelta(minutes=5)):
        """Let the sessions before this one be attended; it has just begun."""
        planned = Appointment.objects.filter(series=course.series).order_by("number")
        moment = planned.get(number=number).starts_at + later
        self.clock.move_to(moment)
        for one in planned.filter(starts_at__lt=moment, state="planned"):
            if one.number < number or later > timedelta(hours=1):
                record_attendance(
                    appointment=one,
                    state="attended",
                    version=one.version,
                    by=self.cast.tomas,
                    at=moment,
                )
        self.today = moment.date()


def the_course_is_started(desk, cast, told):
    variant = load_variants()[told.variant]
    desk.open("/courses/start/")
    desk.page.get_by_label("Somebody in my care").check()
    desk.field("person").select_option(str(cast.ana.pk))
    desk.field("condition").select_option("depression")
    desk.page.locator(f"[name=variant_id][value={told.variant}]").check()
    desk.field("sessions").fill(str(variant.usual_sessions))
    desk.field("minutes").fill("50")
    desk.field("first_on").fill("2026-11-26")
    desk.field("wall_time").fill("17:00")
    desk.fill("When a session is missed", "It still counts.")
    desk.press("Start the course", "whole-started")
    course = Course.objects.get(person=cast.ana)
    desk.is_at(f"/courses/{course.pk}/")
    desk.see(variant.name)
    assert course.variant_id == told.variant
    assert desk.page.locator(".sessions-list li").count() == variant.usual_sessions
    return course


def the_illness_has_a_name(desk, course, until):
    say_the_diagnosis(desk, course)
    give_the_recovery_role(desk, course, until=until)


def the_person_tells_of_people_and_times(phone):
    phone.open("/my/people/")
    phone.press("Let my care team see both")
    for label, ring in (("Ruth", "close"), ("Mr Vogt", "around")):
        phone.follow("Add somebody")
        phone.field("label").fill(label)
        phone.field("kind").select_option("friend")
        phone.page.locator(f"[name=ring][value={ring}]").check()
        phone.submit("Save", "whole-circle")
    assert Relationship.objects.count() == 2
    phone.open("/my/timeline/")
    phone.follow("Add something")
    phone.field("title").fill("No sleep for weeks")
    phone.field("kind").select_option("symptoms")
    phone.field("year").fill("2026")
    phone.field("is_onset").check()
    phone.submit("Save", "whole-timeline")
    phone.see("No sleep for weeks")
    assert LifeEvent.objects.count() == 1


def what_is_hard_becomes_the_focus(desk, course, told):
    desk.open(f"/courses/{course.pk}/issues/")
    desk.follow("Add something")
    desk.field("title").fill(told.hard)
    desk.page.locator("[name=severity][value='8']").check()
    desk.submit("Save", "whole-issues")
    desk.follow("Make this the focus")
    desk.page.locator(f"[name=area][value={told.area}]").check()
    for key, words in told.details.items():
        desk.field(f"{told.area}-{key}").fill(words)
    if told.stage:
        desk.page.locator(f"[name={told.area}-stage][value={told.stage}]").check()
    desk.press("Set the focus", "whole-focus")
    focus = Focus.objects.get(course=course)
    assert (focus.area, focus.issue.title) == (told.area, told.hard)


def both_agree_to_the_formulation(desk, phone, course):
    gate_refuses(desk, course, f"/courses/{course.pk}/formulation/")
    drafted = write_the_formulation(desk, course)
    assert "it began like this: No sleep for weeks, 2026." in drafted
    phone.open("/my/therapy/plan/", "whole-own-plan")
    phone.see(SUMMER)
    phone.press("This fits. I agree")
    desk.open(f"/courses/{course.pk}/formulation/")
    desk.press("I agree to it", "whole-formulation")


def a_goal_is_agreed(desk, course):
    desk.open(f"/courses/{course.pk}/goals/")
    desk.follow("Agree on a goal")
    desk.fill("The goal", "Be with people again")
    desk.field("level_0").fill("I see somebody once a week")
    desk.submit("Save", "whole-goals")
    assert Goal.objects.get().title == "Be with people again"


def a_session_is_worked_and_signed(desk, course, number):
    desk.open(session_of(course, number), "whole-session")
    desk.see("Middle phase")
    desk.go(desk.page.get_by_role("button", name="Attended", exact=True))
    desk.press("Role play")
    desk.go(desk.page.locator("#work button[name=focus]"))
    desk.fill("What happened", "The neighbour knocked.")
    desk.field("link_moved").select_option("2")
    desk.press("Note it")
    desk.button("Put headings in").click()
    headed = desk.field("text").input_value()
    desk.field("text").fill(f"{headed}\nShe laughed once.")
    desk.fill("What you agreed to try", "Knock back.")
    desk.press("Put it on their list")
    desk.go(desk.page.get_by_role("button", name="Sign", exact=True), "whole-signed")
    desk.see("Signed by Dr Tomas Lind")
    assert TechniqueUsed.objects.get().key == "role_play"
    assert MoodLink.objects.get().content["moved"] == 2
    assert Note.objects.get().text.endswith("She laughed once.")


def the_person_rates_the_goal(phone):
    phone.open("/today/", "whole-today")
    phone.see("Knock back.")
    phone.open("/my/therapy/goals/")
    phone.page.get_by_text("Say where it is now").click()
    phone.page.locator("[name=level][value='0']").check()
    phone.press("Keep it", "whole-own-goals")
    assert GoalRating.objects.get().level == 0


def the_ending_is_raised(desk, course):
    desk.open(f"/courses/{course.pk}/")
    desk.follow("Go to the ending", "whole-ending-near")
    desk.see("It is time to talk about the ending.")
    desk.press("We have talked about it")
    desk.see("You talked about the ending on")


def the_person_plans_to_stay_well(phone):
    phone.open("/my/plan-for-staying-well/")
    phone.fill("My early signs", "I wake at four\nI let the phone ring\nNo lunch")
    phone.fill("Step 1", "Knock next door")
    phone.fill("Step 2", "Ring the practice")
    phone.fill("Person 1", "The neighbour")
    phone.fill("Person 2", "The practice")
    phone.fill("The day I look at this again", "2027-06-01")
    phone.page.get_by_label("My therapist reads this plan").check()
    phone.submit("Save", "whole-staying-well")
    phone.see_not("still needs")


def the_two_look_ahead(desk, course):
    desk.open(f"/courses/{course.pk}/ending/maintenance/")
    desk.field("discussed").locator("xpath=ancestor::fieldset").get_by_label(
        "Yes"
    ).check()
    desk.page.get_by_label("No maintenance").check()
    desk.fill("Why", "It was the first time, and it has gone.")
    desk.submit("Keep this decision", "whole-maintenance")
    desk.see("What you decided")
    desk.open(f"/courses/{course.pk}/ending/went/")
    desk.page.locator("main [name=went]").first.check()
    desk.submit("Save", "whole-went")
    desk.see("What you said")


def the_course_ends(desk, course):
    desk.open(f"/courses/{course.pk}/ending/", "whole-ending")
    desk.see_not("Why it ends all the same")
    desk.fill("What you agreed for the time after", "Call if it comes back.")
    desk.page.get_by_label("Yes, this course ends now").check()
    desk.press("End the course", "whole-ended")
    course.refresh_from_db()
    assert course.ended_at is not None
    desk.see("This course has ended")


def the_page_stays_with_the_person(phone, course):
    phone.open(f"/my/ending/{course.pk}/", "whole-before-after")
    phone.see("The page is yours to keep.")
    phone.see("Call if it comes back.")
    phone.fill("What is better now", "I am less alone.")
    phone.submit("Save")
    phone.see("I am less alone.")
