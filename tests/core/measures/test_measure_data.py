"""The two measures that ship, literally: codes, words, thresholds, their marks."""

import pytest

from openipt.core.errors import DataProblem
from openipt.core.measures import (
    NotInThisLanguage,
    find_measure,
    load_measures,
    score,
)

PHQ9 = load_measures()["phq9"]
GAD7 = load_measures()["gad7"]


def test_built_in_measures_are_there_without_an_installation():
    assert set(load_measures()) >= {"phq9", "gad7"}


@pytest.mark.parametrize("measure", load_measures().values(), ids=lambda m: m.id)
def test_every_worked_example_of_a_file_is_right(measure):
    assert measure.examples
    for example in measure.examples:
        scored = score(measure, example.answers)
        assert (scored.total, scored.band or "") == (example.total, example.band)


def test_phq9_loinc_codes():
    assert PHQ9.loinc_panel == "44249-1"
    assert PHQ9.loinc_total == "44261-6"
    assert PHQ9.loinc_answers == "LL358-3"
    assert [item.loinc for item in PHQ9.items] == [
        "44250-9",
        "44255-8",
        "44259-0",
        "44254-1",
        "44251-7",
        "44258-2",
        "44252-5",
        "44253-3",
        "44260-8",
    ]
    assert [(o.code, o.loinc) for o in PHQ9.items[0].options] == [
        (0, "LA6568-5"),
        (1, "LA6569-3"),
        (2, "LA6570-1"),
        (3, "LA6571-9"),
    ]
    (difficulty,) = PHQ9.extras
    assert difficulty.loinc == "69722-7"
    assert [(o.code, o.loinc) for o in difficulty.options] == [
        (0, "LA6572-7"),
        (1, "LA6573-5"),
        (2, "LA6575-0"),
        (3, "LA6574-3"),
    ]


def test_gad7_loinc_codes():
    assert GAD7.loinc_panel == "69737-5"
    assert GAD7.loinc_total == "70274-6"
    assert GAD7.loinc_answers == "LL358-3"
    assert [item.loinc for item in GAD7.items] == [
        "69725-0",
        "68509-9",
        "69733-4",
        "69734-2",
        "69735-9",
        "69689-8",
        "69736-7",
    ]


def test_no_code_that_needs_a_licence_is_shipped():
    assert [m.snomed_total for m in (PHQ9, GAD7)] == ["", ""]


@pytest.mark.parametrize("measure", [PHQ9, GAD7], ids=lambda m: m.id)
def test_answers_read_as_published(measure):
    words = measure.in_language("en")

    assert [option.label for option in words.items[0].options] == [
        "Not at all",
        "Several days",
        "More than half the days",
        "Nearly every day",
    ]
    assert all(item.options == words.items[0].options for item in words.items)


def test_phq9_words():
    words = PHQ9.in_language("en")

    assert words.stem.startswith("Over the last 2 weeks, how often have you been")
    assert words.items[8].text == (
        "Thoughts that you would be better off dead or of hurting yourself in some way"
    )
    assert words.items[8].number == 9
    assert words.items[0].label_of(2) == "More than half the days"
    assert words.items[0].label_of(None) == ""
    assert words.extras[0].text.startswith("If you checked off any problems")


def test_gad7_words():
    words = GAD7.in_language("en")

    assert [item.text for item in words.items][-1] == (
        "Feeling afraid as if something awful might happen"
    )


def test_every_band_has_a_name_and_a_meaning_in_words():
    for measure in (PHQ9, GAD7):
        words = measure.in_language("en")
        for band in measure.bands:
            assert words.band_label(band.key)
            assert len(words.band_meaning(band.key)) > 30
        assert (words.band_label(""), words.band_meaning("")) == ("", "")


def test_a_language_that_is_not_offered_is_refused_whole():
    with pytest.raises(NotInThisLanguage):
        PHQ9.in_language("de")


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [("en", "en"), ("en-gb", "en"), ("xx-long", "en"), ("de", "en")],
)
def test_language_for_finds_one_for_the_whole_measure(wanted, shown):
    assert PHQ9.language_for(wanted) == shown


@pytest.mark.parametrize(
    ("measure", "caseness", "screen", "reliable", "missing"),
    [(PHQ9, 10, 10, 6, 2), (GAD7, 8, 10, 4, 1)],
    ids=["phq9", "gad7"],
)
def test_thresholds(measure, caseness, screen, reliable, missing):
    assert measure.cutoff("caseness").value == caseness
    assert measure.cutoff("screen").value == screen
    assert measure.reliable_change.value == reliable
    assert measure.missing_allowed == missing
    assert measure.cutoff("nothing") is None


@pytest.mark.parametrize("cut", [*PHQ9.cutoffs, *GAD7.cutoffs], ids=lambda c: c.key)
def test_a_cutoff_decides_at_its_own_value(cut):
    around = [cut.holds(cut.value + step) for step in (-1, 0, 1)]

    assert (
        around
        == {
            ">=": [False, True, True],
            "<": [True, False, False],
        }[cut.comparison]
    )


def test_what_nobody_read_is_marked_and_everything_names_its_source():
    for measure in (PHQ9, GAD7):
        assert not measure.missing.verified
        assert measure.reliable_change.verified
        assert all(cut.verified for cut in measure.cutoffs)
        for key in (measure.missing.source, measure.reliable_change.source):
            assert measure.source(key).title


def test_licence_is_open_and_says_so():
    for measure in (PHQ9, GAD7):
        assert measure.licence.kind == "open"
        assert "No permission required" in measure.licence.text


def test_ranges():
    assert (PHQ9.lowest, PHQ9.highest) == (0, 27)
    assert (GAD7.lowest, GAD7.highest) == (0, 21)
    assert PHQ9.risk_items == {9}
    assert GAD7.risk_items == frozenset()


@pytest.mark.parametrize("total", [-1, 28])
def test_a_total_out_of_range_has_no_band(total):
    with pytest.raises(ValueError, match="not from 0 to 27"):
        PHQ9.band_of(total)


def test_unknown_keys_are_refused():
    with pytest.raises(LookupError):
        PHQ9.band("awful")
    with pytest.raises(LookupError):
        PHQ9.source("nobody")


def test_a_version_that_is_gone_is_named():
    assert find_measure("phq9", "2026.1") is PHQ9
    with pytest.raises(DataProblem, match=r"measure phq9 1999\.1 is not installed"):
        find_measure("phq9", "1999.1")


def test_measures_can_be_kept_in_sets():
    assert len({PHQ9, GAD7, find_measure("gad7", "2026.1")}) == 2


def test_words_know_their_languages():
    with pytest.raises(NotInThisLanguage):
        PHQ9.title.in_language("de")
    assert PHQ9.title.languages == ("en",)
