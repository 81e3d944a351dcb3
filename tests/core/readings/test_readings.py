"""Every reading is whole, short, from sources that vouch; bad files are named."""

import re

import pytest

from openipt.core.data_files import parse
from openipt.core.errors import DataProblem
from openipt.core.protocols import load_library, load_variants
from openipt.core.readings import GROUPS, load_readings
from openipt.core.readings.loading import build_reading

READINGS = load_readings()
EACH = pytest.mark.parametrize("reading", READINGS.values(), ids=READINGS.keys())
WANTED = {
    "what_ipt_is", "first_sessions", "mood_and_people", "closeness", "asking_for_help",
    "talking", "recovery_role", "losing_somebody", "conflict", "change_in_life",
    "often_alone", "hard_pregnancy", "your_therapists_part", "medicine",
    "when_it_does_not_help", "endings", "staying_well",
}  # fmt: skip


def test_what_people_ask_about_is_there():
    assert set(READINGS) == WANTED
    assert {one.group for one in READINGS.values()} == set(GROUPS)


@EACH
def test_a_reading_takes_two_to_four_minutes(reading):
    words = sum(len(text.split()) for text in reading.texts())

    assert 350 <= words <= 750
    assert reading.minutes == round(words / 200)
    assert 2 <= reading.minutes <= 4


@EACH
def test_a_reading_is_plain(reading):
    """Sentences of about ten words, none of more than thirty."""
    sentences = [
        sentence
        for text in reading.texts()
        for sentence in re.split(r"[.?!:;]\s+", text)
        if sentence
    ]
    lengths = [len(sentence.split()) for sentence in sentences]

    assert max(lengths) <= 30
    assert sum(lengths) / len(lengths) <= 12


@EACH
def test_every_source_was_read(reading):
    assert reading.sources
    for source in reading.sources:
        assert load_library().sources[source.key] is source
        assert source.vouches


@EACH
def test_numbers_are_told_with_a_source_of_numbers(reading):
    """A reading that speaks of a study names a paper, not only a page about IPT."""
    speaks = any(
        re.search(r"\b(study|studies|trial)\b", one) for one in reading.texts()
    )
    papers = [
        one
        for one in reading.sources
        if re.search(r"\b(19|20)\d\d\b|from tapes", one.title)
    ]

    assert not speaks or papers


@EACH
def test_a_text_can_stand_on_a_page_in_any_language(reading):
    """A per cent sign would be read as a hole for a value, markup would be shown."""
    for text in reading.texts():
        assert "%" not in text
        assert "<" not in text
        assert "\n" not in text


@EACH
def test_nobody_is_promised_anything(reading):
    for text in reading.texts():
        assert not re.search(r"\b(cure|cured|guarantee|always works|will heal)\b", text)


@EACH
def test_medicine_is_never_advised(reading):
    for text in reading.texts():
        assert not re.search(
            r"\byou (should|must) (take|stop|start)\b", text, re.IGNORECASE
        )


@EACH
def test_an_example_says_that_it_is_invented(reading):
    for part in reading.parts:
        assert not part.example or "nvented" in part.example


@pytest.mark.parametrize(
    ("reading", "unread"),
    [
        ("losing_somebody", r"how they died|after the death|good days|never post"),
        ("change_in_life", r"old (life|role|thing)|both sides|new (life|role|thing)"),
        ("closeness", r"all our lives|learned yours|mostly does not"),
    ],
)
def test_no_reading_suggests_a_strategy_that_nobody_has_read(reading, unread):
    """`areas.toml` has them as unverified; whoever reads them in a source takes this away."""
    for text in READINGS[reading].texts():
        assert not re.search(unread, text), text


def test_each_problem_area_has_a_reading():
    areas = {area.key for one in load_variants().values() for area in one.problem_areas}

    told = {
        key for one in READINGS.values() for rule in one.offered for key in rule.areas
    }

    assert told == areas


GOOD = f"""
id = "one"
version = "2026.1"
order = 1
group = "begin"
title = "One"
summary = "A reading."
sources = ["isipt"]
own_data = "none"

[[offered]]
because = "because"
phases = ["initial"]

[[sections]]
heading = "Head"
paragraphs = ["{"word " * 400}"]
"""


def build(text):
    return build_reading(parse("one.toml", text.encode()))


def test_the_good_file_is_good():
    assert build(GOOD).minutes == 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('own_data = "none"', 'own_data = "none"\nextra = 1', "extra: unknown key"),
        ('["isipt"]', '["nobody"]', "there is no source 'nobody'"),
        ('["isipt"]', '["own"]', "source 'own' does not vouch"),
        ('["isipt"]', '["slides_copy"]', "source 'slides_copy' does not vouch"),
        ('phases = ["initial"]', 'phases = ["first"]', "'first' is none of"),
        ('phases = ["initial"]', 'areas = ["money"]', "'money' is none of"),
        ('phases = ["initial"]', 'variants = ["cbt"]', "'cbt' is none of"),
        ('phases = ["initial"]', 'families = ["choir"]', "'choir' is none of"),
        ('phases = ["initial"]', 'stages = ["late"]', "'late' is none of"),
        ('phases = ["initial"]', "", "at least one thing that must be so"),
        ('"none"', '"diary"', "must be one of none, circle, scores, sessions"),
        ('"begin"', '"other"', "must be one of begin"),
        ("2026.1", "spring", "version must be numbers"),
        ("word " * 400, "word " * 200, "204 words take 1 minutes"),
        ("word " * 400, "word " * 1000, "1004 words take 5 minutes"),
        ('heading = "Head"', 'heading = "Head"\nfoot = "x"', "foot: unknown key"),
        ('[[sections]]', '[try_this]\ntext = "x"\npage = "moon"\nlabel = "x"\n[[sections]]', "must be one of people"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_file_is_named(old, new, said):
    assert old in GOOD

    with pytest.raises(DataProblem) as refused:
        build(GOOD.replace(old, new, 1))

    assert "one.toml" in str(refused.value)
    assert said in str(refused.value)
