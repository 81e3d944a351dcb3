"""What a contract may be: each bound at, below and above."""

import pytest

from openipt.core.protocols import load_variants
from openipt.core.protocols.rules import check_contract, load_rules

VARIANTS = load_variants()
COLUMBIA = VARIANTS["ipt_individual_columbia"]
UK = VARIANTS["ipt_individual_uk"]
IOWA = VARIANTS["ipt_individual_iowa"]


def found(variant, weeks, minutes=50):
    return [
        (finding.rule, finding.severity)
        for finding in check_contract(variant, sessions=weeks, minutes=minutes)
    ]


@pytest.mark.parametrize("variant", [COLUMBIA, UK, IOWA], ids=lambda v: v.id)
@pytest.mark.parametrize("weeks", [0, 1, 11, 21, 52])
def test_outside_twelve_to_twenty_weeks_is_an_error(variant, weeks):
    assert found(variant, weeks) == [("P06", "error")]


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=lambda v: v.id)
def test_every_variant_takes_its_own_range_and_refuses_what_lies_outside(variant):
    window, minutes = variant.window or variant.sessions, variant.usual_minutes

    for sessions in (window.least - 1, window.most + 1):
        assert found(variant, sessions, minutes)[0] == ("P06", "error")
    for sessions in (variant.sessions.least, variant.sessions.most):
        if sessions in window:
            assert found(variant, sessions, minutes) == []


@pytest.mark.parametrize(
    ("variant", "weeks", "warned"),
    [
        (COLUMBIA, 12, False),
        (COLUMBIA, 16, False),
        (COLUMBIA, 17, True),
        (COLUMBIA, 20, True),
        (UK, 12, True),
        (UK, 15, True),
        (UK, 16, False),
        (UK, 17, True),
        (IOWA, 12, False),
        (IOWA, 17, False),
        (IOWA, 18, True),
    ],
)
def test_outside_the_lineages_own_range_is_a_warning(variant, weeks, warned):
    assert found(variant, weeks) == ([("P06", "warning")] if warned else [])


@pytest.mark.parametrize(
    ("minutes", "warned"), [(44, True), (45, False), (60, False), (61, True)]
)
def test_outside_forty_five_to_sixty_minutes_is_a_warning(minutes, warned):
    assert found(COLUMBIA, 16, minutes) == ([("P03", "warning")] if warned else [])


def test_both_are_told_the_gravest_first():
    assert found(COLUMBIA, 21, 30) == [("P06", "error"), ("P03", "warning")]


def test_a_finding_says_bound_number_and_source():
    (finding,) = check_contract(COLUMBIA, sessions=11, minutes=50)

    assert str(finding.sentence) == (
        "A course of Individual IPT, Columbia tradition has 12 to 20 sessions; "
        "11 is outside that."
    )
    assert "Weissman, Markowitz and Klerman" in finding.source
    assert "Kaplan and Sadock" in finding.source


def test_a_range_of_one_number_reads_well():
    (finding,) = check_contract(UK, sessions=12, minutes=50)

    assert "usually has 16 sessions. Please say why it has 12 here." in str(
        finding.sentence
    )
    assert finding.source == UK.source(UK.sessions.source).title


def test_rules_have_ids_and_sources():
    for rule in load_rules().values():
        assert rule.id[0] in "PMGTRSC"
        assert rule.source
