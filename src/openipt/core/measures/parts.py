"""The parts of a measure: words, questions, bands, thresholds, rules."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import ge, gt, le, lt
from typing import Literal, get_args

Comparison = Literal[">=", ">", "<=", "<"]
Level = Literal["amber", "red"]
RiskKind = Literal["answer", "item_rise", "total", "total_rise"]

COMPARISONS: tuple[str, ...] = get_args(Comparison)
LEVELS: tuple[str, ...] = get_args(Level)
RISK_KINDS: tuple[str, ...] = get_args(RiskKind)


_COMPARE: dict[Comparison, Callable[[int, int], bool]] = {
    ">=": ge,
    ">": gt,
    "<=": le,
    "<": lt,
}


class NotInThisLanguage(LookupError):
    """The measure has no words in the language that was asked for."""


@dataclass(frozen=True, slots=True)
class Words:
    """One text in each language of the measure."""

    by_language: tuple[tuple[str, str], ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """The language codes in the order of the file."""
        return tuple(language for language, _ in self.by_language)

    def in_language(self, language: str) -> str:
        """Return the text; raises `NotInThisLanguage`."""
        for offered, text in self.by_language:
            if offered == language:
                return text
        raise NotInThisLanguage(language)


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Where a number or a wording comes from."""

    key: str
    title: str
    address: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Licence:
    """Whether the words of the measure may be shown, and who says so."""

    kind: Literal["open", "restricted"]
    holder: str
    text: str
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One answer that can be chosen; `code` is what is stored and summed."""

    code: int
    label: Words
    loinc: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One scored question, numbered from 1 as on the paper form."""

    number: int
    text: Words
    options: tuple[Option, ...]
    loinc: str = ""

    def __post_init__(self) -> None:
        _check_options(f"item {self.number}", self.options)

    @property
    def codes(self) -> tuple[int, ...]:
        """The codes that can be answered."""
        return tuple(option.code for option in self.options)


@dataclass(frozen=True, kw_only=True, slots=True)
class Extra:
    """One question of the form that does not count towards the total."""

    key: str
    text: Words
    options: tuple[Option, ...]
    loinc: str = ""

    def __post_init__(self) -> None:
        _check_options(f"extra {self.key}", self.options)

    @property
    def codes(self) -> tuple[int, ...]:
        """The codes that can be answered."""
        return tuple(option.code for option in self.options)


def _check_options(what: str, options: tuple[Option, ...]) -> None:
    codes = [option.code for option in options]
    if len(set(codes)) != len(codes) or len(codes) < 2:
        raise ValueError(f"{what} needs at least two options with codes of their own")


@dataclass(frozen=True, kw_only=True, slots=True)
class Band:
    """A published range of totals, both ends included, with its meaning for the person."""

    key: str
    first: int
    last: int
    label: Words
    meaning: Words

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"band {self.key} runs from {self.first} to {self.last}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Threshold:
    """A number that something is compared with, and where it comes from.

    `z`, `sd` and `reliability` are kept where the number was computed from them.
    """

    key: str
    value: int
    comparison: Comparison
    source: str
    verified: bool
    z: float | None = None
    sd: float | None = None
    reliability: float | None = None
    valid_from: str = ""

    def holds(self, number: int) -> bool:
        """Return whether `number comparison value` is true."""
        return _COMPARE[self.comparison](number, self.value)


@dataclass(frozen=True, kw_only=True, slots=True)
class MissingRule:
    """How many items may be missing before there is no total.

    The total is then the mean of the answered items times the number of items, a half
    rounded up.
    """

    allowed: int
    source: str
    verified: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class RiskRule:
    """When an answering raises an alert.

    `answer`: the item has a code of at least `value`. `item_rise`: the item rose by at
    least `value` since the last answering. `total`: the total is at least `value`.
    `total_rise`: it rose by at least `value`.
    """

    kind: RiskKind
    level: Level
    value: int
    item: int | None = None

    def __post_init__(self) -> None:
        about_an_item = self.kind in {"answer", "item_rise"}
        if about_an_item != (self.item is not None):
            raise ValueError(f"risk rule {self.kind} with item {self.item}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A worked example that the file brings with it; None is an unanswered item."""

    answers: tuple[int | None, ...]
    total: int | None
    band: str
