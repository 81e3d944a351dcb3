"""PHQ-9 and GAD-7 against tables and against a second, independent way of scoring."""

from decimal import ROUND_HALF_UP, Decimal
from itertools import islice, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openipt.core.errors import Invalid
from openipt.core.measures import Score, load_measures, report_dict, report_line, score

PHQ9 = load_measures()["phq9"]
GAD7 = load_measures()["gad7"]

PHQ9_BANDS = "minimal " * 5 + "mild " * 5 + "moderate " * 5
PHQ9_BANDS = (PHQ9_BANDS + "moderately_severe " * 5 + "severe " * 8).split()
GAD7_BANDS = ("minimal " * 5 + "mild " * 5 + "moderate " * 5 + "severe " * 7).split()


def second_opinion(answers, bands, allowed):
    """Score by decimals and a list of bands, written apart from the code it checks."""
    given = [Decimal(answer) for answer in answers if answer is not None]
    missing = len(answers) - len(given)
    if missing > allowed:
        return None, None, False, missing
    mean = sum(given, Decimal(0)) * len(answers) / len(given)
    total = int(mean.quantize(Decimal(1), ROUND_HALF_UP))
    return total, bands[total], missing > 0, missing


def as_tuple(scored):
    return scored.total, scored.band, scored.prorated, scored.missing


def with_total(measure, total):
    """Answers of the measure that add up to a total."""
    answers = []
    for _ in measure.items:
        answers.append(min(3, total - sum(answers)))
    return answers


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (0, "minimal"),
        (4, "minimal"),
        (5, "mild"),
        (9, "mild"),
        (10, "moderate"),
        (14, "moderate"),
        (15, "moderately_severe"),
        (19, "moderately_severe"),
        (20, "severe"),
        (27, "severe"),
    ],
)
def test_phq9_band_begins_and_ends_where_published(total, band):
    scored = score(PHQ9, with_total(PHQ9, total))

    assert (scored.total, scored.band) == (total, band)


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (0, "minimal"),
        (4, "minimal"),
        (5, "mild"),
        (9, "mild"),
        (10, "moderate"),
        (14, "moderate"),
        (15, "severe"),
        (21, "severe"),
    ],
)
def test_gad7_band_begins_and_ends_where_published(total, band):
    scored = score(GAD7, with_total(GAD7, total))

    assert (scored.total, scored.band) == (total, band)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([2] * 8 + [None], (18, "moderately_severe", True, 1)),
        ([2] * 7 + [None] * 2, (18, "moderately_severe", True, 2)),
        ([2] * 6 + [None] * 3, (None, None, False, 3)),
        ([None] * 9, (None, None, False, 9)),
        # 4 / 8 * 9 = 4.5: a half goes up
        ([1, 1, 1, 1, 0, 0, 0, 0, None], (5, "mild", True, 1)),
        # 3 / 7 * 9 = 3.86, 2 / 7 * 9 = 2.57
        ([1, 1, 1, 0, 0, 0, 0, None, None], (4, "minimal", True, 2)),
        ([1, 1, 0, 0, 0, 0, 0, None, None], (3, "minimal", True, 2)),
        ([3] * 7 + [None] * 2, (27, "severe", True, 2)),
    ],
)
def test_phq9_missing_items_are_filled_with_the_mean_up_to_two(answers, expected):
    assert as_tuple(score(PHQ9, answers)) == expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([2] * 6 + [None], (14, "moderate", True, 1)),
        ([2] * 5 + [None] * 2, (None, None, False, 2)),
        # 3 / 6 * 7 = 3.5: a half goes up
        ([1, 1, 1, 0, 0, 0, None], (4, "minimal", True, 1)),
    ],
)
def test_gad7_missing_item_is_filled_with_the_mean_only_once(answers, expected):
    assert as_tuple(score(GAD7, answers)) == expected


ANSWER = st.sampled_from([0, 1, 2, 3, None])


@given(st.lists(ANSWER, min_size=9, max_size=9))
def test_phq9_agrees_with_a_second_way_of_scoring(answers):
    assert as_tuple(score(PHQ9, answers)) == second_opinion(answers, PHQ9_BANDS, 2)


@given(st.lists(ANSWER, min_size=7, max_size=7))
def test_gad7_agrees_with_a_second_way_of_scoring(answers):
    assert as_tuple(score(GAD7, answers)) == second_opinion(answers, GAD7_BANDS, 1)


def disagreements(vectors):
    for answers in vectors:
        scored = score(PHQ9, answers)
        total = sum(answers)
        risk = (None, "amber", "red", "red")[answers[8]]
        expected = Score(
            total=total, band=PHQ9_BANDS[total], prorated=False, missing=0, risk=risk
        )
        if scored != expected:
            yield answers


def test_phq9_agrees_on_a_sample_of_all_forms():
    vectors = islice(product(range(4), repeat=9), 0, None, 61)

    assert list(disagreements(vectors)) == []


@pytest.mark.long
def test_phq9_agrees_on_all_262144_forms():
    assert list(disagreements(product(range(4), repeat=9))) == []


@pytest.mark.parametrize(
    ("answer", "risk"), [(0, None), (1, "amber"), (2, "red"), (3, "red"), (None, None)]
)
def test_phq9_question_nine_raises_a_level_by_itself(answer, risk):
    assert score(PHQ9, [0] * 8 + [answer]).risk == risk


def test_phq9_risk_does_not_wait_for_a_total():
    scored = score(PHQ9, [None] * 8 + [2])

    assert (scored.total, scored.risk) == (None, "red")


def test_phq9_no_other_question_raises_a_level():
    assert score(PHQ9, [3] * 8 + [0]).risk is None


def test_gad7_raises_no_level():
    assert score(GAD7, [3] * 7).risk is None


@pytest.mark.parametrize("difficulty", [0, 3, None])
def test_phq9_difficulty_does_not_count(difficulty):
    assert score(PHQ9, [1] * 9 + [difficulty]) == score(PHQ9, [1] * 9)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([], "PHQ-9 has 9 scored questions, but 0 answers were given."),
        ([0] * 8, "PHQ-9 has 9 scored questions, but 8 answers were given."),
        ([0] * 11, "PHQ-9 has 9 scored questions, but 11 answers were given."),
        ([0, 0, 4] + [0] * 6, "question 3: the answer must be one of 0, 1, 2, 3"),
        ([-1] + [0] * 8, "question 1: the answer must be one of 0, 1, 2, 3"),
        ([True] + [0] * 8, "not True"),
        (["1"] + [0] * 8, "not '1'"),
        ([1.0] + [0] * 8, "not 1.0"),
        ([0] * 9 + [4], "question 10"),
    ],
)
def test_wrong_answers_are_refused_in_a_sentence(answers, said):
    with pytest.raises(Invalid) as refusal:
        score(PHQ9, answers)

    assert said in str(refusal.value)


def test_report_is_one_line_and_plain_values():
    whole, partial = [1, 2, 0, 1, 3, 2, 1, 0, 1], [1] * 6 + [None] * 3

    assert report_line(PHQ9, score(PHQ9, whole)) == "phq9 11 moderate"
    assert report_line(PHQ9, score(PHQ9, partial)) == "phq9 - -"
    assert report_dict(PHQ9, score(PHQ9, whole)) == {
        "measure": "phq9",
        "version": "2026.1",
        "total": 11,
        "band": "moderate",
        "prorated": False,
        "missing": 0,
        "risk": "amber",
    }
