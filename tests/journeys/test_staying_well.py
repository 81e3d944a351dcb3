"""The time after, in a browser: the plan on a phone, the decision, the end, the letter."""

from datetime import timedelta

import pytest

from openipt.calendar.models import Appointment
from openipt.courses.models import Course, LetterVersion
from openipt.home.jobs import make_letter

from .steps import answered_before

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def course(cast, clock):
    """Ana's sixteen sessions lie behind her since yesterday."""
    found = cast.extra["ana"]
    last = Appointment.objects.filter(series=found.series).latest("starts_at")
    Appointment.objects.filter(series=found.series).update(
        state=Appointment.State.ATTENDED
    )
    clock.move_to(last.starts_at + timedelta(days=1))
    answered_before(found, [19, 17, 12, 8])
    return found


def test_the_plan_the_decision_the_end_and_maintenance(visitor, cast, course):
    ana = visitor(login=cast.client("ana"))
    the_person_writes_the_plan_on_a_phone(ana)
    tomas = visitor(login=cast.client("tomas"), wide=True)
    the_two_decide_on_maintenance(tomas, course)
    the_course_ends_as_agreed(tomas, course)
    maintenance_begins_with_what_was_decided(tomas, course)
    the_plan_stays_with_the_person(ana)


def the_person_writes_the_plan_on_a_phone(ana):
    ana.open("/progress/")
    ana.follow("My plan for staying well", "plan-empty")
    ana.fill("My early signs", "I wake at four\nI let the phone ring\nNo lunch")
    ana.fill("Step 1", "Tell my sister")
    ana.fill("Person 1", "My sister")
    ana.submit("Save")
    ana.see("The plan for staying well still needs")
    ana.page.get_by_text("Change the plan").click()
    ana.fill("Person 2", "The practice")
    ana.fill("The day I look at this again", "2027-05-01")
    ana.page.get_by_label("My therapist reads this plan").check()
    ana.submit("Save", "plan-whole")
    ana.see("I let the phone ring")
    ana.see_not("still needs")


def the_two_decide_on_maintenance(tomas, course):
    tomas.open(f"/courses/{course.pk}/ending/", "ending-open")
    tomas.press("We have talked about it")
    tomas.follow("Maintenance")
    tomas.see("13 of 26")
    tomas.page.get_by_label("Yes").first.check()
    tomas.page.get_by_label("Maintenance sessions").check()
    tomas.fill("Why", "It came back twice.")
    tomas.fill("For how many months", "12")
    tomas.submit("Keep this decision")
    tomas.see("For maintenance, write down: when it stops earlier")
    tomas.fill("When it stops earlier", "After two quiet years.")
    tomas.submit("Keep this decision", "decided")
    tomas.see("After two quiet years.")


def the_course_ends_as_agreed(tomas, course):
    tomas.open(f"/courses/{course.pk}/ending/")
    tomas.see_not("Why it ends all the same")
    tomas.page.get_by_label("Yes, this course ends now").check()
    tomas.press("End the course", "ending-ended")
    tomas.see("The course has ended")


def maintenance_begins_with_what_was_decided(tomas, course):
    tomas.follow("Maintenance")
    tomas.follow("Begin maintenance", "maintenance-form")
    assert tomas.field("sessions").input_value() == "13"
    assert tomas.field("days_between").input_value() == "28"
    tomas.submit("Start the course")
    tomas.see("nobody has recorded that it has")
    tomas.fill("Why it is different here", "Nine weeks without a bad day.")
    tomas.submit("Start the course")
    assert Course.objects.get(continues=course).variant_id == "ipt_maintenance"


def the_plan_stays_with_the_person(ana):
    ana.open("/my/plan-for-staying-well/")
    ana.see("I let the phone ring")


def test_it_has_not_helped_and_a_letter_goes_along(visitor, cast, course):
    tomas = visitor(login=cast.client("tomas"))
    tomas.open(f"/courses/{course.pk}/ending/")
    tomas.follow("How it went")
    tomas.page.get_by_label("It has not helped").check()
    tomas.submit("Save")
    tomas.see("nobody is left without a next step")
    tomas.page.get_by_label("Another treatment").check()
    tomas.submit("Save", "not-helped")
    tomas.follow("Write the letter")
    written = tomas.field("text").input_value()
    assert "16 sessions were agreed." in written
    tomas.field("text").fill(f"{written}\n\nI can be reached at any time.")
    tomas.press("Save the letter")
    tomas.press("Give them version 1", "letter-given")

    make_letter.func(str(LetterVersion.objects.get().pk))
    ana = visitor(login=cast.client("ana"))
    ana.open(f"/my/ending/{course.pk}/", "before-and-after")
    ana.follow("Open my letter", "own-letter")
    ana.see("I can be reached at any time.")
    with ana.page.expect_download() as led:
        ana.link("Download as a PDF").click()
    assert led.value.suggested_filename.startswith("letter-")
