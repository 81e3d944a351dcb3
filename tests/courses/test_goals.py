"""Goals under a focus: five steps, rated over time by both sides."""

from datetime import timedelta

import pytest

from openipt.core.errors import Gone
from openipt.core.ids import new_id
from openipt.courses import access, operations, queries
from openipt.courses.models import Goal, GoalRating
from openipt.exchange.queries import as_json, record_of
from tests import people
from tests.sent_again import goes_through_once_and_with_other_words_as_another

from .starting import text_of

OWN = "/my/therapy/goals/"


@pytest.fixture
def course(cast):
    return cast.extra["ana"]


@pytest.fixture
def focus(cast, course):
    return operations.set_focus(
        course=course, area="role_dispute", about="Her brother", by=cast.tomas,
        at=people.NOW,
    )  # fmt: skip


@pytest.fixture
def goal(cast, focus):
    return operations.add_goal(
        focus=focus,
        submission_id=new_id(),
        said=operations.GoalSaid(
            title="Ask him", levels={"0": "Once a week", "-2": "Never"}
        ),
        by=cast.tomas,
        at=people.NOW,
    )


@pytest.fixture
def address(course):
    return f"/courses/{course.pk}/goals/"


def form(under, **changes):
    return {
        "submission_id": str(new_id()), "version": "0", "focus": str(under.pk),
        "title": "Say no", "level_-2": "Never", "level_-1": "Once",
        "level_0": "Once a week", "level_1": "", "level_2": "Whenever I want",
    } | changes  # fmt: skip


def rated(**changes):
    return {
        "submission_id": str(new_id()), "level": "1", "said": "person", "words": "It held",
    } | changes  # fmt: skip


def test_a_goal_is_agreed_once_under_its_focus(cast, focus, address):
    client, sent = cast.client("tomas"), form(focus)

    assert client.post(address + "add/", sent).status_code == 302
    assert client.post(address + "add/", sent).status_code == 302

    page = text_of(client.get(address))
    goal = Goal.objects.get()
    assert goal.focus == focus
    assert goal.levels == {
        "-2": "Never", "-1": "Once", "0": "Once a week", "1": "", "2": "Whenever I want",
    }  # fmt: skip
    for words in ("Say no", "Much more than hoped", "Whenever I want", "Her brother"):
        assert words in page


def test_without_a_focus_there_is_no_goal(cast, address):
    client = cast.client("tomas")

    assert client.get(address + "add/").status_code == 403
    assert "No focus yet" in text_of(client.get(address))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "This field is required"),
        ({"level_0": " "}, "This field is required"),
        ({"level_2": "x" * 401}, "at most 400 characters"),
        ({"focus": str(new_id())}, "Select a valid choice"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(
    cast, focus, address, changes, said
):
    answer = cast.client("tomas").post(
        address + "add/", form(focus, **{"level_-1": "My own words", **changes})
    )

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "My own words" in text_of(answer)
    assert not Goal.objects.exists()


def test_a_change_keeps_what_was_said_and_a_late_one_shows_both(
    cast, focus, goal, address
):
    client = cast.client("tomas")
    change = f"{address}{goal.pk}/"
    client.post(change, form(focus, version="1", title="Newer words"))

    late = client.post(change, form(focus, version="1", title="My words"))

    assert late.status_code == 409
    assert "Newer words" in text_of(late)
    assert "My words" in text_of(late)
    assert [v.content["title"] for v in goal.versions.order_by("version")] == [
        "Ask him",
        "Newer words",
    ]


def test_both_rate_it_and_the_newest_counts(cast, goal, course, address, clock):
    first = rated(level="-2", said="therapist")
    cast.client("tomas").post(f"{address}{goal.pk}/rate/", first)
    clock.move_to(people.NOW + timedelta(days=7))
    tomas, ana = cast.client("tomas"), cast.client("ana")
    sent = rated(level="0", said="therapist")
    assert ana.post(f"{OWN}{goal.pk}/rate/", sent).status_code == 302
    assert ana.post(f"{OWN}{goal.pk}/rate/", sent).status_code == 302

    ((view,),) = queries.goal_views([course.pk]).values()
    assert [one.row.level for one in view.ratings] == [-2, 0]
    assert view.newest.row.said == GoalRating.Said.PERSON
    assert view.ratings[0].row.by == cast.tomas
    for page in (text_of(ana.get(OWN)), text_of(tomas.get(address))):
        assert '<polyline class="line"' in page
        assert "said by the person" in page
        assert "It held" in page
        here = page.split('class="here" aria-current="step"')[1].split("</li>")[0]
        assert "It is here now" in here
    assert "Conflict with somebody" in text_of(ana.get(OWN))


@pytest.mark.parametrize("level", ["3", "-3", "", "x", "1.5"])
def test_a_level_that_is_none_keeps_the_words(cast, goal, address, level):
    for who, page in (("ana", OWN), ("tomas", address)):
        answer = cast.client(who).post(
            f"{page}{goal.pk}/rate/", rated(level=level, words="My own words")
        )
        assert answer.status_code == 422
        assert "My own words" in text_of(answer)
    assert not GoalRating.objects.exists()


def test_what_has_ended_is_read_only(cast, goal, focus, course, address):
    tomas, ana = cast.client("tomas"), cast.client("ana")
    assert tomas.post(f"{address}{goal.pk}/end/").status_code == 302
    assert tomas.post(f"{address}{goal.pk}/end/").status_code == 302

    for client, page in ((tomas, address), (ana, OWN)):
        late = client.post(f"{page}{goal.pk}/rate/", rated(words="My own words"))
        assert late.status_code == 409
        assert "This goal has ended" in text_of(late)
        assert "My own words</textarea>" in text_of(late)
        shown = text_of(client.get(page))
        assert "Ask him" in shown
        assert "Say where it is now" not in shown
    assert tomas.get(f"{address}{goal.pk}/").status_code == 403
    assert Goal.objects.get().ended_by == cast.tomas


@pytest.mark.parametrize("ended", ["goal", "focus", "course"])
def test_what_was_typed_while_it_ended_is_given_back(
    cast, goal, focus, course, address, ended
):
    row = {"goal": goal, "focus": focus, "course": course}[ended]
    row.ended_at = people.NOW
    if ended == "goal":
        row.ended_by = cast.tomas
    row.save()
    typed = form(focus, version="1", title="My own words", level_2="毎日散歩")

    late = cast.client("tomas").post(f"{address}{goal.pk}/", typed)

    page = text_of(late)
    assert late.status_code == (403 if ended == "course" else 409)
    assert "has ended" in page
    for words in ("My own words", "Once a week", "毎日散歩"):
        assert f"{words}</textarea>" in page
    assert Goal.objects.get().title == "Ask him"


def test_a_goal_that_ends_while_it_is_saved_is_not_changed(cast, goal):
    stale = Goal.objects.select_related("focus", "course").get()
    operations.end_goal(goal=goal, by=cast.tomas, at=people.NOW)
    said = operations.GoalSaid(title="Other words", levels={})

    with pytest.raises(Gone):
        operations.change_goal(
            goal=stale, said=said, version=1, by=cast.tomas, at=people.NOW
        )
    with pytest.raises(Gone):
        operations.rate_goal(
            goal=stale, submission_id=new_id(), rated=operations.Rated(level=0),
            by=cast.tomas, at=people.NOW,
        )  # fmt: skip


@pytest.mark.parametrize(("what", "status"), [("focus", 409), ("course", 403)])
def test_a_goal_of_what_has_ended_is_not_rated(
    cast, goal, focus, course, what, status, address
):
    row = {"focus": focus, "course": course}[what]
    row.ended_at = people.NOW
    row.save(update_fields=["ended_at"])

    answer = cast.client("ana").post(f"{OWN}{goal.pk}/rate/", rated())

    assert answer.status_code == status
    assert "It held</textarea>" in text_of(answer)
    assert "Ask him" in text_of(cast.client("ana").get(OWN))
    assert cast.client("tomas").get(f"{address}{goal.pk}/").status_code == 403


@pytest.mark.parametrize("who", ["ines", "max", "bea", "omar"])
def test_others_find_nothing_here(cast, goal, address, who):
    client = cast.client(who)

    for page in (address, address + "add/", f"{address}{goal.pk}/"):
        assert client.get(page).status_code == 404
    for page in (f"{address}{goal.pk}/rate/", f"{OWN}{goal.pk}/rate/"):
        assert client.post(page, rated()).status_code == 404
    assert not GoalRating.objects.exists()


def test_a_supervisor_reads_goals_and_stages(cast, goal, address):
    sofia = cast.client("sofia")

    assert "Ask him" in text_of(sofia.get(address))
    assert sofia.post(f"{address}{goal.pk}/rate/", rated()).status_code == 404


def test_too_many_goals_say_so(cast, goal, focus, address, monkeypatch):
    monkeypatch.setattr(access.issues, "MOST_GOALS", 1)

    answer = cast.client("tomas").post(address + "add/", form(focus))

    assert answer.status_code == 422
    assert "1 goals are open already" in text_of(answer)


def test_goals_are_taken_away_with_the_record(cast, goal):
    operations.rate_goal(
        goal=goal,
        submission_id=new_id(),
        rated=operations.Rated(level=1, words="It held"),
        by=cast.ana.member,
        at=people.NOW,
    )

    sections = as_json(record_of(cast.ana, people.NOW))["sections"]

    (focus,) = sections["focus"]
    words = {fact["value"] for item in sections["goals"] for fact in item["facts"]}
    assert focus["title"] == "Conflict with somebody"
    assert {"Once a week", "More than hoped", "It held"} <= words


def test_another_goal_from_the_same_form_is_not_thrown_away(cast, focus, address):
    goes_through_once_and_with_other_words_as_another(
        cast.client("tomas"), f"{address}add/", form(focus), {"title": "Ask for help"}
    )

    assert {goal.title for goal in Goal.objects.all()} == {"Say no", "Ask for help"}


@pytest.mark.parametrize("who", ["ana", "tomas"])
def test_another_rating_from_the_same_form_is_not_thrown_away(cast, goal, address, who):
    to = f"{OWN}{goal.pk}/rate/" if who == "ana" else f"{address}{goal.pk}/rate/"

    goes_through_once_and_with_other_words_as_another(
        cast.client(who), to, rated(), {"level": "2", "words": "It held for a week"}
    )

    assert {row.level for row in GoalRating.objects.all()} == {1, 2}
