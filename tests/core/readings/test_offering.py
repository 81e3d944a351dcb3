"""When a reading is offered: a table over phases, areas, families and stages."""

import pytest

from openipt.core.protocols import load_variants
from openipt.core.readings import (
    AT_ONCE,
    Whereabouts,
    kind_of_phase,
    load_readings,
    offered,
)

READINGS = load_readings()
ALL = len(READINGS)


def at(variant, phase, *areas):
    found = load_variants()[variant]
    return Whereabouts(variant=found, phase=found.phase(phase), areas=areas)


def ids(where, *, read=(), most=ALL):
    offers = offered(READINGS.values(), where, read=set(read), most=most)
    return [offer.reading.id for offer in offers]


BEGIN = [
    "what_ipt_is", "first_sessions", "recovery_role", "mood_and_people", "closeness",
    "your_therapists_part", "medicine",
]  # fmt: skip
MIDDLE = [
    "mood_and_people", "asking_for_help", "talking", "your_therapists_part", "medicine",
    "when_it_does_not_help",
]  # fmt: skip
COLUMBIA, IOWA = "ipt_individual_columbia", "ipt_individual_iowa"


@pytest.mark.parametrize(
    ("variant", "phase", "areas", "expected"),
    [
        (COLUMBIA, "initial", [], BEGIN),
        (COLUMBIA, "middle", [], MIDDLE),
        (COLUMBIA, "ending", [], ["endings", "staying_well"]),
        (IOWA, "conclusion", [], ["endings", "staying_well"]),
        ("ipt_est", "evaluation", [], BEGIN),
        ("ipt_est", "triage", [], ["endings", "staying_well"]),
        (COLUMBIA, "initial", ["grief"], ["losing_somebody", *BEGIN]),
        (COLUMBIA, "middle", ["grief"], ["losing_somebody", *MIDDLE]),
        (COLUMBIA, "ending", ["grief"], ["losing_somebody", "endings", "staying_well"]),
        (COLUMBIA, "middle", ["role_transition"], ["change_in_life", *MIDDLE]),
        (
            COLUMBIA, "middle", ["role_dispute"],
            ["talking", "conflict", *(one for one in MIDDLE if one != "talking")],
        ),
        (
            COLUMBIA, "middle", ["deficits"],
            [
                "closeness", "asking_for_help", "often_alone",
                *(one for one in MIDDLE if one != "asking_for_help"),
            ],
        ),
        (
            COLUMBIA, "middle", ["grief", "role_transition"],
            ["losing_somebody", "change_in_life", *MIDDLE],
        ),
        ("ipt_perinatal", "initial", [], ["hard_pregnancy", *BEGIN]),
        ("ipt_perinatal", "middle", [], MIDDLE),
        ("ipt_perinatal", "middle", ["complicated_pregnancy"], ["hard_pregnancy", *MIDDLE]),
        ("ipt_maintenance", "maintenance", [], [*MIDDLE, "staying_well"]),
    ],
)  # fmt: skip
def test_what_fits(variant, phase, areas, expected):
    assert ids(at(variant, phase, *areas)) == expected


def test_three_at_once_and_what_was_read_comes_last():
    where = at(COLUMBIA, "initial")

    assert ids(where, most=AT_ONCE) == BEGIN[:3]
    assert ids(where, read=BEGIN[:2], most=AT_ONCE) == BEGIN[2:5]
    assert ids(where, read=BEGIN[:2]) == [*BEGIN[2:], *BEGIN[:2]]
    assert ids(where, read=BEGIN, most=AT_ONCE) == BEGIN[:3]


def test_the_reason_is_that_of_the_narrowest_rule():
    offers = offered(
        READINGS.values(), at(COLUMBIA, "middle", "role_dispute"), read={"talking"},
        most=ALL,
    )  # fmt: skip
    reasons = {offer.reading.id: offer for offer in offers}

    assert reasons["talking"].because == "because you work on a conflict with somebody"
    assert reasons["talking"].is_read
    assert not reasons["conflict"].is_read


@pytest.mark.parametrize(
    "variant", load_variants().values(), ids=load_variants().keys()
)
def test_every_phase_of_every_variant_offers_something(variant):
    kinds = [kind_of_phase(variant, phase) for phase in variant.phases]

    assert kinds[0] == "initial"
    assert kinds[-1] == "ending"
    assert set(kinds[1:-1]) <= {"middle"}
    for phase in variant.phases:
        assert ids(Whereabouts(variant=variant, phase=phase))
