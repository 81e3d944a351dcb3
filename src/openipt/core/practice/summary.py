"""The one line that stands for a page in lists."""

from collections.abc import Mapping

from .model import Kind, SummaryWords

_LINE = 80


def summary(kind: Kind, content: Mapping[str, object], language: str = "en") -> str:
    """Return one line about cleaned content, up to about 100 characters.

    In the kind's own language if it has no words in the one asked for; `en-gb` finds `en`.
    Without entries it is empty.
    """
    entries = content.get(kind.summary_list)
    if not isinstance(entries, list) or not entries:
        return ""
    words = _words_in(kind, language)
    template = words.one if len(entries) == 1 else words.many
    first = entries[0].get(kind.summary_field, "")
    return template.format(count=len(entries), first=_line(str(first)))


def _words_in(kind: Kind, language: str) -> SummaryWords:
    offered = {words.language: words for words in kind.summary_words}
    base = language.split("-", maxsplit=1)[0]
    return offered.get(language) or offered.get(base) or kind.summary_words[0]


def _line(text: str) -> str:
    """Return the text on one line, cut at a word if it is long."""
    flat = " ".join(text.split())
    if len(flat) <= _LINE:
        return flat
    cut = flat[:_LINE].rsplit(" ", maxsplit=1)[0]
    return f"{cut}…"
