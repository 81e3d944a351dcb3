"""Pages of the journal: what is kept, what is wrong, and the line that stands for them."""

import tomllib
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openipt.core.data_files import Table, parse
from openipt.core.errors import DataProblem
from openipt.core.practice import build_kind, clean, find_kind, load_kinds, summary

FILE = """
id = "week"
version = "1"
title = "A week"
summary_list = "moments"
summary_field = "what_happened"
[[fields]]
key = "how_was_week"
type = "text"
label = "How was your week?"
most = 2000
[[fields]]
key = "moments"
type = "list"
label = "Hard moments"
least = 2
most = 4
[[fields.fields]]
key = "what_happened"
type = "text"
label = "What happened?"
required = true
most = 2000
[[fields.fields]]
key = "with_whom"
type = "text"
label = "Who was it with?"
most = 120
[[fields.fields]]
key = "did"
type = "choice"
label = "What did you do?"
[[fields.fields.choices]]
value = "kept_in"
label = "I kept it in"
[[fields.fields.choices]]
value = "said_it"
label = "I said it"
[[summary]]
language = "en"
one = "One hard moment: {first}"
many = "{count} hard moments, the first: {first}"
"""
WEEK = build_kind(parse("week.toml", FILE.encode()))
OVERVIEW = load_kinds()["weekly_overview"]


def page(*moments, **more):
    return {"moments": list(moments), **more}


def moment(**more):
    return {"what_happened": "Tomas cancelled our weekend.", **more}


def problems(payload):
    return {p.field: str(p.sentence) for p in clean(WEEK, payload).problems}


def test_a_page_is_kept_as_it_was_typed():
    cleaned = clean(
        WEEK,
        page(moment(with_whom="Tomas", did="kept_in"), moment(), how_was_week="Hard"),
    )

    assert cleaned.is_valid
    assert cleaned.content["how_was_week"] == "Hard"
    assert cleaned.content["moments"][0] == {
        "what_happened": "Tomas cancelled our weekend.",
        "with_whom": "Tomas",
        "did": "kept_in",
    }


def test_entries_in_which_nothing_was_typed_are_dropped():
    cleaned = clean(
        WEEK, page(moment(), {}, {"did": None, "with_whom": "  "}, moment())
    )

    assert cleaned.is_valid
    assert len(cleaned.content["moments"]) == 2


@pytest.mark.parametrize("count", [2, 4])
def test_a_list_may_have_as_many_entries_as_its_bounds(count):
    cleaned = clean(WEEK, page(*[moment()] * count))

    assert cleaned.is_valid
    assert len(cleaned.content["moments"]) == count


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "Please give at least 2 of these; there are 1."),
        (5, "There are 5 of these; the most is 4."),
    ],
)
def test_too_few_or_too_many_are_told_and_kept(count, said):
    cleaned = clean(WEEK, page(*[moment()] * count))

    assert len(cleaned.content["moments"]) == count
    assert problems(page(*[moment()] * count)) == {"moments": said}


@pytest.mark.parametrize(("key", "most"), [("what_happened", 2000), ("with_whom", 120)])
def test_a_text_may_be_as_long_as_its_bound_and_no_longer(key, most):
    assert problems(page(moment(**{key: "a" * most}), moment())) == {}
    assert problems(page(moment(**{key: "a" * (most + 1)}), moment())) == {
        f"moments.0.{key}": f"This has {most + 1} characters; the most is {most}."
    }


def test_a_text_that_is_too_long_is_kept_whole():
    cleaned = clean(WEEK, page(moment(with_whom="a" * 500)))

    assert len(cleaned.content["moments"][0]["with_whom"]) == 500


@pytest.mark.parametrize(
    ("payload", "field", "said"),
    [
        ({}, "moments", "Please give at least 2"),
        ({"moments": None}, "moments", "Please give at least 2"),
        ({"moments": "x"}, "moments", "This must be a list."),
        ({"moments": ["x"]}, "moments.0", "This must be a set of fields."),
        (page({"did": "said_it"}), "moments.0.what_happened", "Please fill this in."),
        (page(moment(did="shouted")), "moments.0.did", "Please choose one of"),
        (page(moment(with_whom=3)), "moments.0.with_whom", "This must be text."),
        (page(moment(), {"with_whom": 3}), "moments.1.with_whom", "This must be text."),
        (page(moment(colour="red")), "moments.0.colour", "This field is not known"),
        (page(moment(), mood=3), "mood", "This field is not known here."),
    ],
)
def test_a_problem_names_its_field(payload, field, said):
    assert problems(payload)[field].startswith(said)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  a\r\nb\rc  ", "a\nb\nc"),
        ("a\x00b\x07c", "abc"),
        ("a\ud800b", "ab"),
        ("e\ud800\u0301", "é"),
        ("e\u0301", "é"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("\u202eabc", "\u202eabc"),
        (
            "\N{WOMAN}\u200d\N{PERSONAL COMPUTER}",
            "\N{WOMAN}\u200d\N{PERSONAL COMPUTER}",
        ),
    ],
)
def test_text_is_made_safe_to_keep_and_not_changed_otherwise(typed, kept):
    (entry,) = clean(WEEK, page(moment(with_whom=typed))).content["moments"]

    assert entry["with_whom"] == kept


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["moments", "what_happened", "did", "x"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["moments", "how_was_week", "y"]), ANYTHING))
def test_anything_is_cleaned_without_falling_over_and_cleaning_twice_is_once(payload):
    cleaned = clean(WEEK, payload)

    assert set(cleaned.content) == {field.key for field in WEEK.fields}
    if cleaned.is_valid:
        assert clean(WEEK, cleaned.content) == cleaned
        assert "\n" not in summary(WEEK, cleaned.content)


def test_a_summary_counts_and_quotes_the_first():
    one = clean(WEEK, page(moment())).content
    two = clean(WEEK, page(moment(), moment(what_happened="Another"))).content

    assert summary(WEEK, one) == "One hard moment: Tomas cancelled our weekend."
    assert summary(WEEK, two, "en-gb") == (
        "2 hard moments, the first: Tomas cancelled our weekend."
    )
    assert summary(WEEK, one, "de") == summary(WEEK, one, "en")


def test_a_summary_is_one_short_line_and_empty_without_entries():
    long = clean(WEEK, page(moment(what_happened="so many words\n" * 50))).content

    assert summary(WEEK, {}) == ""
    assert summary(WEEK, {"moments": []}) == ""
    assert len(summary(WEEK, long)) <= 110
    assert summary(WEEK, long).endswith("…")


def test_braces_in_a_text_are_only_text():
    content = clean(WEEK, page(moment(what_happened="{count} {x}"))).content

    assert summary(WEEK, content) == "One hard moment: {count} {x}"


def test_a_version_that_is_gone_is_named():
    assert find_kind("weekly_overview", OVERVIEW.version) is OVERVIEW
    with pytest.raises(DataProblem, match="kind weekly_overview 1 is not installed"):
        find_kind("weekly_overview", "1")


def setting(*path, to):
    def change(values):
        *way, last = path
        for step in way:
            values = values[step]
        values[last] = to

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            setting("fields", 0, "type", to="number"),
            "type: must be one of text, choice",
        ),
        (setting("fields", 0, "most", to=0), "how_was_week: from 0 to 0"),
        (setting("fields", 1, "least", to=5), "moments: from 5 to 4"),
        (setting("fields", 0, "type", to="choice"), "choices belong to a choice"),
        (setting("fields", 0, "type", to="list"), "fields belong to a list"),
        (setting("summary_list", to="x"), "week has no field 'x'"),
        (setting("summary_field", to="x"), "moments has no field 'x'"),
        (setting("summary", 0, "one", to="{who}"), "may hold {count} and {first} only"),
        (setting("colour", to="red"), "colour: unknown key"),
    ],
)
def test_a_broken_kind_is_named_by_file_key_and_reason(change, said):
    values = deepcopy(tomllib.loads(FILE))
    change(values)

    with pytest.raises(DataProblem) as problem:
        build_kind(Table("mine.toml", values))

    assert str(problem.value).startswith("mine.toml: ")
    assert said in str(problem.value)


def test_the_weekly_overview_asks_what_with_whom_what_was_done_and_what_next():
    moments = {field.key: field for field in OVERVIEW.field("moments").fields}

    assert OVERVIEW.field("moments").most == 10
    assert moments["what_happened"].most == 2000
    assert moments["what_happened"].required
    assert moments["with_whom"].most == 120
    assert moments["try_next"].most == 1000
    assert moments["did"].values == (
        "kept_in",
        "said_it",
        "burst_out",
        "something_else",
    )
    assert {"feeling", "handled"} <= set(moments)
