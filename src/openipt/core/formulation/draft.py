"""Puts what was entered into the sentences of a formulation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from openipt.core.sentences import Sentence, sentence

from .loading import AreaSentence, load_sentences

MOST_EVENTS, MOST_PEOPLE = 5, 3
"""A paragraph holds no more of each: of what happened, the nearest to the beginning."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What a draft can say; empty words and None are left out.

    Days are in the words of the reader. `before` are pairs of what happened in the year
    before it began and when. `areas` are pairs of a problem area's key and whom or what it
    is about, "" where nobody said; `details` what was written down for an area, by its key.
    `supports` are pairs of who supports the person and what is good with them.
    """

    illness: str = ""
    measure: str = ""
    total: int | None = None
    scored_on: str = ""
    treatable: bool = False
    words: str = ""
    onset: str = ""
    before: Sequence[tuple[str, str]] = ()
    areas: Sequence[tuple[str, str]] = ()
    details: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    supports: Sequence[tuple[str, str]] = ()
    goals: Sequence[str] = ()
    sessions: int = 0
    weeks: int = 0
    last_on: str = ""


def draft(known: Known) -> tuple[Sentence, ...]:
    """Return the sentences in the order of the paragraph."""
    values = _values(known)
    found: list[Sentence] = []
    for key, text in load_sentences().parts.items():
        if key in values:
            found.append(sentence(text, **values[key]))
        if key == "around":
            for area, about in known.areas:
                found += _area(area, about, known.details.get(area, {}))
    return tuple(found)


def _values(known: Known) -> dict[str, dict[str, str | int]]:
    """Return what stands in each sentence; a key that is absent is not said."""
    score: dict[str, str | int] = {
        "measure": known.measure,
        "total": known.total or 0,
        "day": known.scored_on,
    }
    agreed: dict[str, str | int] = {
        "sessions": known.sessions,
        "weeks": known.weeks,
        "day": known.last_on,
    }
    illness = _bare(known.illness)
    people = _listed(known.supports[:MOST_PEOPLE], "{}: {}", "; ")
    events = _listed(known.before[-MOST_EVENTS:], "{} ({})", "; ")
    parts: dict[str, tuple[bool, dict[str, str | int]]] = {
        "illness": (bool(illness), {"illness": illness[:1].upper() + illness[1:]}),
        "score": (known.total is not None and bool(known.measure), score),
        "treatable": (known.treatable, {}),
        "onset": (bool(known.onset), {"when": _bare(known.onset)}),
        "before": (bool(known.onset and events), {"events": events}),
        "around": (bool(known.areas), {}),
        "words": (bool(known.words), {"words": known.words}),
        "supports": (bool(people), {"people": people}),
        "work": (bool(known.sessions and known.weeks), agreed),
        "work_without_weeks": (bool(known.sessions and not known.weeks), agreed),
        "goals": (bool(known.goals), {"goals": "; ".join(map(_bare, known.goals))}),
        "aim": (bool(known.sessions and not known.goals), {}),
    }
    return {key: values for key, (is_known, values) in parts.items() if is_known}


def _area(key: str, about: str, details: Mapping[str, str]) -> Iterator[Sentence]:
    said = load_sentences().area(key)
    if about:
        yield sentence(said.text, about=_bare(about))
    elif said.plain:
        yield sentence(said.plain)
    yield from _details(said, details)


def _details(area: AreaSentence, given: Mapping[str, str]) -> Iterator[Sentence]:
    for detail in area.details:
        words = _bare(given.get(detail.key, ""))
        if words and detail.value in {"", words}:
            yield sentence(detail.text, words=words)


def _listed(pairs: Sequence[tuple[str, str]], both: str, between: str) -> str:
    """Return pairs as a list in one line; the second of a pair may be empty."""
    return between.join(
        both.format(_bare(first), _bare(second)) if second else _bare(first)
        for first, second in pairs
    )


def _bare(words: str) -> str:
    """Return words without the full stop that the sentence around them brings."""
    return words.strip().rstrip(". ")
