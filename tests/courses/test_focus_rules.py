"""Each rule about a focus, P08 to P13: a form that breaks it, and one that keeps it."""

import pytest

from openipt.core.ids import new_id
from openipt.core.inventory import Tie
from openipt.core.protocols.rules import load_rules
from openipt.courses import operations, queries
from openipt.courses.models import Focus
from openipt.inventory import operations as inventory
from tests import people

from .starting import filled, text_of

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
DEFICITS = {"area": "deficits", "deficits-pattern": "They go, I do not call"}
WHY = {"reason": "We spoke about it for two sessions"}

# rule -> what was taken up before, the form that breaks it, what is said, and what keeps it.
# An error has no reason that would do; a warning is met, or has one.
TABLE = {
    "P08 second": ([TRANSITION], DISPUTE, "This would be the second focus", WHY),
    "P08 third": ([TRANSITION, DISPUTE | WHY], DEFICITS | WHY, "2 problem areas at most", None),
    "P09": ([], {"area": "complicated_pregnancy"}, "Select a valid choice", None),
    "P10": ([], DEFICITS, "chosen when no other area fits", {"deficits-considered": "on"}),
    "P10 reason": ([], DEFICITS, "chosen when no other area fits", WHY),
    "P11 reason": ([], {"area": "grief", "grief-who": "Aunt"}, "somebody who died", WHY),
    "P12 stage": ([], DISPUTE | {"role_dispute-stage": ""}, "How far it has gone", DISPUTE),
    "P12 who": ([], DISPUTE | {"role_dispute-counterpart": " "}, "With whom", DISPUTE),
    "P13": ([], {"area": "role_transition"}, "The old role, The new role", TRANSITION),
    "P13 reason": ([], {"area": "role_transition"}, "The new role", WHY),
}  # fmt: skip


@pytest.fixture
def course(cast):
    return cast.extra["ana"]


@pytest.fixture
def address(course):
    return f"/courses/{course.pk}/focus/"


def person_of(cast, **changes):
    inventory.agree(person=cast.ana, by=cast.ana.member, at=people.NOW)
    return inventory.add(
        person=cast.ana,
        submission_id=new_id(),
        tie=Tie(label="Ruth", **changes),
        by=cast.ana.member,
        at=people.NOW,
    )


@pytest.mark.parametrize("rule", TABLE)
def test_a_rule_is_broken_and_kept(cast, address, rule):
    before, breaks, said, keeps = TABLE[rule]
    client = cast.client("tomas")
    for form in before:
        assert client.post(address, form).status_code == 302

    refused = client.post(address, breaks | {"about": "In my own words"})

    page = text_of(refused)
    assert refused.status_code == 422
    assert said in page
    assert 'value="In my own words"' in page
    assert Focus.objects.count() == len(before)
    if keeps is not None:
        kept = client.post(address, breaks | keeps)
        assert kept.status_code == 302, text_of(kept)
        assert Focus.objects.count() == len(before) + 1


@pytest.mark.parametrize(
    "rule", ["one_focus", "focus_areas", "last_resort", "somebody_died",
             "counterpart_and_stage", "old_and_new_role"],
)  # fmt: skip
def test_what_is_said_names_its_source(cast, address, rule):
    forms = {
        "one_focus": [TRANSITION, DISPUTE],
        "focus_areas": [TRANSITION, DISPUTE | WHY, DEFICITS | WHY],
        "last_resort": [DEFICITS],
        "somebody_died": [{"area": "grief"}],
        "counterpart_and_stage": [{"area": "role_dispute"}],
        "old_and_new_role": [{"area": "role_transition"}],
    }[rule]
    client = cast.client("tomas")

    for form in forms:
        answer = client.post(address, form)

    assert answer.status_code == 422
    assert load_rules()[rule].source.split("&")[0] in text_of(answer)


def test_iowa_does_not_have_deficits_and_says_what_it_has(cast):
    """P09, by a form that was not made by the page."""
    client = cast.client("ines")
    client.post(
        "/courses/start/", filled(variant_id="ipt_individual_iowa", sessions="12")
    )
    (course,) = queries.own_courses(cast.ines, people.NOW)

    with pytest.raises(Exception, match=r"does not have this problem area\. It has: "):
        operations.set_focus(
            course=course, area="deficits", about="", by=cast.ines, at=people.NOW
        )
    kept = client.post(f"/courses/{course.pk}/focus/", DISPUTE)
    assert kept.status_code == 302


@pytest.mark.parametrize(("alive", "status"), [(True, 422), (False, 302)])
def test_grief_asks_for_somebody_who_died(cast, address, alive, status):
    """P11, with somebody of the people in this life."""
    row = person_of(cast, alive=alive)
    form = {"area": "grief", "grief-who-who": str(row.pk)}

    answer = cast.client("tomas").post(address, form)

    assert answer.status_code == status
    if status == 302:
        focus = Focus.objects.get()
        assert focus.relationship == row
        assert focus.details["who"] == "Ruth"
        assert focus.reason is None


def test_who_died_is_offered_first(cast, address):
    person_of(cast, alive=False)
    page = text_of(cast.client("tomas").get(address))

    assert '<optgroup label="Have died">' in page


def test_in_iowa_a_loss_needs_no_death(cast):
    client = cast.client("ines")
    client.post(
        "/courses/start/", filled(variant_id="ipt_individual_iowa", sessions="12")
    )
    (course,) = queries.own_courses(cast.ines, people.NOW)

    answer = client.post(f"/courses/{course.pk}/focus/", {"area": "grief"})

    assert answer.status_code == 302


def test_in_maintenance_several_areas_are_open_without_a_reason(cast):
    client = cast.client("ines")
    client.post(
        "/courses/start/",
        filled(variant_id="ipt_maintenance", sessions="24", minutes="50", reason="So"),
    )
    (course,) = queries.own_courses(cast.ines, people.NOW)
    address = f"/courses/{course.pk}/focus/"

    for form in (TRANSITION, DISPUTE, DEFICITS | {"deficits-considered": "on"}):
        assert client.post(address, form).status_code == 302
    assert {focus.reason for focus in Focus.objects.all()} == {None}


def test_a_reason_is_kept_only_where_one_was_asked(cast, address):
    client = cast.client("tomas")

    client.post(address, DISPUTE | WHY)
    client.post(address, TRANSITION | WHY)

    kept = {focus.area: focus.reason for focus in Focus.objects.all()}
    assert kept == {"role_dispute": None, "role_transition": WHY["reason"]}


def test_details_are_changed_and_what_was_stays(cast, address):
    client = cast.client("tomas")
    client.post(address, DISPUTE | {"role_dispute-mine": "That he calls"})
    focus = Focus.objects.get()
    form = DISPUTE | {"version": "1", "role_dispute-mine": "That he asks"}

    assert client.post(f"{address}{focus.pk}/", form).status_code == 302
    late = client.post(
        f"{address}{focus.pk}/", form | {"role_dispute-mine": "My late words"}
    )

    assert late.status_code == 409
    assert "My late words" in text_of(late)
    assert "That he asks" in text_of(late)
    said = [
        row.content["details"]["mine"] for row in focus.versions.order_by("version")
    ]
    assert said == ["That he calls", "That he asks"]
    gone = client.post(
        f"{address}{focus.pk}/", form | {"version": "2", "role_dispute-stage": ""}
    )
    assert gone.status_code == 422


def test_the_stage_moves_and_its_history_shows_by_whom(cast, address):
    client = cast.client("tomas")
    client.post(address, DISPUTE)
    focus = Focus.objects.get()
    stage = f"{address}{focus.pk}/stage/"

    moved = client.post(stage, {"stage": "renegotiation", "version": "1"})
    again = client.post(stage, {"stage": "renegotiation", "version": "2"})
    late = client.post(stage, {"stage": "dissolution", "version": "1"})
    none = client.post(stage, {"stage": "weather", "version": "2"})

    assert [one.status_code for one in (moved, again, late, none)] == [
        302,
        302,
        409,
        422,
    ]
    page = text_of(client.get(address))
    assert "How the stage moved" in page
    assert page.index("Renegotiation: both know") < page.index("Impasse: talk has")
    (view,) = queries.focus_summary(cast.extra["ana"], people=())
    assert [move.stage.key for move in view.moves] == ["renegotiation", "impasse"]
    assert {move.by for move in view.moves} == {cast.tomas}


def test_a_stage_of_an_area_without_stages_is_refused(cast, address):
    client = cast.client("tomas")
    client.post(address, TRANSITION)
    focus = Focus.objects.get()

    answer = client.post(
        f"{address}{focus.pk}/stage/", {"stage": "impasse", "version": "1"}
    )

    assert answer.status_code == 422


def test_something_hard_becomes_the_focus_with_what_is_known(cast, course, address):
    ruth = person_of(cast, mine="That she stays", theirs="That I am quiet")
    issue = operations.add_issue(
        course=course,
        submission_id=new_id(),
        said=operations.IssueSaid(
            title="She leaves", severity=8, relationship=ruth, area="role_dispute"
        ),
        by=cast.tomas,
        at=people.NOW,
    )
    client = cast.client("tomas")

    page = text_of(client.get(f"{address}?issue={issue.pk}"))
    for words in ('value="She leaves"', "That she stays", "That I am quiet"):
        assert words in page
    form = {
        "issue": str(issue.pk),
        "area": "role_dispute",
        "role_dispute-counterpart-who": str(ruth.pk),
        "role_dispute-stage": "impasse",
    }
    assert client.post(address, form).status_code == 302

    focus = Focus.objects.get()
    assert (focus.issue, focus.relationship) == (issue, ruth)
    lines = text_of(client.get(f"/courses/{course.pk}/issues/"))
    assert "Make this the focus" not in lines


@pytest.mark.parametrize(
    "said", ["x", "11111111-1111-7111-8111-111111111111", "0" * 40]
)
def test_an_issue_that_is_not_there_prefills_nothing(cast, address, said):
    answer = cast.client("tomas").get(f"{address}?issue={said}")

    assert answer.status_code == 200


def test_goals_go_over_when_a_focus_is_put_in_other_words(cast, course, address):
    client = cast.client("tomas")
    client.post(address, DISPUTE)
    operations.add_goal(
        focus=queries.focus_for(course, Focus.objects.get().pk),
        submission_id=new_id(),
        said=operations.GoalSaid(title="Talk", levels={"0": "Twice a week"}),
        by=cast.tomas,
        at=people.NOW,
    )

    client.post(address, DISPUTE | {"about": "about the house"})

    (goal,) = queries.goals_of(course)
    assert goal.focus.about == "about the house"


def about_ruth(cast, address):
    """Take up a dispute with somebody of the circle, and return the focus."""
    ruth = person_of(cast)
    form = DISPUTE | {
        "role_dispute-counterpart": "",
        "role_dispute-counterpart-who": str(ruth.pk),
        "about": "Who decides",
    }
    assert cast.client("tomas").post(address, form).status_code == 302
    return ruth, Focus.objects.get()


def test_a_name_is_not_told_after_the_agreement_is_taken_back(cast, address):
    _ruth, focus = about_ruth(cast, address)
    client, course = cast.client("tomas"), f"/courses/{cast.extra['ana'].pk}/"
    changed = f"{address}{focus.pk}/"
    assert "Ruth" in text_of(client.get(address))

    inventory.take_agreement_back(person=cast.ana, by=cast.ana.member, at=people.NOW)

    for page in (course, address, f"{course}goals/", changed):
        assert "Ruth" not in text_of(client.get(page)), page
    form = DISPUTE | {"about": "Mine", "role_dispute-counterpart": "", "version": "7"}
    stale = client.post(changed, form)
    assert stale.status_code == 409
    assert "Who decides" in text_of(stale)
    assert "Ruth" not in text_of(stale)
    assert "Ruth" in text_of(cast.client("ana").get("/my/therapy/goals/"))


def test_whom_a_focus_is_about_stays_though_the_reader_does_not_see_them(cast, address):
    ruth, focus = about_ruth(cast, address)
    inventory.take_agreement_back(person=cast.ana, by=cast.ana.member, at=people.NOW)
    form = DISPUTE | {"about": "Money", "role_dispute-counterpart": "", "version": "1"}

    kept = cast.client("tomas").post(f"{address}{focus.pk}/", form)

    assert kept.status_code == 302, text_of(kept)
    focus.refresh_from_db()
    assert (focus.about, focus.relationship_id) == ("Money", ruth.pk)
    assert queries.given_of(focus)["counterpart"] == "Ruth"


def test_whom_a_focus_is_about_stays_though_they_left_the_circle(cast, address):
    ruth, focus = about_ruth(cast, address)
    inventory.remove(relationship=ruth, by=cast.ana.member, at=people.NOW)
    client, page = cast.client("tomas"), f"{address}{focus.pk}/"
    assert f'<option value="{ruth.pk}" selected>' in text_of(client.get(page))
    form = DISPUTE | {
        "about": "Money",
        "version": "1",
        "role_dispute-counterpart": "",
        "role_dispute-counterpart-who": str(ruth.pk),
    }

    kept = client.post(page, form)

    assert kept.status_code == 302, text_of(kept)
    focus.refresh_from_db()
    assert (focus.about, focus.relationship_id) == ("Money", ruth.pk)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2031", "That is still to come."),
        ("May 2027", "That is still to come."),
        ("24.12.2026", "That is still to come."),
        ("1901", "That was before the person was born."),
        ("May 2019", None),
        ("a long time ago", None),
    ],
)
def test_a_death_lies_between_birth_and_today(cast, address, when, said):
    cast.ana.born_on = "1990-01-31"
    cast.ana.save(update_fields=["born_on"])
    form = {"area": "grief", "grief-who": "Aunt", "grief-when": when} | WHY
    client = cast.client("tomas")

    answer = client.post(address, form)

    assert answer.status_code == (422 if said else 302)
    if said:
        assert said in text_of(answer)
        assert f'value="{when}"' in text_of(answer)
        assert not Focus.objects.exists()
        # The time of an area that was not chosen is in nobody's way.
        assert client.post(address, form | DISPUTE).status_code == 302


def test_a_death_is_not_moved_into_the_future(cast, address):
    client = cast.client("tomas")
    form = {"area": "grief", "grief-who": "Aunt", "grief-when": "2019"} | WHY
    client.post(address, form)
    focus = Focus.objects.get()

    answer = client.post(
        f"{address}{focus.pk}/", form | {"version": "1", "grief-when": "2031"}
    )

    assert answer.status_code == 422
    assert "That is still to come." in text_of(answer)
    assert queries.given_of(focus)["when"] == "2019"
