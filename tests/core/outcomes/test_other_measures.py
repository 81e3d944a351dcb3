"""Outcomes of measures that are not like the two that ship."""

from dataclasses import replace

from openipt.core.measures import load_measures
from openipt.core.outcomes import below_cutoff, change, is_case, recovered

PHQ9 = load_measures()["phq9"]
WELLBEING = replace(PHQ9, id="wellbeing", higher_is_better=True)
WITHOUT = replace(PHQ9, id="without", cutoffs=())


def test_where_higher_is_better_a_rise_is_better():
    assert change(WELLBEING, 10, 16).kind == "better"
    assert change(WELLBEING, 16, 10).kind == "worse"
    assert change(WELLBEING, 10, 15).kind == "none"


def test_without_a_cutoff_nobody_is_a_case_and_nobody_recovers():
    assert is_case(WITHOUT, 20) is None
    assert below_cutoff(WITHOUT, 20) is None
    assert recovered(WITHOUT, 20, 0) is None
