"""Sentences that can be translated later.

The core knows no gettext. It returns the English template and the values apart; `web`
translates the template and fills in the values. `str()` is the English sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

Value: TypeAlias = "str | int | Sentence | tuple[Sentence, ...]"
"""What stands in a place: as it is, or translated in its turn; several with commas."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template with `{name}` places and the values for them."""

    template: str
    pairs: tuple[tuple[str, Value], ...] = ()

    def __post_init__(self) -> None:
        try:
            str(self)
        except (KeyError, IndexError, ValueError) as reason:
            raise ValueError(
                f"{self.template!r} cannot be filled: {reason!r}"
            ) from None

    @property
    def values(self) -> dict[str, Value]:
        """The values by the name of their place."""
        return dict(self.pairs)

    def __str__(self) -> str:
        return self.filled(str)

    def filled(self, say: Callable[[Sentence], str]) -> str:
        """Return the template with its values, sentences among them said by `say`."""
        return self.template.format(
            **{name: _said(value, say) for name, value in self.pairs}
        )


def _said(value: Value, say: Callable[[Sentence], str]) -> str | int:
    if isinstance(value, tuple):
        return ", ".join(say(part) for part in value)
    return say(value) if isinstance(value, Sentence) else value


def sentence(template: str, **values: Value) -> Sentence:
    """Return a sentence from its template and values."""
    return Sentence(template, tuple(values.items()))
