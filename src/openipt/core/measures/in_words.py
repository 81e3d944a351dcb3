"""A measure in one language, ready for a page."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .parts import Extra, Item, Option

if TYPE_CHECKING:
    from .model import Measure


@dataclass(frozen=True, kw_only=True, slots=True)
class OptionInWords:
    """An answer as it is shown."""

    code: int
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionInWords:
    """A question as it is shown; extras have no number."""

    number: int | None
    key: str
    text: str
    options: tuple[OptionInWords, ...]

    def label_of(self, code: int | None) -> str:
        """Return the words of an answer, empty for an unanswered question."""
        return next((o.label for o in self.options if o.code == code), "")


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasureInWords:
    """A measure in one language, ready for a page."""

    measure: "Measure"
    language: str
    title: str
    about: str
    stem: str
    note: str
    items: tuple[QuestionInWords, ...]
    extras: tuple[QuestionInWords, ...]

    def band_label(self, key: str) -> str:
        """Return the published name of a band, empty for no band."""
        return self.measure.band(key).label.in_language(self.language) if key else ""

    def band_meaning(self, key: str) -> str:
        """Return what a band means in plain words, empty for no band."""
        return self.measure.band(key).meaning.in_language(self.language) if key else ""


def _options_in(
    options: tuple[Option, ...], language: str
) -> tuple[OptionInWords, ...]:
    return tuple(
        OptionInWords(code=o.code, label=o.label.in_language(language)) for o in options
    )


def item_in(item: Item, language: str) -> QuestionInWords:
    """Return a scored question in one language."""
    return QuestionInWords(
        number=item.number,
        key=str(item.number),
        text=item.text.in_language(language),
        options=_options_in(item.options, language),
    )


def extra_in(extra: Extra, language: str) -> QuestionInWords:
    """Return an unscored question in one language."""
    return QuestionInWords(
        number=None,
        key=extra.key,
        text=extra.text.in_language(language),
        options=_options_in(extra.options, language),
    )
