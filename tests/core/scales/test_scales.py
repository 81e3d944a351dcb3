"""Scales on attachment and support: what counts, what counts the other way round."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openipt.core.scales import Part, Scale, load_scales, scores_of

ECR, MSPSS = load_scales()["ecr_rs"], load_scales()["mspss"]


def second_way(answers):
    """Avoidance and anxiety of ECR-RS, written down apart from the data file."""
    one, two, three, four, five, six, seven, eight, nine = answers
    avoidance = (8 - one + 8 - two + 8 - three + 8 - four + five + six) / 6
    return {
        "avoidance": round(avoidance, 2),
        "anxiety": round((seven + eight + nine) / 3, 2),
    }


@pytest.mark.parametrize(
    ("answers", "avoidance", "anxiety"),
    [
        ([7, 7, 7, 7, 1, 1, 1, 1, 1], 1, 1),
        ([1, 1, 1, 1, 7, 7, 7, 7, 7], 7, 7),
        ([4] * 9, 4, 4),
        ([6, 5, 7, 6, 2, 3, 5, 2, 3], 2.17, 3.33),
    ],
)
def test_closeness_to_one_person_is_added_up(answers, avoidance, anxiety):
    assert scores_of(ECR, answers) == {"avoidance": avoidance, "anxiety": anxiety}


@given(st.lists(st.integers(1, 7), min_size=9, max_size=9))
def test_a_second_way_agrees(answers):
    assert scores_of(ECR, answers) == second_way(answers)


def test_support_has_three_parts_of_four_and_all_together():
    answers = [7, 7, 1, 1, 7, 3, 3, 1, 3, 7, 1, 3]
    assert scores_of(MSPSS, answers) == {
        "special_person": 7, "family": 1, "friends": 3, "all": 3.67,
    }  # fmt: skip
    assert sorted(item for part in MSPSS.parts[:3] for item in part.items) == list(
        range(1, 13)
    )


def test_a_part_with_an_answer_missing_has_no_mean():
    answers = [None, 7, 7, 7, 1, 1, 2, 2, 2]
    assert scores_of(ECR, answers) == {"avoidance": None, "anxiety": 2}


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([4] * 8, "ecr_rs has 9 items, not 8"),
        ([4] * 8 + [8], "item 9 runs from 1 to 7, not 8"),
        ([0] + [4] * 8, "item 1 runs from 1 to 7, not 0"),
    ],
)
def test_what_cannot_be_is_refused(answers, said):
    with pytest.raises(ValueError, match=said):
        scores_of(ECR, answers)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (Part(key="a", label="A", items=(1, 9)), "items beyond 1 to 3"),
        (Part(key="a", label="A", items=(1,), reversed=(2,)), "reverses items"),
    ],
)
def test_a_scale_that_does_not_hold_together_is_refused(part, said):
    with pytest.raises(ValueError, match=said):
        Scale(
            id="x", version="1", name="X", summary="X", items=3, lowest=1, highest=7,
            about="everybody", source="X", parts=(part,),
        )  # fmt: skip


def test_choosing_a_variant_never_reads_a_scale():
    """M10: attachment predicted opposite outcomes in different trials."""
    code = (
        "import pkgutil, importlib, sys, openipt.core.protocols as protocols\n"
        "for m in pkgutil.walk_packages(protocols.__path__, 'openipt.core.protocols.'):\n"
        "    importlib.import_module(m.name)\n"
        "assert not [m for m in sys.modules if 'core.scales' in m]\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd="src")
