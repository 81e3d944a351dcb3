"""Sentences of the core in the reader's language."""

from django.utils.translation import gettext

from openipt.core.sentences import Sentence


def said(sentence: Sentence) -> str:
    """Return the sentence translated, with its values filled in."""
    translated = Sentence(gettext(sentence.template), sentence.pairs)
    return translated.filled(said)
