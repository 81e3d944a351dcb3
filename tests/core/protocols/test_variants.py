"""The lineages that ship, their phases and what stays off the screens."""

import pytest

from openipt.core.errors import DataProblem, Invalid
from openipt.core.measures import load_measures
from openipt.core.protocols import (
    Lineage,
    find_variant,
    load_variants,
    phase_at,
    phase_sessions,
    sourced_parts,
)
from openipt.core.protocols.rules import check_phases

VARIANTS = load_variants()
COLUMBIA = VARIANTS["ipt_individual_columbia"]
UK = VARIANTS["ipt_individual_uk"]
IOWA = VARIANTS["ipt_individual_iowa"]


def test_three_lineages_of_individual_ipt_ship():
    assert {COLUMBIA.lineage, UK.lineage, IOWA.lineage} == {
        Lineage.COLUMBIA,
        Lineage.UK,
        Lineage.IOWA,
    }
    assert {variant.version for variant in (COLUMBIA, UK, IOWA)} == {"2026.1"}


@pytest.mark.parametrize(
    ("variant", "sessions"),
    [(COLUMBIA, (12, 16)), (UK, (16, 16)), (IOWA, (6, 17))],
    ids=lambda v: getattr(v, "id", None),
)
def test_a_lineage_has_its_own_range(variant, sessions):
    assert (variant.sessions.least, variant.sessions.most) == sessions
    assert (variant.minutes.least, variant.minutes.most) == (45, 60)


def spans(variant, total):
    return [(s.phase.key, s.first, s.last) for s in phase_sessions(variant, total)]


@pytest.mark.parametrize(
    ("variant", "total", "expected"),
    [
        (COLUMBIA, 12, [("initial", 1, 3), ("middle", 4, 9), ("ending", 10, 12)]),
        (COLUMBIA, 16, [("initial", 1, 3), ("middle", 4, 13), ("ending", 14, 16)]),
        (UK, 16, [("initial", 1, 4), ("middle", 5, 12), ("ending", 13, 16)]),
        (UK, 12, [("initial", 1, 4), ("middle", 5, 8), ("ending", 9, 12)]),
        (IOWA, 16, [("initial", 1, 3), ("middle", 4, 14), ("conclusion", 15, 16)]),
        (IOWA, 6, [("initial", 1, 3), ("middle", 4, 4), ("conclusion", 5, 6)]),
    ],
)
def test_the_middle_takes_what_beginning_and_end_leave(variant, total, expected):
    assert spans(variant, total) == expected


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=lambda v: v.id)
def test_phases_cover_every_session_once(variant):
    window = variant.window or variant.sessions

    for total in range(window.least, window.most + 1):
        covered = [
            number
            for _, first, last in spans(variant, total)
            for number in range(first, last + 1)
        ]
        assert covered == list(range(1, total + 1))
        assert check_phases(variant, total) is None


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (-1, "initial"),
        (0, "initial"),
        (1, "initial"),
        (3, "initial"),
        (4, "middle"),
        (13, "middle"),
        (14, "ending"),
        (16, "ending"),
        (17, "ending"),
    ],
)
def test_phase_at_changes_at_its_borders(number, key):
    assert phase_at(COLUMBIA, number, 16).key == key


def test_too_few_sessions_for_the_phases_are_refused():
    with pytest.raises(Invalid, match="6 sessions are too few"):
        phase_at(COLUMBIA, 1, 6)


def test_iowa_has_three_areas_and_concludes():
    assert [area.key for area in IOWA.shown_areas] == [
        "role_dispute",
        "role_transition",
        "grief",
    ]
    assert IOWA.phases[-1].name == "Conclusion"


@pytest.mark.parametrize("variant", [COLUMBIA, UK], ids=lambda v: v.id)
def test_the_others_have_four_areas(variant):
    assert [area.key for area in variant.shown_areas] == [
        "grief",
        "role_dispute",
        "role_transition",
        "deficits",
    ]


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=lambda v: v.id)
def test_measures_that_a_variant_asks_for_exist(variant):
    assert variant.measures[0].measure == "phq9"
    assert variant.measures[0].verified
    assert {s.measure for s in variant.measures} <= set(load_measures())


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=lambda v: v.id)
def test_only_what_was_read_is_shown(variant):
    shown = [
        *variant.shown_statements,
        *variant.shown_areas,
        *(task for phase in variant.phases for task in phase.shown_tasks),
    ]

    assert shown
    assert all(one.verified for one in shown)
    for one in sourced_parts(variant):
        if one.verified:
            assert "not read" not in variant.source(one.source).title
            assert "a copy" not in variant.source(one.source).title
            assert variant.source(one.source).vouches


def test_a_statement_that_nobody_read_is_kept_but_not_shown():
    kept = {told.key for told in COLUMBIA.statements}
    shown = {told.key for told in COLUMBIA.shown_statements}

    assert "grief_means_death" in kept - shown


def test_things_are_found_by_key_or_refused():
    assert COLUMBIA.phase("middle").name == "Middle phase"
    with pytest.raises(LookupError):
        COLUMBIA.phase("conclusion")
    with pytest.raises(LookupError):
        COLUMBIA.source("nobody")


def test_a_version_that_is_gone_is_named():
    assert find_variant("ipt_individual_uk", "2026.1") == UK
    with pytest.raises(
        DataProblem, match="protocol ipt_individual_uk 1 is not install"
    ):
        find_variant("ipt_individual_uk", "1")
