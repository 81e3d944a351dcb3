"""What a measure is; bad data are refused when it is made."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from openipt.core.data_files import version_order

from .in_words import MeasureInWords, extra_in, item_in
from .parts import (
    Band,
    Example,
    Extra,
    Item,
    Licence,
    MissingRule,
    NotInThisLanguage,
    RiskRule,
    Source,
    Threshold,
    Words,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """One questionnaire in one version.

    `about` says in plain words what it asks about: the title for somebody who is tired.
    `bands` cover every total from `lowest` to `highest`. `cutoffs` hold for a single
    score, `reliable_change` for the points between two.
    """

    id: str
    version: str
    short_name: str
    higher_is_better: bool
    recall_days: int
    title: Words
    about: Words
    stem: Words
    note: Words
    items: tuple[Item, ...]
    extras: tuple[Extra, ...]
    bands: tuple[Band, ...]
    missing: MissingRule
    cutoffs: tuple[Threshold, ...]
    reliable_change: Threshold
    risk_rules: tuple[RiskRule, ...]
    loinc_panel: str
    loinc_total: str
    loinc_answers: str
    snomed_total: str
    licence: Licence
    citation: str
    sources: tuple[Source, ...]
    examples: tuple[Example, ...]
    lowest: int = field(init=False)
    """The smallest total that can be reached."""
    highest: int = field(init=False)
    """The largest total that can be reached."""

    def __post_init__(self) -> None:
        # Worked out once: a list of two hundred rows asks for each of them.
        lowest = sum(min(item.codes) for item in self.items)
        object.__setattr__(self, "lowest", lowest)
        highest = sum(max(item.codes) for item in self.items)
        object.__setattr__(self, "highest", highest)
        if not self.id.isascii() or not self.id.isalnum() or self.id != self.id.lower():
            raise ValueError(f"id must be small letters and digits, not {self.id!r}")
        version_order(self.version)
        _check_numbers(self)
        _check_bands(self)
        _check_languages(self)
        _check_sources(self)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the whole measure is offered in, the original first."""
        return self.title.languages

    @property
    def missing_allowed(self) -> int:
        """How many items may be missing before there is no total."""
        return self.missing.allowed

    @property
    def risk_items(self) -> frozenset[int]:
        """The numbers of the items whose answer alone can raise an alert."""
        return frozenset(
            rule.item for rule in self.risk_rules if rule.kind == "answer" and rule.item
        )

    def band_of(self, total: int) -> Band:
        """Return the band of a total; raises `ValueError` outside the range."""
        for band in self.bands:
            if band.first <= total <= band.last:
                return band
        raise ValueError(f"{total} is not from {self.lowest} to {self.highest}")

    def band(self, key: str) -> Band:
        """Return a band by its key; raises `LookupError`."""
        for band in self.bands:
            if band.key == key:
                return band
        raise LookupError(f"{self.id} has no band {key!r}")

    def cutoff(self, key: str) -> Threshold | None:
        """Return a cut-off by its key, or None where the measure has none."""
        return next((cut for cut in self.cutoffs if cut.key == key), None)

    def source(self, key: str) -> Source:
        """Return a source by its key; raises `LookupError`."""
        for source in self.sources:
            if source.key == key:
                return source
        raise LookupError(f"{self.id} has no source {key!r}")

    def language_for(self, wanted: str) -> str:
        """Return the language to show the whole measure in.

        The wanted one, or its base (`en` for `en-gb`), or the original. Words of two
        languages are never mixed within a measure.
        """
        for language in (wanted, wanted.split("-", maxsplit=1)[0]):
            if language in self.languages:
                return language
        return self.languages[0]

    def in_language(self, language: str) -> MeasureInWords:
        """Return the measure's words in one language; raises `NotInThisLanguage`."""
        if language not in self.languages:
            raise NotInThisLanguage(f"{self.id} is not offered in {language!r}")
        return MeasureInWords(
            measure=self,
            language=language,
            title=self.title.in_language(language),
            about=self.about.in_language(language),
            stem=self.stem.in_language(language),
            note=self.note.in_language(language),
            items=tuple(item_in(item, language) for item in self.items),
            extras=tuple(extra_in(extra, language) for extra in self.extras),
        )


def _check_numbers(measure: Measure) -> None:
    numbers = [item.number for item in measure.items]
    if numbers != list(range(1, len(numbers) + 1)):
        raise ValueError(f"items must be numbered 1 to {len(numbers)}, not {numbers}")
    if measure.missing.allowed >= len(numbers):
        raise ValueError("missing.allowed must leave at least one answered item")
    for rule in measure.risk_rules:
        if rule.item is not None and rule.item not in numbers:
            raise ValueError(f"risk: there is no item {rule.item}")


def _check_bands(measure: Measure) -> None:
    for before, after in pairwise(measure.bands):
        if after.first != before.last + 1:
            raise ValueError(
                f"bands: {after.key} starts at {after.first}, "
                f"but {before.key} ends at {before.last}"
            )
    ends = (measure.bands[0].first, measure.bands[-1].last)
    if ends != (measure.lowest, measure.highest):
        raise ValueError(
            f"bands: cover {ends[0]} to {ends[1]}, "
            f"but totals run from {measure.lowest} to {measure.highest}"
        )


def _words_of(measure: Measure) -> Sequence[tuple[str, Words]]:
    questions: list[Item | Extra] = [*measure.items, *measure.extras]
    return [
        ("about", measure.about),
        ("stem", measure.stem),
        ("note", measure.note),
        *((f"question {place}", q.text) for place, q in enumerate(questions, 1)),
        *(("an option", option.label) for q in questions for option in q.options),
        *((f"band {band.key}", band.label) for band in measure.bands),
        *((f"band {band.key}", band.meaning) for band in measure.bands),
    ]


def _check_languages(measure: Measure) -> None:
    for what, words in _words_of(measure):
        if set(words.languages) != set(measure.languages):
            raise ValueError(
                f"{what} is in {', '.join(words.languages)}, "
                f"but the title is in {', '.join(measure.languages)}"
            )


def _check_sources(measure: Measure) -> None:
    known = {source.key for source in measure.sources}
    named = [measure.licence.source, measure.missing.source]
    named += [threshold.source for threshold in measure.cutoffs]
    named += [measure.reliable_change.source]
    for key in named:
        if key not in known:
            raise ValueError(f"source {key!r} is not among the sources of the file")
