"""One step of a goal."""

from dataclasses import dataclass

LOWEST, HOPED, HIGHEST = -2, 0, 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step of a goal; `hint` helps to write down what it looks like."""

    level: int
    label: str
    hint: str

    @property
    def key(self) -> str:
        """Its number as text: the name under which its words are kept."""
        return str(self.level)
