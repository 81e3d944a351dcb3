"""What somebody makes of an agenda, and what becomes of it when the agenda changes."""

from hypothesis import given
from hypothesis import strategies as st

from openipt.core.agenda import (
    AgendaItem,
    Plan,
    PlanPoint,
    arranged,
    as_content,
    carried_of,
    plan_of,
    snapshot,
)
from openipt.core.agenda.headings import load_headings
from openipt.core.sentences import Sentence, sentence


def item(key, kind="phase", minutes=10):
    title = sentence("Work on the focus: {area}", area=Sentence(key))
    return AgendaItem(
        key=key, title=title, why=Sentence("w"), minutes=minutes, kind=kind
    )


A, B, C, RISK = item("a"), item("b"), item("c"), item("risk", "risk")


def keys(planned):
    return [row.item.key for row in planned]


def test_without_a_plan_the_agenda_stands_as_it_was_made():
    assert keys(arranged([A, B], None)) == ["a", "b"]


def test_what_is_new_joins_where_it_belongs_and_what_has_gone_drops_out():
    plan = snapshot(arranged([A, C], None)).ordered(["c", "a"])

    assert keys(arranged([A, B], plan)) == ["a", "b"]
    assert keys(arranged([A, B, C], plan)) == ["c", "a", "b"]


def test_a_plan_kept_while_tasks_had_bare_keys_still_finds_them():
    plan = Plan(
        points=(
            PlanPoint(key="closing", minutes=3),
            PlanPoint(key="own-1", minutes=4, words="Her letter"),
            PlanPoint(key="use_a_technique", minutes=7),
            PlanPoint(key="work_at_home", minutes=5, state="carried"),
        )
    )
    items = [item("task:use_a_technique"), item("closing", "closing")]

    rows = arranged(items, plan)

    assert [(row.item.key, row.minutes) for row in rows] == [
        ("closing", 3),
        ("own-1", 4),
        ("task:use_a_technique", 7),
        ("task:work_at_home", 5),
    ]
    assert [one.key for one in carried_of(plan)] == ["task:work_at_home"]


def test_safety_comes_first_whatever_was_planned():
    plan = snapshot(arranged([A, B], None)).with_state("a", "aside")

    rows = arranged([RISK, A, B], plan)

    assert keys(rows) == ["risk", "a", "b"]
    planned = snapshot(rows)
    assert planned.with_state("risk", "carried") == planned
    assert keys(arranged([RISK, A], planned.ordered(["a", "risk"])))[0] == "risk"


def test_points_move_among_those_that_are_on():
    plan = snapshot(arranged([A, B, C], None)).with_state("b", "aside")

    moved = plan.moved("c", -1)

    assert [p.key for p in moved.points if not p.state] == ["c", "a"]
    assert plan.moved("a", -1).points[0].key == "a"
    assert plan.moved("nothing", 1) == plan


def test_own_points_stand_before_the_closing():
    plan = snapshot(arranged([A, item("closing", "closing")], None))

    more = plan.with_own("own-1", "Her letter", 5)

    assert [p.key for p in more.points] == ["a", "own-1", "closing"]
    assert arranged([A], more)[1].item.words == "Her letter"


def test_what_was_left_is_carried_with_its_words_or_its_title():
    plan = snapshot(arranged([A], None)).with_own("own-1", "Her {letter", 5)
    plan = plan.with_state("own-1", "carried").with_state("a", "carried")

    left = carried_of(plan_of(as_content(plan)))

    assert [(one.words, str(one.title)) for one in left] == [
        ("", "Work on the focus: a"),
        ("Her {letter", "None"),
    ]
    assert carried_of(None) == ()


@given(
    st.lists(
        st.builds(
            PlanPoint,
            key=st.text(max_size=8),
            minutes=st.integers(0, 180),
            state=st.sampled_from(["", "aside", "carried"]),
            words=st.text(max_size=20),
        )
    )
)
def test_a_plan_is_kept_as_it_is(points):
    plan = Plan(points=tuple(points))

    assert plan_of(as_content(plan)) == plan


def test_every_stretch_has_headings_of_its_own():
    headings = load_headings()

    assert set(headings) == {"first", "between", "last", "maintenance"}
    assert len(set(headings.values())) == 4
