"""What a kind of journal page is; bad data are refused when it is made."""

from dataclasses import dataclass, field
from typing import Literal, get_args

from openipt.core.data_files import version_order

FieldType = Literal["text", "choice", "list"]

FIELD_TYPES: tuple[FieldType, ...] = get_args(FieldType)


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One choice of a field: what is stored, and the words for it."""

    value: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One field of a page.

    A text has up to `most` characters, a list from `least` to `most` entries that each
    hold `fields`. `label` is English and is translated where it is shown.
    """

    key: str
    type: FieldType
    label: str
    required: bool
    least: int = 0
    most: int = 0
    choices: tuple[Choice, ...] = ()
    fields: tuple["Field", ...] = field(default=())

    def __post_init__(self) -> None:
        if self.type != "choice" and not max(self.least, 1) <= self.most:
            raise ValueError(f"{self.key}: from {self.least} to {self.most}")
        if (self.type == "choice") != bool(self.choices):
            raise ValueError(f"{self.key}: choices belong to a choice, and only there")
        if (self.type == "list") != bool(self.fields):
            raise ValueError(f"{self.key}: fields belong to a list, and only there")

    @property
    def values(self) -> tuple[str, ...]:
        """The values of a choice."""
        return tuple(choice.value for choice in self.choices)


@dataclass(frozen=True, kw_only=True, slots=True)
class SummaryWords:
    """The one line that stands for a page: with one entry, and with more."""

    language: str
    one: str
    many: str

    def __post_init__(self) -> None:
        for words in (self.one, self.many):
            try:
                words.format(count=2, first="")
            except (LookupError, ValueError):
                raise ValueError(
                    f"{words!r} may hold {{count}} and {{first}} only"
                ) from None


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """One kind of page in one version; entries keep id and version.

    `summary_list` is the list whose entries the summary counts, `summary_field` the text
    of the first entry that it quotes.
    """

    id: str
    version: str
    title: str
    fields: tuple[Field, ...]
    summary_list: str
    summary_field: str
    summary_words: tuple[SummaryWords, ...]

    def __post_init__(self) -> None:
        version_order(self.version)
        listed = self.field(self.summary_list)
        if self.summary_field not in {inner.key for inner in listed.fields}:
            raise ValueError(
                f"summary: {self.summary_list} has no field {self.summary_field!r}"
            )

    def field(self, key: str) -> Field:
        """Return a field by its key; raises `ValueError`."""
        for found in self.fields:
            if found.key == key:
                return found
        raise ValueError(f"{self.id} has no field {key!r}")
