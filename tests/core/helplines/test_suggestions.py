"""Suggested numbers, pinned by hand, so that no slip of a digit goes unnoticed.

The lists here are a second copy, typed apart from the data file on purpose.
"""

from dataclasses import replace

import pytest

from openipt.core.data_files import parse
from openipt.core.errors import DataProblem
from openipt.core.helplines import (
    Suggestion,
    digits_of,
    retired_number,
    retired_numbers,
    suggestions,
)
from openipt.core.helplines.loading import read

NUMBERS = {
    "AU": {"131114", "1300659467"},
    "CA": {"988"},
    "DE": {"08001110111"},
    "ES": {"024"},
    "FR": {"3114"},
    "GB": {"116123"},
    "IN": {"14416", "18008914416"},
    "KR": {"109"},
    "LV": {"116123"},
    "NL": {"113", "08000113"},
    "NZ": {"1737", "0508828865"},
    "PT": {"1411"},
    "US": {"988"},
    "ZA": {"0800567567"},
}
EVERYTHING = [line for country in NUMBERS for line in suggestions(country)]


def fault(line: Suggestion) -> str:
    """Return what is wrong with a line as it would ship, or ""."""
    if digits_of(line.number) not in NUMBERS.get(line.country, set()):
        return "not a number of this country"
    return ""


def test_every_country_has_exactly_the_numbers_that_were_read_in_a_source():
    shipped = {
        country: {digits_of(line.number) for line in suggestions(country)}
        for country in NUMBERS
    }

    assert shipped == NUMBERS
    assert all(line.source for line in EVERYTHING)


def test_no_country_beyond_these_is_suggested():
    from openipt.core.helplines.loading import _all

    lines, _retired = _all()

    assert {line.country for line in lines} == set(NUMBERS)


@pytest.mark.parametrize(
    "line", EVERYTHING, ids=lambda line: line.country + line.number
)
def test_a_retired_or_foreign_number_in_any_row_is_found(line):
    assert fault(line) == ""
    mutants = [old.number for old in retired_numbers()]
    mutants += [
        foreign.number
        for foreign in EVERYTHING
        if digits_of(foreign.number) not in NUMBERS[line.country]
    ]
    survivors = [
        number for number in mutants if not fault(replace(line, number=number))
    ]

    assert mutants
    assert not survivors


def test_emergency_numbers_are_never_suggested():
    # Nobody has confirmed them; the administrator types the one of the country.
    emergency = {"112", "911", "999", "000", "111", "119", "995"}

    assert not emergency & {digits_of(line.number) for line in EVERYTHING}


def test_a_country_without_a_verified_line_gets_no_suggestion():
    assert suggestions("NO") == ()
    assert suggestions("XX") == ()


def test_a_retired_number_is_known_however_it_is_written():
    for old in retired_numbers():
        spaced = " ".join(digits_of(old.number))
        found = retired_number(spaced, old.country)
        assert found is not None
        assert found.instead == old.instead
        assert retired_number(old.number, "XX") is None


def test_what_replaced_a_number_is_itself_suggested():
    for old in retired_numbers():
        assert digits_of(old.instead) in NUMBERS[old.country]


GOOD = """
version = "2026.1"
[[lines]]
country = "FR"
name = "Line"
number = "3114"
source = "somewhere"
[[retired]]
country = "FR"
number = "99 88 77"
instead = "3114"
source = "somewhere"
"""


def test_a_good_file_is_read():
    lines, old = read(parse("test.toml", GOOD.encode()))

    assert [(line.number, line.hours, line.note) for line in lines] == [
        ("3114", "", "")
    ]
    assert [entry.number for entry in old] == ["99 88 77"]


@pytest.mark.parametrize(
    ("there", "instead", "said"),
    [
        ('version = "2026.1"', "", "version"),
        ('number = "3114"', 'number = "call me"', "not a number one can dial"),
        ('country = "FR"', 'country = "France"', "two capital letters"),
        ('name = "Line"', 'name = ""', "must not be empty"),
        ('name = "Line"', 'nam = "Line"', "name"),
        ('name = "Line"', 'name = "Line"\nprice = "0"', "unknown key"),
        ('number = "3114"', 'number = "998877"', "listed as retired"),
        ('source = "somewhere"\n[[retired]]', "[[retired]]", "source"),
        ('instead = "3114"', 'instead = ""', "must not be empty"),
    ],
)
def test_a_broken_file_says_which_key_and_why(there, instead, said):
    with pytest.raises(DataProblem, match=said) as problem:
        read(parse("test.toml", GOOD.replace(there, instead, 1).encode()))

    assert str(problem.value).startswith("test.toml")
