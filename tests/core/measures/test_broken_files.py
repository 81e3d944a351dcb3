"""A broken measure names file, key and reason."""

import tomllib
from copy import deepcopy
from importlib.resources import files

import pytest

from openipt.core.data_files import Table
from openipt.core.errors import DataProblem
from openipt.core.measures import Threshold, build_measure

CONTENT = files("openipt.core.measures.data").joinpath("phq9.toml").read_text("utf-8")
GOOD = tomllib.loads(CONTENT)


def broken(change):
    values = deepcopy(GOOD)
    change(values)
    with pytest.raises(DataProblem) as problem:
        build_measure(Table("own/mine.toml", values))
    return str(problem.value)


def setting(*path, to):
    def change(values):
        *way, last = path
        for step in way:
            values = values[step]
        values[last] = to

    return change


def removing(*path):
    def change(values):
        *way, last = path
        for step in way:
            values = values[step]
        del values[last]

    return change


def test_the_file_itself_is_good():
    assert build_measure(Table("own/mine.toml", deepcopy(GOOD))).id == "phq9"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (removing("version"), "version: is missing; it must be a text"),
        (setting("verison", to="1"), "verison: unknown key; known here: "),
        (setting("version", to="one"), "version must be numbers with points between"),
        (setting("version", to=2026.1), "version: must be a text, not 2026.1"),
        (setting("citation", to=" "), "citation: must not be empty"),
        (setting("id", to="PHQ-9"), "id must be small letters and digits"),
        (setting("recall_days", to=0), "recall_days: must be from 1 to 366, not 0"),
        (
            setting("recall_days", to=True),
            "recall_days: must be a whole number, not True",
        ),
        (setting("higher_is_better", to=0), "higher_is_better: must be true or false"),
        (setting("title", to="PHQ"), "title: must be a table, not 'PHQ'"),
        (setting("title", to={}), "title: must have at least one entry"),
        (setting("title", "en", to=1), "title.en: must be a text, not 1"),
        (setting("items", to=[]), "items: must not be empty"),
        (setting("items", to=[1]), "items[1]: 1 is not right here"),
        (setting("items", 2, "number", to=4), "items must be numbered 1 to 9"),
        (
            setting("items", 2, "options", to="x"),
            "items[3].options: must be one of frequ",
        ),
        (setting("items", 2, "colour", to="x"), "items[3].colour: unknown key"),
        (setting("bands", 1, "first", to=6), "mild starts at 6, but minimal ends at 4"),
        (setting("bands", 1, "first", to=10), "band mild runs from 10 to 9"),
        (
            setting("bands", 4, "last", to=26),
            "cover 0 to 26, but totals run from 0 to 27",
        ),
        (
            setting("bands", 0, "label", to={"de": "x"}),
            "band minimal is in de, but the",
        ),
        (
            setting("missing", "allowed", to=9),
            "missing.allowed must leave at least one",
        ),
        (setting("missing", "source", to="x"), "source 'x' is not among the sources"),
        (removing("missing", "verified"), "missing.verified: is missing"),
        (setting("cutoffs", 0, "comparison", to="="), "must be one of >=, >, <=, <"),
        (setting("cutoffs", 0, "z", to="1"), "cutoffs[1].z: must be a number"),
        (setting("risk", 0, "item", to=10), "risk: there is no item 10"),
        (removing("risk", 0, "item"), "risk[1]: risk rule answer with item None"),
        (setting("risk", 3, "item", to=1), "risk[4]: risk rule total_rise with item 1"),
        (
            setting("risk", 0, "level", to="green"),
            "risk[1].level: must be one of amber",
        ),
        (
            setting("examples", 0, "answers", to="a b"),
            "examples[1].answers: invalid lit",
        ),
        (
            setting("option_sets", "frequency", 1, "code", to=0),
            "item 1 needs at least two options with codes of their own",
        ),
        (
            setting("option_sets", "difficulty", 1, "code", to=0),
            "extra difficulty needs at least two options",
        ),
    ],
)
def test_a_mistake_is_named_by_file_key_and_reason(change, said):
    message = broken(change)

    assert message.startswith("own/mine.toml: ")
    assert said in message


def test_numbers_behind_a_threshold_are_kept():
    values = deepcopy(GOOD)
    values["reliable_change"] |= {"z": 1.96, "sd": 5, "reliability": 0.84}

    limit = build_measure(Table("own/mine.toml", values)).reliable_change

    assert (limit.z, limit.sd, limit.reliability) == (1.96, 5.0, 0.84)


@pytest.mark.parametrize(
    ("comparison", "expected"),
    [
        (">=", [False, True, True]),
        (">", [False, False, True]),
        ("<=", [True, True, False]),
        ("<", [True, False, False]),
    ],
)
def test_a_comparison_means_what_it_says(comparison, expected):
    limit = Threshold(
        key="x", value=5, comparison=comparison, source="x", verified=True
    )

    assert [limit.holds(number) for number in (4, 5, 6)] == expected
