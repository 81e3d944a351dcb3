"""Every rule of the series P, T and R is broken by one example and kept by another.

A rule that is added to the data without examples fails here, and so does one that is lost.
"""

import ast
from pathlib import Path

import pytest

from openipt.core.protocols import rules
from openipt.core.protocols.rules import Finding, load_rules

from .rule_examples import EXAMPLES

SERIES = {"P": 20, "T": 5, "R": 4}
"""How many rules each series has."""

PACKAGE = Path("src/openipt")
HOME = PACKAGE / "core" / "protocols" / "rules"

NO_PAGE = {"check_conversation", "check_options", "check_try_out", "session_line"}
"""Asked by nobody. Pages for a conversation, for options and for a role play (T01-T03) do not
exist; which session it is (P15) stands on pages in words of their own."""


def found_by(ask):
    answer = ask()
    if answer is None:
        return ()
    return (answer,) if isinstance(answer, Finding) else tuple(answer)


def in_series():
    return {key: rule for key, rule in load_rules().items() if rule.id[0] in SERIES}


def test_every_rule_has_its_examples():
    assert set(EXAMPLES) == set(in_series())


def test_every_number_of_a_series_has_a_rule():
    wanted = {
        f"{name}{number:02}"
        for name, most in SERIES.items()
        for number in range(1, most + 1)
    }

    assert {load_rules()[key].id for key in EXAMPLES} == wanted


@pytest.mark.parametrize("key", EXAMPLES)
def test_a_rule_is_broken_by_its_example_and_says_so_with_its_source(key):
    rule = load_rules()[key]

    (finding,) = (one for one in found_by(EXAMPLES[key].breaks) if one.key == key)

    assert (finding.rule, finding.severity) == (rule.id, rule.severity)
    assert finding.source
    said = str(finding.sentence)
    assert not set(said) & set("{}")
    assert said.endswith(".")


@pytest.mark.parametrize("key", EXAMPLES)
def test_a_rule_is_kept_by_its_example(key):
    keeps = EXAMPLES[key].keeps
    if keeps is None:
        assert load_rules()[key].severity == "information"
        return

    assert key not in {one.key for one in found_by(keeps)}


@pytest.mark.parametrize("key", EXAMPLES)
def test_a_warning_asks_for_something(key):
    """What goes on all the same says what to write or to do; an error says what is wrong."""
    rule = load_rules()[key]
    if rule.severity != "warning":
        return

    asked = rule.template.lower()
    assert any(
        word in asked
        for word in ("please", "write down", "say ", "still need", "look at", "speak",
                     "talk", "missing", "choose", "note one", "agree")
    )  # fmt: skip


def test_every_rule_is_asked_by_the_product():
    """A rule that nobody asks keeps nothing; what is left over is known and named."""
    asked = {
        node.id
        for path in PACKAGE.rglob("*.py")
        if HOME not in path.parents
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name)
    }
    questions = {
        name
        for name in rules.__all__
        if name.startswith("check_") or name == "session_line"
    }

    assert questions - asked == NO_PAGE
