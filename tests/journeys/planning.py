"""How a plan is laid in a browser: what the therapist writes, what the person says to it."""

SUMMER = "Since the move you lost the people you could tell things to, and fell ill."


def say_the_diagnosis(therapist, course):
    therapist.open(f"/courses/{course.pk}/diagnosis/")
    therapist.fill("The illness, in the words you used", "A depression")
    therapist.field("treatable").check()
    therapist.field("no_fault").check()
    therapist.fill("How they say it themselves", "A grey sheet over everything")
    therapist.submit("Save", "plan-diagnosis")


def give_the_recovery_role(therapist, course, *, until):
    therapist.open(f"/courses/{course.pk}/recovery-role/")
    therapist.fill("What may rest for now", "The choir's accounts")
    therapist.fill("What they keep up", "The walk with the neighbour")
    therapist.field("review_on").fill(until.isoformat())
    therapist.submit("Save", "plan-recovery-role")


def write_the_formulation(therapist, course, text=SUMMER):
    """Write what was drafted anew, and show it to the person."""
    therapist.open(f"/courses/{course.pk}/formulation/")
    if not therapist.field("text").is_visible():
        therapist.page.get_by_text("Write another version").click()
    drafted = therapist.field("text").input_value()
    therapist.field("text").fill(text)
    therapist.submit("Save")
    therapist.press("Show it to the person", "plan-formulation")
    return drafted


def gate_refuses(therapist, course, *missing):
    """Try the next phase; the page says what is missing, with a link to each."""
    therapist.open(f"/courses/{course.pk}/")
    therapist.follow("What the next phase needs")
    assert therapist.press("Open: Middle phase", "gate-refuses").status == 422
    links = therapist.page.locator(".plan-missing a")
    assert links.count() == len(missing), links.all_inner_texts()
    for page in missing:
        assert therapist.page.locator(f".plan-missing a[href$='{page}']").count() == 1


def gate_opens(therapist, course):
    therapist.open(f"/courses/{course.pk}/")
    therapist.press("Open: Middle phase", "gate-opens")
    course.refresh_from_db()
    assert course.opened_phase == "middle"
    therapist.see("· Middle phase")
