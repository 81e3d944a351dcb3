"""Puts what was entered into the sentences of a formulation."""

from collections.abc import Sequence
from dataclasses import dataclass

from openipt.core.sentences import Sentence, sentence

from .loading import load_sentences


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What a draft can say; empty words and None are left out.

    Days are in the words of the reader. `areas` are pairs of a problem area's key and whom
    or what it is about, "" where nobody said.
    """

    illness: str = ""
    measure: str = ""
    total: int | None = None
    scored_on: str = ""
    treatable: bool = False
    words: str = ""
    onset: str = ""
    areas: Sequence[tuple[str, str]] = ()
    sessions: int = 0
    last_on: str = ""


def draft(known: Known) -> tuple[Sentence, ...]:
    """Return the sentences in the order of the paragraph."""
    values = _values(known)
    found: list[Sentence] = []
    for key, text in load_sentences().parts.items():
        if key in values:
            found.append(sentence(text, **values[key]))
        if key == "around":
            found += [one for area in known.areas if (one := _area(*area))]
    return tuple(found)


def _values(known: Known) -> dict[str, dict[str, str | int]]:
    """Return what stands in each sentence; a key that is absent is not said."""
    score: dict[str, str | int] = {
        "measure": known.measure,
        "total": known.total or 0,
        "day": known.scored_on,
    }
    agreed: dict[str, str | int] = {"sessions": known.sessions, "day": known.last_on}
    parts: dict[str, tuple[bool, dict[str, str | int]]] = {
        "illness": (bool(known.illness), {"illness": known.illness}),
        "score": (known.total is not None and bool(known.measure), score),
        "treatable": (known.treatable, {}),
        "onset": (bool(known.onset), {"when": known.onset}),
        "around": (bool(known.areas), {}),
        "words": (bool(known.words), {"words": known.words}),
        "work": (bool(known.sessions), agreed),
        "aim": (bool(known.sessions), {}),
    }
    return {key: values for key, (is_known, values) in parts.items() if is_known}


def _area(key: str, about: str) -> Sentence | None:
    said = load_sentences().area(key)
    if about:
        return sentence(said.text, about=about.rstrip(". "))
    return sentence(said.plain) if said.plain else None
