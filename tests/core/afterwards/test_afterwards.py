"""The plan for staying well as it is kept, and what stands behind every statement."""

from datetime import date

import pytest

from openipt.core.afterwards import (
    Contact,
    StayingWell,
    as_content,
    load_facts,
    load_next_steps,
    plan_of,
)
from openipt.core.protocols.rules import check_relapse_plan

WHOLE = StayingWell(
    signs=("Silence", "Waking at four", "No lunch"),
    seen=("Dry plants",),
    helps="Walks",
    contacts=(Contact(name="Sister", how="000"), Contact(name="Practice")),
    risks="Winter",
    steps=("Call",),
    review_on=date(2027, 5, 1),
)


@pytest.mark.parametrize("plan", [WHOLE, StayingWell()])
def test_a_plan_comes_back_as_it_was_kept(plan):
    assert plan_of(as_content(plan)) == plan


def test_a_plan_of_an_older_version_gets_what_it_did_not_know():
    assert plan_of({"signs": ["Silence"], "gone": 1}) == StayingWell(signs=("Silence",))


def test_a_whole_plan_satisfies_the_rule_and_an_empty_one_does_not():
    assert check_relapse_plan(WHOLE.standing) is None
    assert check_relapse_plan(StayingWell().standing) is not None


def test_every_statement_has_a_source_that_vouches_for_it():
    told = [step for step in load_next_steps().values() if step.why]

    assert load_facts()
    assert told
    assert all(fact.source.vouches for fact in load_facts())
    assert all(step.source.vouches for step in told)


def test_no_text_is_taken_for_a_format():
    """Pages fill texts in with `%`: a bare one would break them."""
    texts = [fact.text for fact in load_facts()]
    texts += [
        text for step in load_next_steps().values() for text in (step.label, step.why)
    ]

    assert not any("%" in text for text in texts)
