"""Sentences that are translated later."""

import pytest

from openipt.core.sentences import Sentence, sentence


def test_a_sentence_reads_in_english_and_keeps_its_parts():
    said = sentence("{weeks} weeks of {total}", weeks=3, total=16)

    assert str(said) == "3 weeks of 16"
    assert said.template.format(**said.values) == "3 weeks of 16"
    assert said.values == {"weeks": 3, "total": 16}


def test_values_are_not_read_as_templates():
    assert str(sentence("by {name}", name="{name.__class__}")) == "by {name.__class__}"


@pytest.mark.parametrize("template", ["{no}", "{0}", "{", "{}"])
def test_a_template_that_cannot_be_filled_is_refused(template):
    with pytest.raises(ValueError, match="cannot be filled"):
        Sentence(template)


def test_equal_sentences_are_one_in_a_set():
    assert len({sentence("a {b}", b=1), sentence("a {b}", b=1)}) == 1
