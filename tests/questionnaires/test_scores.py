"""Scores at each threshold, through the door; the numbers are those of the measures."""

import pytest

from openipt.courses.models import CourseFact
from openipt.questionnaires.models import Answering, AskedBy
from tests import people
from tests.questionnaires.answers import codes_to, fill, text_of

PHQ9_BANDS = [
    (0, "minimal", "Minimal"),
    (4, "minimal", "Minimal"),
    (5, "mild", "Mild"),
    (9, "mild", "Mild"),
    (10, "moderate", "Moderate"),
    (14, "moderate", "Moderate"),
    (15, "moderately_severe", "Moderately severe"),
    (19, "moderately_severe", "Moderately severe"),
    (20, "severe", "Severe"),
    (24, "severe", "Severe"),
]
GAD7_BANDS = [
    (0, "minimal", "Minimal"),
    (4, "minimal", "Minimal"),
    (5, "mild", "Mild"),
    (9, "mild", "Mild"),
    (10, "moderate", "Moderate"),
    (14, "moderate", "Moderate"),
    (15, "severe", "Severe"),
    (21, "severe", "Severe"),
]


@pytest.mark.parametrize(("total", "band", "label"), PHQ9_BANDS)
def test_phq9_at_each_edge_of_its_bands(ana, total, band, label):
    finished = fill(ana, codes_to(total), **{"item-difficulty": 0})

    assert (finished.total, finished.band) == (total, band)
    text = text_of(ana.get(f"/measures/result/{finished.pk}/"))
    assert f"<b>{label}</b>, {total} of 27" in text


@pytest.mark.parametrize(("total", "band", "label"), GAD7_BANDS)
def test_gad7_at_each_edge_of_its_bands(ana, total, band, label):
    finished = fill(ana, codes_to(total, count=7), "gad7", **{"item-difficulty": 0})

    assert (finished.total, finished.band) == (total, band)
    text = text_of(ana.get(f"/measures/result/{finished.pk}/"))
    assert f"<b>{label}</b>, {total} of 21" in text


def test_phq9_at_its_highest(ana):
    finished = fill(ana, [3] * 9, **{"item-difficulty": 3})

    assert (finished.total, finished.band, finished.risk) == (27, "severe", "red")


@pytest.mark.parametrize(
    ("measure", "codes", "total", "missing"),
    [
        # the mean of the answered ones times the number of questions, a half rounded up
        ("phq9", [2] * 7 + [None, None], 18, 2),
        ("phq9", [2, *[1] * 7, None], 10, 1),  # 9 / 8 * 9 = 10.125
        ("phq9", [0, 2, *[1] * 5, None, None], 9, 2),
        ("phq9", [2, 2, *[0] * 6, None], 5, 1),  # 4 / 8 * 9 = 4.5
        ("gad7", [2] * 6 + [None], 14, 1),
        ("gad7", [1, 1, 1, 0, 0, 0, None], 4, 1),  # 3 / 6 * 7 = 3.5
    ],
)
def test_a_few_left_out_are_filled_with_the_mean_and_marked(
    ana, measure, codes, total, missing
):
    finished = fill(ana, codes, measure)

    assert (finished.total, finished.missing, finished.prorated) == (
        total,
        missing,
        True,
    )
    text = text_of(ana.get(f"/measures/result/{finished.pk}/"))
    assert "left out. The score was worked out from the others." in text


@pytest.mark.parametrize(
    ("measure", "codes"),
    [("phq9", [2] * 6 + [None] * 3), ("gad7", [2] * 5 + [None] * 2)],
)
def test_too_much_left_out_is_no_score_and_says_so(ana, measure, codes):
    finished = fill(ana, codes, measure)

    assert (finished.total, finished.band, finished.prorated) == (None, "", False)
    text = text_of(ana.get(f"/measures/result/{finished.pk}/"))
    assert "Too many questions were left out for a score." in text
    assert not CourseFact.objects.exclude(count=0).exists()
    answered = CourseFact.objects.exclude(answered_at=None).get()
    assert (answered.measure, answered.answered_at) == (measure, people.NOW)


def test_a_score_reaches_the_row_of_facts_of_the_course(cast, ana):
    fill(ana, codes_to(12), **{"item-difficulty": 0})

    fact = CourseFact.objects.get(course=cast.extra["ana"], measure="phq9")
    assert (fact.first, fact.last, fact.recent, fact.count) == (12, 12, [12], 1)
    assert fact.last_at == fact.answered_at == people.NOW


def test_an_answering_knows_once_which_course_asked(cast, ana):
    fill(ana, codes_to(3))

    asked = AskedBy.objects.get()
    assert asked.course == cast.extra["ana"]
    assert asked.answering == Answering.objects.get()


def test_items_are_sealed_and_totals_are_not(ana):
    from django.db import connection

    fill(ana, codes_to(12), **{"item-difficulty": 0})

    with connection.cursor() as cursor:
        cursor.execute("SELECT items, total FROM questionnaires_answering")
        ((items, total),) = cursor.fetchall()
    assert total == 12
    assert b"difficulty" not in bytes(items)
