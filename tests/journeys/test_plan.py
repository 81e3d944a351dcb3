"""The plan of a course: written at a desk, answered on a phone, by keyboard alone."""

from datetime import timedelta

import pytest

from openipt.core.ids import new_id
from openipt.core.inventory import Tie
from openipt.courses.models import Formulation, FormulationAnswer
from openipt.courses.operations import set_focus
from openipt.inventory import operations as inventory
from openipt.web.clock import now

from .keys import Keys
from .planning import (
    gate_opens,
    gate_refuses,
    give_the_recovery_role,
    say_the_diagnosis,
    write_the_formulation,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FIRST = "You fell ill because of the move."
OBJECTION = "It began before we moved, when Ruth left."
SECOND = "Ruth left, then came the move, and you fell ill."
AGREE, OBJECT = "This fits. I agree", "This does not fit yet"


@pytest.fixture
def course(cast):
    """Ana's course is in its beginning, with a focus and with Ruth in the circle."""
    found, own = cast.extra["ana"], {"by": cast.ana.member, "at": now()}
    found.opened_phase = ""
    found.save(update_fields=["opened_phase"])
    set_focus(course=found, area="role_transition", about="", by=cast.tomas, at=now())
    inventory.agree(person=cast.ana, **own)
    inventory.add(person=cast.ana, submission_id=new_id(), tie=Tie(label="Ruth"), **own)
    return found


def test_what_is_written_is_answered_until_it_fits(visitor, cast, course):
    tomas = visitor(login=cast.client("tomas"), wide=True)
    say_the_diagnosis(tomas, course)
    give_the_recovery_role(tomas, course, until=now().date() + timedelta(days=21))
    gate_refuses(tomas, course, f"/courses/{course.pk}/formulation/")
    drafted = write_the_formulation(tomas, course, FIRST)
    assert drafted
    ana = visitor(login=cast.client("ana"))
    the_person_reads_it_all_and_objects(ana)

    the_therapist_reads_why(tomas, course)
    gate_refuses(tomas, course, f"/courses/{course.pk}/formulation/")
    write_the_formulation(tomas, course, SECOND)
    the_person_agrees(ana)
    tomas.open(f"/courses/{course.pk}/formulation/")
    tomas.press("I agree to it", "plan-both-agree")
    tomas.see("the person agrees")
    gate_opens(tomas, course)


def the_person_reads_it_all_and_objects(ana):
    ana.open("/my/therapy/plan/", "own-plan")
    for words in (FIRST, "A depression", "The choir's accounts"):
        ana.see(words)
    assert ana.press(OBJECT).status == 422
    assert not FormulationAnswer.objects.exists()
    ana.field("words").fill(OBJECTION)
    ana.press(OBJECT, "own-plan-objected")
    ana.see("you said what does not fit")


def the_therapist_reads_why(tomas, course):
    tomas.open(f"/courses/{course.pk}/formulation/", "plan-objected")
    tomas.see(OBJECTION)
    tomas.see("does not fit yet")


def the_person_agrees(ana):
    ana.open("/my/therapy/plan/")
    ana.see(SECOND)
    ana.see_not(FIRST)
    ana.press(AGREE, "own-plan-agreed")
    ana.see("you have agreed")
    assert ana.page.get_by_role("button", name=AGREE).count() == 0


def test_a_plan_by_keyboard(visitor, cast, course):
    tomas = visitor(login=cast.client("tomas"), wide=True)
    tomas.open(f"/courses/{course.pk}/formulation/")
    keys = Keys(tomas)
    keys.tab_to("To the person")
    keys.press("Control+a")
    keys.type(SECOND)
    keys.tab_to("Save")
    keys.leads()
    keys.tab_to("Show it to the person")
    keys.leads()

    ana = visitor(login=cast.client("ana"))
    ana.open("/my/therapy/plan/")
    keys = Keys(ana)
    keys.tab_to("If something does not fit")
    keys.type(OBJECTION)
    keys.tab_to(OBJECT)
    keys.leads()
    keys.tab_to(AGREE)
    keys.leads("Space")

    said = FormulationAnswer.objects.filter(formulation=Formulation.objects.get())
    assert [one.agrees for one in said.order_by("at")] == [False, True]


def test_a_plan_in_the_dark(visitor, cast, course):
    tomas = visitor(login=cast.client("tomas"), dark=True)
    say_the_diagnosis(tomas, course)
    write_the_formulation(tomas, course, FIRST)
    tomas.open(f"/courses/{course.pk}/phase/", "phase-dark")
    ana = visitor(login=cast.client("ana"), dark=True)
    ana.open("/my/therapy/plan/", "own-plan-dark")
