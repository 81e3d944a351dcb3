"""Sentences that can be translated later.

The core knows no gettext. It returns the English template and the values apart; `web`
translates the template and fills in the values. `str()` is the English sentence.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template with `{name}` places and the values for them."""

    template: str
    pairs: tuple[tuple[str, str | int], ...] = ()

    def __post_init__(self) -> None:
        try:
            self.template.format(**self.values)
        except (KeyError, IndexError, ValueError) as reason:
            raise ValueError(
                f"{self.template!r} cannot be filled: {reason!r}"
            ) from None

    @property
    def values(self) -> dict[str, str | int]:
        """The values by the name of their place."""
        return dict(self.pairs)

    def __str__(self) -> str:
        return self.template.format(**self.values)


def sentence(template: str, **values: str | int) -> Sentence:
    """Return a sentence from its template and values."""
    return Sentence(template, tuple(values.items()))
