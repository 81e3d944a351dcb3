"""What a contract may be: each bound at, below and above."""

import pytest

from openipt.core.protocols import load_variants
from openipt.core.protocols.rules import (
    check_contract,
    check_rhythm,
    load_rules,
    weeks_of,
)

VARIANTS = load_variants()
COLUMBIA = VARIANTS["ipt_individual_columbia"]
UK = VARIANTS["ipt_individual_uk"]
IOWA = VARIANTS["ipt_individual_iowa"]


def found(variant, weeks, minutes=50):
    return [
        (finding.rule, finding.severity)
        for finding in check_contract(variant, sessions=weeks, minutes=minutes)
    ]


@pytest.mark.parametrize("variant", [COLUMBIA, UK], ids=lambda v: v.id)
@pytest.mark.parametrize("sessions", [0, 1, 11, 21, 52])
def test_outside_twelve_to_twenty_sessions_is_an_error(variant, sessions):
    assert found(variant, sessions) == [("P01", "error")]


@pytest.mark.parametrize("sessions", [0, 5, 18, 40])
def test_the_iowa_tradition_is_judged_by_its_own_source(sessions):
    (finding,) = check_contract(IOWA, sessions=sessions, minutes=50)

    assert (finding.rule, finding.severity) == ("P01", "error")
    assert "has 6 to 17 sessions" in str(finding.sentence)
    assert finding.source.startswith("Stuart and Robertson")


@pytest.mark.parametrize(
    ("variant", "sessions", "weeks", "warned"),
    [
        (COLUMBIA, 16, 11, True),
        (COLUMBIA, 16, 12, False),
        (COLUMBIA, 16, 20, False),
        (COLUMBIA, 16, 21, True),
        (IOWA, 17, 34, True),
        (IOWA, 6, 6, False),
        (IOWA, 6, 5, True),
        (VARIANTS["ipt_brief"], 8, 8, False),
        (VARIANTS["ipt_brief"], 8, 20, False),
        (VARIANTS["ipt_brief"], 8, 24, True),
        (VARIANTS["ipt_bpd"], 34, 34, False),
        (VARIANTS["ipt_bpd"], 34, 35, True),
        (VARIANTS["ipt_maintenance"], 24, 96, False),
    ],
)
def test_acute_treatment_takes_so_many_weeks_or_has_a_reason(
    variant, sessions, weeks, warned
):
    found = check_contract(
        variant, sessions=sessions, minutes=variant.usual_minutes, weeks=weeks
    )

    assert [(one.key, one.severity) for one in found] == (
        [("course_weeks", "warning")] if warned else []
    )
    for one in found:
        assert f"{weeks} weeks; acute treatment takes 12 to 20" in str(one.sentence)
        assert "Weissman, Markowitz and Klerman" in one.source


@pytest.mark.parametrize(
    ("sessions", "days", "weeks"), [(16, 7, 16), (16, 14, 32), (15, 2, 5), (1, 1, 1)]
)
def test_weeks_are_sessions_in_their_rhythm(sessions, days, weeks):
    assert weeks_of(sessions, days) == weeks


@pytest.mark.parametrize(("days", "warned"), [(1, False), (10, False), (11, True)])
def test_another_rhythm_than_the_variants_has_a_reason(days, warned):
    found = check_rhythm(COLUMBIA, days)

    assert (found is not None) == warned
    assert found is None or (found.rule, found.severity) == ("P04", "warning")


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=lambda v: v.id)
def test_every_variant_takes_its_own_range_and_refuses_what_lies_outside(variant):
    window, minutes = variant.window or variant.sessions, variant.usual_minutes

    for sessions in (window.least - 1, window.most + 1):
        assert found(variant, sessions, minutes)[0] == ("P01", "error")
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
        (IOWA, 6, False),
        (IOWA, 12, False),
        (IOWA, 17, False),
    ],
)
def test_outside_the_lineages_own_range_is_a_warning(variant, weeks, warned):
    assert found(variant, weeks) == ([("P01", "warning")] if warned else [])


@pytest.mark.parametrize(
    ("minutes", "warned"), [(44, True), (45, False), (60, False), (61, True)]
)
def test_outside_forty_five_to_sixty_minutes_is_a_warning(minutes, warned):
    assert found(COLUMBIA, 16, minutes) == ([("P03", "warning")] if warned else [])


def test_both_are_told_the_gravest_first():
    assert found(COLUMBIA, 21, 30) == [("P01", "error"), ("P03", "warning")]


def test_a_finding_says_bound_number_and_source():
    (finding,) = check_contract(COLUMBIA, sessions=11, minutes=50)

    assert str(finding.sentence) == (
        "A course of Individual IPT, Columbia tradition has 12 to 20 sessions; "
        "11 is outside that."
    )
    assert finding.source == COLUMBIA.source(COLUMBIA.window.source).title
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
