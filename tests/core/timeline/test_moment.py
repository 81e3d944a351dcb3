"""Times as people remember them: no more exact than they were said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openipt.core.timeline import (
    SEASONS,
    Moment,
    days_in,
    fault_of_words,
    faults_of,
    year_in,
)

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("2019-spring", "2019-03-01", "2019-05-31"),
        ("2019-summer", "2019-06-01", "2019-08-31"),
        ("2019-autumn", "2019-09-01", "2019-11-30"),
        ("2019-winter", "2019-12-01", "2020-02-29"),
        ("2019-02", "2019-02-01", "2019-02-28"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019-12", "2019-12-01", "2019-12-31"),
        ("2019-03-03", "2019-03-03", "2019-03-03"),
    ],
)
def test_a_moment_spans_the_days_it_can_have_been(said, first, last):
    moment = Moment.of(said)

    assert (moment.first.isoformat(), moment.last.isoformat()) == (first, last)
    assert str(moment) == said


@pytest.mark.parametrize(
    "said",
    [
        "", "19", "2019-", "2019-13", "2019-00", "2019-02-30", "2019-3", "2019-03-3",
        "2019-monsoon", "2019-spring-03", "2019-03-00", "1899", "9999", " 2019", "2019\n",
        "spring 2019", "-2019", "２０１９x",
    ],
)  # fmt: skip
def test_what_no_calendar_has_is_refused(said):
    with pytest.raises(ValueError, match=r".+"):
        Moment.of(said)


@pytest.mark.parametrize(
    "parts",
    [
        {"season": "spring", "month": 3},
        {"day": 3},
        {"month": 2, "day": 0},
        {"month": 0},
        {"season": "monsoon"},
    ],
)
def test_parts_that_do_not_fit_together_are_refused(parts):
    with pytest.raises(ValueError, match=r".+"):
        Moment(year=2019, **parts)


def test_what_is_less_exact_comes_before_what_begins_the_same_day():
    said = ["2019-03-01", "2019-03", "2019-spring", "2019", "2018-12-31", "2019-01-01"]

    ordered = sorted((Moment.of(one) for one in said), key=lambda one: one.order)

    assert [str(one) for one in ordered] == [
        "2018-12-31", "2019", "2019-01-01", "2019-spring", "2019-03", "2019-03-01",
    ]  # fmt: skip


@given(
    st.integers(1900, 9998),
    st.one_of(
        st.none(), st.sampled_from(SEASONS), st.tuples(st.integers(1, 12), st.integers(0, 28))
    ),
)  # fmt: skip
def test_what_is_kept_is_read_again(year, part):
    if isinstance(part, tuple):
        moment = Moment(year=year, month=part[0], day=part[1] or None)
    else:
        moment = Moment(year=year, season=part)

    assert Moment.of(str(moment)) == moment
    assert moment.first <= moment.last


@pytest.mark.parametrize(
    ("when", "until", "faults"),
    [
        ("2026", None, {}),
        ("2026-11-22", None, {}),
        ("2026-11-23", None, {"when": "to_come"}),
        ("2026-winter", None, {"when": "to_come"}),
        ("1990", None, {}),
        ("1990-05-16", None, {"when": "before_birth"}),
        ("1989", "1990", {"when": "before_birth"}),
        ("2019-03", "2019", {}),
        ("2019", "2019-03", {}),
        ("2019-03-03", "2019-03-02", {"until": "over_before"}),
        ("2019", "2027", {"until": "to_come"}),
        (None, "2027", {"until": "to_come"}),
        (None, None, {}),
    ],
)
def test_times_that_cannot_be_are_found(when, until, faults):
    found = faults_of(
        Moment.of(when) if when else None,
        Moment.of(until) if until else None,
        today=TODAY,
        born_on=date(1990, 5, 17),
    )

    assert found == faults


def test_without_a_day_of_birth_nothing_is_before_it():
    old = Moment.of("1901")

    assert faults_of(old, None, today=TODAY, born_on=None) == {}


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("spring 2019", 2019),
        ("2011", 2011),
        ("always", None),
        ("", None),
        ("12345", None),
    ],
)
def test_a_year_is_found_in_words(words, year):
    assert year_in(words) == year


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("spring 2019", "2019-01-01", "2019-12-31"),
        ("2019 and 2021", "2019-01-01", "2021-12-31"),
        ("2018-2020", "2018-01-01", "2020-12-31"),
        ("on 24.12.2018", "2018-12-24", "2018-12-24"),
        ("24. 2. 2018", "2018-02-24", "2018-02-24"),
        ("2018-02", "2018-02-01", "2018-02-28"),
        ("2018-12", "2018-12-01", "2018-12-31"),
        ("2018-12-24", "2018-12-24", "2018-12-24"),
        ("٢٠١٩", "2019-01-01", "2019-12-31"),
        ("30.2.2018", "2018-01-01", "2018-12-31"),
        ("2019-20", "2019-01-01", "2019-12-31"),
        ("9999-12", "9999-01-01", "9999-12-31"),
    ],
)
def test_times_are_found_in_words(words, first, last):
    found = days_in(words)

    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "words", ["", "long ago", "0000", "12345", "flat 12b", "31.12."]
)
def test_words_without_a_time_have_none(words):
    assert days_in(words) is None
    assert fault_of_words(words, today=TODAY, born_on=TODAY) is None


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("2026", None),
        ("22.11.2026", None),
        ("23.11.2026", "to_come"),
        ("2026-12", "to_come"),
        ("2019, and again 2027", "to_come"),
        ("1989", "before_birth"),
        ("1990", None),
        ("1990-04", "before_birth"),
        ("1990-05-01", None),
        ("2046", "to_come"),
        ("9999", "no_year"),
        ("1899", "no_year"),
        ("\u06f1\u06f3\u06f9\u06f8", "no_year"),
        ("\u0e1b\u0e35 2562", "no_year"),
        ("since about 1800 hours", "no_year"),
    ],
)
def test_a_time_in_words_lies_between_birth_and_today(words, fault):
    born_on = date(1990, 5, 1)

    assert fault_of_words(words, today=TODAY, born_on=born_on) == fault


@given(st.text(max_size=40))
def test_no_words_break_the_reading_of_times(words):
    fault_of_words(words, today=TODAY, born_on=None)
