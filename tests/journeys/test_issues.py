"""What is hard, in a real browser: put in order, made the focus, its goal rated."""

import re

import pytest

from openipt.core.ids import new_id
from openipt.courses import operations, queries
from openipt.courses.models import Focus, GoalRating
from openipt.web.clock import now

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def course(cast):
    return cast.extra["ana"]


@pytest.fixture
def hard(cast, course):
    """Three hard things, the hardest first."""
    return [
        operations.add_issue(
            course=course,
            submission_id=new_id(),
            said=operations.IssueSaid(title=title, severity=9 - place, area=area),
            by=cast.tomas,
            at=now(),
        )
        for place, (title, area) in enumerate(
            (("My brother", "role_dispute"), ("The move", "role_transition"),
             ("My aunt", "grief"))
        )
    ]  # fmt: skip


def titles(course):
    return [issue.title for issue in queries.issues_of(course)]


def kept(page, times):
    page.wait_for_selector(f'form.issues[data-kept="{times}"]')


def middle_of(page, chosen):
    box = page.locator(chosen).bounding_box()
    return {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}


def drag_by_finger(page, row, to):
    """Put a finger on the dots of a row and lift it beyond the middle of another one."""
    fingers = page.context.new_cdp_session(page)
    start = middle_of(page, f"#issue-{row.pk} [data-grip]")
    box = page.locator(f"#issue-{to.pk}").bounding_box()
    end = start | {"y": box["y"] + box["height"] - 4}

    def touch(kind, *points):
        sent = {"type": kind, "touchPoints": list(points)}
        fingers.send("Input.dispatchTouchEvent", sent)

    touch("touchStart", start)
    for part in (0.3, 0.6, 0.9, 1):
        y = start["y"] + (end["y"] - start["y"]) * part
        touch("touchMove", start | {"y": y})
    touch("touchEnd")


def test_a_finger_puts_the_list_in_order_and_nothing_is_lost(
    visitor, cast, course, hard
):
    ana = visitor(login=cast.client("ana"))
    ana.open("/my/therapy/issues/")

    drag_by_finger(ana.page, hard[0], hard[1])
    kept(ana.page, 1)

    assert titles(course) == ["The move", "My brother", "My aunt"]
    ana.see("My brother: place 2 of 3")
    ana.page.reload()
    shown = ana.page.locator(".issue-title").all_inner_texts()
    assert shown == ["The move", "My brother", "My aunt"]


def test_the_keyboard_alone_puts_it_in_order_and_keeps_its_place(
    visitor, cast, course, hard
):
    ana = visitor(login=cast.client("ana"))
    ana.open("/my/therapy/issues/")
    up = ana.page.get_by_role("button", name="Move up: My aunt")

    up.focus()
    ana.page.keyboard.press("Enter")
    kept(ana.page, 1)
    assert titles(course) == ["My brother", "My aunt", "The move"]
    assert up.evaluate("button => button === document.activeElement")

    ana.page.keyboard.press("Enter")
    kept(ana.page, 2)
    assert titles(course) == ["My aunt", "My brother", "The move"]
    ana.check()


def test_without_scripts_the_arrows_do_the_same(visitor, cast, course, hard):
    ana = visitor(login=cast.client("ana"), java_script=False)
    ana.open("/my/therapy/issues/")

    ana.press("Move down: My brother")

    assert titles(course) == ["The move", "My brother", "My aunt"]
    assert ana.page.url.endswith(f"#issue-{hard[0].pk}")


def test_what_is_refused_is_shown_as_it_is_kept(visitor, cast, course, hard):
    ana = visitor(login=cast.client("ana"))
    ana.open("/my/therapy/issues/")
    seen = [(one.pk, one.moves) for one in queries.issues_of(course)]
    operations.order_issues(course=course, order=seen[::-1], by=cast.tomas, at=now())

    ana.page.get_by_role("button", name="Move up: The move").click()

    ana.see("That was not kept")
    ana.problems.clear()
    shown = ana.page.locator(".issue-title").all_inner_texts()
    assert shown == titles(course) == ["My aunt", "The move", "My brother"]


def test_hard_things_become_foci_and_a_third_is_refused(visitor, cast, course, hard):
    tomas = visitor(login=cast.client("tomas"), wide=True)
    make_a_focus_of_the_dispute(tomas, course, hard[0])
    take_up_a_second_one_with_a_reason(tomas, course, hard[1])
    be_refused_a_third_one(tomas, course, hard[2])
    move_the_stage(tomas, course)


def make_a_focus_of_the_dispute(tomas, course, issue):
    tomas.open(f"/courses/{course.pk}/issues/")
    with tomas.page.expect_navigation():
        tomas.page.locator(f"#issue-{issue.pk} .issue-focus").click()
    tomas.check()
    tomas.press("Set the focus")
    tomas.see("For a dispute, write down")
    tomas.page.fill("[name=role_dispute-counterpart]", "Her brother")
    tomas.page.get_by_text("Impasse: talk has stopped").click()
    tomas.press("Set the focus")
    tomas.see("Her brother")
    assert Focus.objects.get().issue == issue


def take_up_a_second_one_with_a_reason(tomas, course, issue):
    tomas.open(f"/courses/{course.pk}/focus/?issue={issue.pk}")
    tomas.page.fill("[name=role_transition-old_role]", "In the village")
    tomas.page.fill("[name=role_transition-new_role]", "In town")
    tomas.press("Set the focus")
    tomas.see("This would be the second focus")
    tomas.page.fill("[name=reason]", "Both began in May")
    tomas.press("Set the focus")
    assert Focus.objects.count() == 2


def be_refused_a_third_one(tomas, course, issue):
    tomas.open(f"/courses/{course.pk}/focus/?issue={issue.pk}")
    tomas.page.fill("[name=grief-who]", "My aunt Ottilie")
    tomas.press("Set the focus")
    tomas.see("works on 2 problem areas at most")
    assert tomas.page.input_value("[name=grief-who]") == "My aunt Ottilie"
    assert Focus.objects.count() == 2


def move_the_stage(tomas, course):
    tomas.open(f"/courses/{course.pk}/focus/")
    tomas.press(re.compile("^Renegotiation"))
    tomas.see("How the stage moved")


def test_the_person_says_how_far_a_goal_is(visitor, cast, course):
    told = {"by": cast.tomas, "at": now()}
    focus = operations.set_focus(course=course, area="grief", about="My aunt", **told)
    levels = {"0": "I say her name once a week"}
    said = operations.GoalSaid(title="Talk about her", levels=levels)
    operations.add_goal(focus=focus, submission_id=new_id(), said=said, **told)
    ana = visitor(login=cast.client("ana"))
    ana.open("/my/therapy/goals/")

    ana.see("Losing somebody")
    ana.page.get_by_text("Say where it is now").click()
    ana.check()
    ana.page.locator("label", has_text="I say her name once a week").click()
    ana.fill("A word about it", "On Sunday, at the table")
    ana.press("Keep it")

    rating = GoalRating.objects.get()
    assert (rating.level, rating.said) == (0, "person")
    ana.page.get_by_role("button", name="Show the numbers").click()
    ana.see("On Sunday, at the table")
    ana.check()
