"""A focus ends with a reason and a way back; what follows from that elsewhere."""

import json
from datetime import timedelta

import pytest

from openipt.calendar.models import Appointment
from openipt.core.errors import Refused
from openipt.core.ids import new_id
from openipt.core.readings import load_readings
from openipt.courses import operations, queries
from openipt.courses.models import Focus, FocusVersion, Goal
from openipt.exchange.queries import as_json, record_of
from openipt.learning import operations as learning
from openipt.learning.models import Suggestion
from tests import people

from .starting import text_of

DISPUTE = {
    "area": "role_dispute",
    "role_dispute-counterpart": "her brother",
    "role_dispute-stage": "impasse",
}
TRANSITION = {
    "area": "role_transition",
    "role_transition-old_role": "at work",
    "role_transition-new_role": "retired",
}
WHY = {"reason": "We spoke about it for two sessions"}
ENDED = {"why": "not_right", "words": "It was about the move all along"}


@pytest.fixture
def course(cast):
    return cast.extra["ana"]


@pytest.fixture
def address(course):
    return f"/courses/{course.pk}/focus/"


@pytest.fixture
def tomas(cast):
    return cast.client("tomas")


@pytest.fixture
def focus(cast, course):
    return operations.set_focus(
        course=course, area="role_dispute", about="Her brother", by=cast.tomas,
        at=people.NOW - timedelta(days=7),
    )  # fmt: skip


def goal_under(cast, focus, title):
    return operations.add_goal(
        focus=focus,
        submission_id=new_id(),
        said=operations.GoalSaid(title=title, levels={"0": "Once a week"}),
        by=cast.tomas,
        at=people.NOW,
    )


def end(client, address, focus, **changes):
    return client.post(f"{address}{focus.pk}/end/", ENDED | changes)


# --- ending, and the way back ---------------------------------------------------------


def test_it_is_asked_why_and_said_what_follows(cast, tomas, address, focus):
    goal_under(cast, focus, "Ask him")
    page = text_of(tomas.get(address))
    assert f'href="{address}{focus.pk}/end/"' in page
    assert f'action="{address}{focus.pk}/end/"' not in page

    asked = text_of(tomas.get(f"{address}{focus.pk}/end/"))

    assert "1 goal under it is not rated any more" in asked
    assert "The course then has no focus until you choose one." in asked
    focus.refresh_from_db()
    assert focus.ended_at is None


@pytest.mark.parametrize("why", ["", "bored"])
def test_without_a_reason_it_does_not_end(tomas, address, focus, why):
    refused = end(tomas, address, focus, why=why)

    assert refused.status_code == 422
    assert ENDED["words"] in text_of(refused)
    focus.refresh_from_db()
    assert focus.ended_at is None


def test_why_it_ended_is_kept_and_shown_to_the_team(
    cast, tomas, course, address, focus
):
    assert end(tomas, address, focus).status_code == 302

    focus.refresh_from_db()
    assert (focus.ended_why, focus.ended_words) == ("not_right", ENDED["words"])
    assert FocusVersion.objects.latest("version").content["ended"] == ENDED
    for page in (address, f"/courses/{course.pk}/goals/"):
        shown = text_of(tomas.get(page))
        assert "It was not the right one" in shown
        assert ENDED["words"] in shown
    assert ENDED["words"] in text_of(
        cast.client("sofia").get(f"/courses/{course.pk}/goals/")
    )
    assert ENDED["words"] in str(as_json(record_of(cast.ana, at=people.NOW)))


def test_it_is_taken_back_with_its_goals(cast, tomas, course, address, focus):
    goal = goal_under(cast, focus, "Ask him")
    end(tomas, address, focus)
    rate = f"/courses/{course.pk}/goals/{goal.pk}/rate/"
    rated = {
        "submission_id": str(new_id()),
        "level": "1",
        "said": "person",
        "words": "",
    }
    assert tomas.post(rate, rated).status_code == 409
    back = f"{address}{focus.pk}/go-on/"
    assert f'action="{back}"' in text_of(tomas.get(address))

    for _ in range(2):
        assert tomas.post(back).status_code == 302

    focus.refresh_from_db()
    assert (focus.ended_at, focus.ended_why, focus.ended_words) == (None, "", None)
    assert [
        row.content.get("ended") for row in FocusVersion.objects.order_by("version")
    ] == [{}, ENDED, {}]
    assert tomas.post(rate, rated).status_code == 302


def test_it_is_not_taken_back_once_something_else_is_the_focus(tomas, address, focus):
    end(tomas, address, focus)
    tomas.post(address, TRANSITION)
    back = f"{address}{focus.pk}/go-on/"

    assert back not in text_of(tomas.get(address))
    refused = tomas.post(back)

    assert refused.status_code == 403
    assert "Something else became the focus" in text_of(refused)
    focus.refresh_from_db()
    assert focus.ended_at is not None


def test_what_other_words_replaced_is_not_taken_back(
    cast, tomas, course, address, focus
):
    operations.set_focus(
        course=course, area="role_dispute", about="Both brothers", by=cast.tomas,
        at=people.NOW,
    )  # fmt: skip

    assert tomas.post(f"{address}{focus.pk}/go-on/").status_code == 403
    assert Focus.objects.filter(ended_at=None).count() == 1


@pytest.mark.parametrize("who", ["sofia", "ines", "ana", "omar"])
def test_only_the_care_team_ends_it_and_takes_it_back(cast, address, focus, who):
    client = cast.client(who)

    assert client.get(f"{address}{focus.pk}/end/").status_code == 404
    assert end(client, address, focus).status_code == 404
    assert client.post(f"{address}{focus.pk}/go-on/").status_code == 404


def test_a_middle_phase_without_a_focus_is_pointed_out(
    cast, tomas, course, address, focus
):
    warning = "There is no focus at the moment"
    assert warning not in text_of(tomas.get(f"/courses/{course.pk}/"))

    end(tomas, address, focus)
    assert warning in text_of(tomas.get(f"/courses/{course.pk}/"))

    early = text_of(tomas.get(f"/courses/{cast.extra['bea'].pk}/"))
    assert warning not in early
    assert "Not chosen yet." in early


# --- goals of a focus that has ended ----------------------------------------------------


def test_goals_of_an_ended_focus_leave_room_and_are_not_counted(
    cast, tomas, course, address, focus
):
    for n in range(12):
        goal_under(cast, focus, f"Goal {n}")
    assert "12 goals" in text_of(tomas.get(f"/courses/{course.pk}/"))
    assert "12 goals to look at" in text_of(cast.client("ana").get("/my/therapy/"))
    end(tomas, address, focus)
    tomas.post(address, TRANSITION)
    now = Focus.objects.get(ended_at=None)

    sent = {
        "submission_id": str(new_id()), "version": "0", "focus": str(now.pk),
        "title": "Say no", "level_-2": "", "level_-1": "", "level_0": "Once",
        "level_1": "", "level_2": "",
    }  # fmt: skip
    assert tomas.post(f"/courses/{course.pk}/goals/add/", sent).status_code == 302

    assert Goal.objects.filter(focus=now).count() == 1
    assert "1 goal<" in text_of(tomas.get(f"/courses/{course.pk}/"))
    assert "1 goal to look at" in text_of(cast.client("ana").get("/my/therapy/"))


# --- the reason of a second focus -------------------------------------------------------


def test_the_reason_of_a_second_focus_stays(tomas, address):
    assert tomas.post(address, TRANSITION).status_code == 302
    assert tomas.post(address, DISPUTE | WHY).status_code == 302
    second = Focus.objects.get(area="role_dispute")
    change = {**DISPUTE, "version": "1", "about": "In other words"}

    refused = tomas.post(f"{address}{second.pk}/", change | {"reason": ""})

    assert refused.status_code == 422
    assert "This would be the second focus" in text_of(refused)
    assert "In other words" in text_of(refused)
    assert tomas.post(f"{address}{second.pk}/", change | WHY).status_code == 302
    second.refresh_from_db()
    assert (second.about, second.reason) == ("In other words", WHY["reason"])


def test_the_first_of_two_needs_no_reason_of_its_own(tomas, address):
    tomas.post(address, TRANSITION)
    tomas.post(address, DISPUTE | WHY)
    first = Focus.objects.get(area="role_transition")

    change = {**TRANSITION, "version": "1", "about": "Retired", "reason": ""}

    assert tomas.post(f"{address}{first.pk}/", change).status_code == 302


# --- drafts and the place of an error -----------------------------------------------------


def test_what_was_begun_from_something_hard_is_a_draft_of_its_own(
    cast, tomas, course, address
):
    hard = operations.add_issue(
        course=course, submission_id=new_id(), by=cast.tomas, at=people.NOW,
        said=operations.IssueSaid(title="The boss", severity=3),
    )  # fmt: skip
    plain, of_issue = f"focus:{course.pk}", f"focus:{course.pk}:issue:{hard.pk}"

    def keep(key, about):
        body = {"key": key, "fields": {"area": "role_dispute", "about": about}}
        sent = tomas.post("/drafts/", json.dumps(body), content_type="application/json")
        assert sent.status_code == 204

    keep(plain, "Typed without it")
    begun = text_of(tomas.get(f"{address}?issue={hard.pk}"))
    assert f'data-draft-key="{of_issue}"' in begun
    assert "The boss" in begun
    keep(of_issue, "Typed from it")

    assert "Typed from it" in text_of(tomas.get(f"{address}?issue={hard.pk}"))
    assert "Typed without it" in text_of(tomas.get(address))
    sent = DISPUTE | {"issue": str(hard.pk), "about": "Typed from it"}
    assert tomas.post(address, sent).status_code == 302
    assert (
        "Typed from it"
        not in text_of(tomas.get(f"{address}?issue={hard.pk}"))
        .partition("<form")[2]
        .partition('name="about"')[2]
        .partition(">")[0]
    )


def test_p12_is_said_where_it_is_asked_whom_it_is_about(cast, tomas, address):
    from openipt.core.inventory import Tie
    from openipt.inventory import operations as inventory

    inventory.agree(person=cast.ana, by=cast.ana.member, at=people.NOW)
    inventory.add(
        person=cast.ana, submission_id=new_id(), tie=Tie(label="Ruth"),
        by=cast.ana.member, at=people.NOW,
    )  # fmt: skip

    page = text_of(tomas.post(address, DISPUTE | {"role_dispute-counterpart": ""}))

    assert 'href="#id_role_dispute-counterpart-who"' in page
    assert 'href="#id_role_dispute-counterpart"' not in page


# --- a course that ended meanwhile --------------------------------------------------------


@pytest.fixture
def ended_meanwhile(cast, course, focus):
    """What a page still holds of a course that somebody else has ended since."""
    issue = operations.add_issue(
        course=course, submission_id=new_id(), by=cast.tomas, at=people.NOW,
        said=operations.IssueSaid(title="x", severity=3),
    )  # fmt: skip
    goal = goal_under(cast, focus, "Ask him")
    said = learning.suggest(
        course=course, reading=load_readings()["endings"], words="", by=cast.tomas,
        at=people.NOW,
    )  # fmt: skip
    issue.course = focus.course = goal.course = goal.focus.course = said.course = course
    Appointment.objects.filter(series=course.series, starts_at__lt=people.NOW).update(
        state="attended"
    )
    now = queries.course_to_write(cast.tomas, course.pk, people.NOW)
    operations.end_course(
        course=now, by=cast.tomas, at=people.NOW, afterwards="",
        early_reason="circumstances",
    )  # fmt: skip
    assert course.ended_at is None
    return {
        "course": course,
        "focus": focus,
        "issue": issue,
        "goal": goal,
        "said": said,
    }


SAID = operations.IssueSaid(title="y", severity=4)
PUT = operations.GoalSaid(title="y", levels={"0": "x"})
ACTS = {
    "set_focus": lambda it, by: operations.set_focus(
        course=it["course"], area="grief", about="x", **by
    ),
    "change_focus": lambda it, by: operations.change_focus(
        focus=it["focus"], about="x", noted=operations.Noted(), version=1, **by
    ),
    "move_stage": lambda it, by: operations.move_stage(
        focus=it["focus"], stage="impasse", version=1, **by
    ),
    "end_focus": lambda it, by: operations.end_focus(focus=it["focus"], **by),
    "take_end_back": lambda it, by: operations.take_end_back(focus=it["focus"], **by),
    "add_issue": lambda it, by: operations.add_issue(
        course=it["course"], submission_id=new_id(), said=SAID, **by
    ),
    "change_issue": lambda it, by: operations.change_issue(
        issue=it["issue"], said=SAID, version=1, **by
    ),
    "order_issues": lambda it, by: operations.order_issues(
        course=it["course"], order=[(it["issue"].pk, 0)], **by
    ),
    "remove_issue": lambda it, by: operations.remove_issue(issue=it["issue"], **by),
    "add_goal": lambda it, by: operations.add_goal(
        focus=it["focus"], submission_id=new_id(), said=PUT, **by
    ),
    "change_goal": lambda it, by: operations.change_goal(
        goal=it["goal"], said=PUT, version=1, **by
    ),
    "rate_goal": lambda it, by: operations.rate_goal(
        goal=it["goal"], submission_id=new_id(), rated=operations.Rated(level=1), **by
    ),
    "end_goal": lambda it, by: operations.end_goal(goal=it["goal"], **by),
    "suggest": lambda it, by: learning.suggest(
        course=it["course"], reading=load_readings()["what_ipt_is"], words="", **by
    ),
    "take_back": lambda it, by: learning.take_back(suggestion=it["said"], **by),
}


@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_written_into_a_course_that_ended_meanwhile(
    cast, ended_meanwhile, act
):
    counted = [model.objects.count() for model in (Focus, Goal, Suggestion)]

    with pytest.raises(Refused, match="has ended"):
        ACTS[act](ended_meanwhile, {"by": cast.tomas, "at": people.NOW})

    assert [model.objects.count() for model in (Focus, Goal, Suggestion)] == counted
