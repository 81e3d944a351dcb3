"""What a number looks like, and how long a check of it holds."""

from datetime import date

import pytest

from openipt.core.helplines import (
    Standing,
    digits_of,
    expires_on,
    fault_of_number,
    fault_of_words,
    standing,
)


@pytest.mark.parametrize(
    "number",
    ["112", "13 11 14", "0800-0113", "+49 30 123456", "(011) 5275-1135", "00"],
)
def test_numbers_as_people_write_them_are_accepted(number):
    assert fault_of_number(number) == ""


@pytest.mark.parametrize(
    "number",
    [
        "",
        " 112",
        "112 ",
        "11  2",
        "112\n",
        "1-1--2",
        "one one two",
        "112; call",
        "٠١٢",
        "１１２",
        "1\u202e12",
        "<b>112</b>",
        "tel:112",
        "+",
        "1\x002",
        "0" * 31,
        "0" * 29 + "x",
        "1" * 100_000 + "x",
    ],
)
def test_anything_else_is_not_a_number(number):
    assert fault_of_number(number) == "digits"


def test_a_number_has_from_2_to_15_digits():
    assert fault_of_number("1") == "length"
    assert fault_of_number("12") == ""
    assert fault_of_number("1" * 15) == ""
    assert fault_of_number("1" * 16) == "length"


@pytest.mark.parametrize(
    "words", ["seven lanterns", "blue", "Zwölf-Laternen", "l’étoile"]
)
def test_made_up_numbers_are_words(words):
    assert fault_of_words(words) == ""
    assert fault_of_number(words) == "digits"


@pytest.mark.parametrize(
    "words", ["", "112", "one 2", "two  words", "word ", "x_y", "a" * 61]
)
def test_digits_are_refused_in_a_demonstration(words):
    assert fault_of_words(words) == "words"


def test_digits_of_leaves_out_everything_else():
    assert digits_of("+49 (0)30-1٣2") == "49030" + "12"


def test_a_check_holds_for_twelve_months():
    assert expires_on(date(2026, 11, 22)) == date(2027, 11, 22)
    assert expires_on(date(2028, 2, 29)) == date(2029, 3, 1)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 11, 22), Standing.LIVE),
        (date(2027, 10, 22), Standing.LIVE),
        (date(2027, 10, 23), Standing.EXPIRES_SOON),
        (date(2027, 11, 21), Standing.EXPIRES_SOON),
        (date(2027, 11, 22), Standing.EXPIRED),
        (date(2030, 1, 1), Standing.EXPIRED),
    ],
)
def test_a_number_stands_by_the_days_that_are_left(on, expected):
    assert standing(expires=date(2027, 11, 22), on=on) is expected
    assert expected.is_shown is (expected is not Standing.EXPIRED)


def test_what_nobody_checked_is_not_shown():
    found = standing(expires=None, on=date(2026, 11, 22))

    assert found is Standing.UNCHECKED
    assert not found.is_shown
