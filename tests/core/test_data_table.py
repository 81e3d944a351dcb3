"""Reading one table strictly."""

from datetime import time

import pytest

from openipt.core.data_files import parse
from openipt.core.errors import DataProblem

FILE = b"""
text = "a"
number = 3
decimal = 1.5
whole = 2
flag = true
when = 09:30:00
texts = ["a", "b"]
numbers = [1, 2]
words = { en = "one", de = "eins" }
[[rows]]
key = "x"
"""


@pytest.fixture
def table():
    return parse("f.toml", FILE)


def test_every_kind_of_value_is_read(table):
    assert table.text("text") == "a"
    assert table.number("number") == 3
    assert table.decimal_or_none("decimal") == 1.5
    assert table.decimal_or_none("whole") == 2.0
    assert table.flag("flag") is True
    assert table.time_of_day("when") == time(9, 30)
    assert table.texts("texts") == ("a", "b")
    assert table.numbers("numbers") == (1, 2)
    assert table.texts_by_key("words") == (("en", "one"), ("de", "eins"))
    assert [row.text("key") for row in table.tables("rows")] == ["x"]
    table.done()


def test_an_absent_key_is_empty_where_it_may_be(table):
    assert table.text_or_empty("no") == ""
    assert table.number_or_none("no") is None
    assert table.decimal_or_none("no") is None
    assert table.flag_or_false("no") is False
    assert table.tables_or_none("no") == ()
    assert "no" not in table
    assert "text" in list(table)


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (lambda t: t.text("no"), "f.toml: no: is missing; it must be a text"),
        (lambda t: t.text("number"), "f.toml: number: must be a text, not 3"),
        (
            lambda t: t.choice("text", ("b", "c")),
            "f.toml: text: must be one of b, c, not 'a'",
        ),
        (
            lambda t: t.number("number", least=4, most=9),
            "f.toml: number: must be from 4 to 9, not 3",
        ),
        (
            lambda t: t.number("number", most=2),
            "f.toml: number: must be from 0 to 2, not 3",
        ),
        (
            lambda t: t.time_of_day("text"),
            "f.toml: text: must be a time of day such as 09:30:00, not 'a'",
        ),
        (
            lambda t: t.numbers("texts"),
            "f.toml: texts[1]: 'a' is not right here; texts is a list of whole numbers",
        ),
        (
            lambda t: t.tables("rows")[0].text("no"),
            "f.toml: rows[1].no: is missing; it must be a text",
        ),
        (
            lambda t: t.table("words").number("en"),
            "f.toml: words.en: must be a whole number, not 'one'",
        ),
    ],
)
def test_a_problem_names_file_key_and_reason(table, read, said):
    with pytest.raises(DataProblem) as problem:
        read(table)

    assert str(problem.value) == said


def test_every_text_is_gone_through_with_its_path(table):
    assert list(table.written()) == [
        ("text", "a"),
        ("texts[1]", "a"),
        ("texts[2]", "b"),
        ("words.en", "one"),
        ("words.de", "eins"),
        ("rows[1].key", "x"),
    ]


def test_a_number_may_be_its_bounds(table):
    assert table.number("number", least=3, most=3) == 3


def test_a_key_that_nobody_read_is_named(table):
    table.text("text")

    with pytest.raises(
        DataProblem, match=r"f\.toml: number: unknown key; known here: t"
    ):
        table.done()


def test_a_long_value_is_cut_in_the_message():
    table = parse("f.toml", b'x = "' + b"a" * 500 + b'"')

    with pytest.raises(DataProblem) as problem:
        table.number("x")

    assert len(str(problem.value)) < 120


def test_a_refusing_type_becomes_a_data_problem(table):
    with (
        pytest.raises(DataProblem, match=r"^f\.toml: text: too short$"),
        table.checking("text"),
    ):
        raise ValueError("too short")
