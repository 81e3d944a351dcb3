"""What raises an alert: the table of the policy, line by line."""

import pytest

from openipt.core.measures import load_measures, score
from openipt.core.risk import at_answer, at_completion, at_not_safe, highest

PHQ9 = load_measures()["phq9"]
GAD7 = load_measures()["gad7"]


def form(total, nine=0):
    """Answers with a total and an answer to question nine."""
    answers, left = [], total - nine
    for _ in range(8):
        answers.append(min(3, left))
        left -= answers[-1]
    return [*answers, nine]


def raised(answers, *, previous=()):
    before = score(PHQ9, previous).total if previous else None
    found = at_completion(
        PHQ9,
        answers,
        score(PHQ9, answers),
        previous_answers=previous,
        previous_total=before,
    )
    return [(trigger.kind, trigger.level) for trigger in found]


@pytest.mark.parametrize(
    ("answer", "level"), [(None, None), (0, None), (1, "amber"), (2, "red"), (3, "red")]
)
def test_question_nine_raises_at_the_answer(answer, level):
    trigger = at_answer(PHQ9, 9, answer)

    assert (trigger and trigger.level) == level
    if trigger:
        assert (trigger.kind, trigger.measure, trigger.item) == ("answer", "phq9", 9)


@pytest.mark.parametrize(("measure", "item"), [(PHQ9, 8), (PHQ9, 1), (GAD7, 7)])
def test_other_questions_raise_nothing(measure, item):
    assert at_answer(measure, item, 3) is None


def test_the_button_is_always_red():
    assert at_not_safe().level == "red"
    assert at_not_safe().kind == "not_safe"


@pytest.mark.parametrize(
    ("total", "found"),
    [(19, []), (20, [("total", "amber")]), (21, [("total", "amber")])],
)
def test_a_total_of_twenty_is_amber(total, found):
    assert raised(form(total)) == found


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (14, []),
        (15, [("total_rise", "amber")]),
        (16, [("total_rise", "amber")]),
        (5, []),
    ],
)
def test_a_rise_of_five_is_amber(now, found):
    assert raised(form(now), previous=form(10)) == found


def test_without_an_earlier_form_nothing_has_risen():
    assert raised(form(19)) == []


def test_a_rise_of_question_nine_by_two_is_red():
    found = raised(form(3, nine=3), previous=form(3, nine=1))

    assert ("item_rise", "red") in found


def test_a_rise_of_question_nine_by_one_is_no_rise_trigger():
    assert raised(form(2, nine=2), previous=form(2, nine=1)) == [("answer", "red")]


def test_a_fall_of_the_total_hides_no_rise_of_the_risk_question():
    found = raised(form(5, nine=2), previous=form(24, nine=0))

    assert found == [("answer", "red"), ("item_rise", "red")]


def test_an_unanswered_question_nine_has_not_risen():
    assert raised([0] * 8 + [None], previous=form(2, nine=0)) == []
    assert raised(form(1, nine=1), previous=[0] * 8 + [None]) == [("answer", "amber")]


def test_an_unfinished_form_still_raises_its_answer():
    assert raised([None] * 8 + [2]) == [("answer", "red")]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([], None),
        (["amber"], "amber"),
        (["amber", "red"], "red"),
        (["red", "amber"], "red"),
    ],
)
def test_the_highest_level_wins(levels, expected):
    assert highest(levels) == expected
