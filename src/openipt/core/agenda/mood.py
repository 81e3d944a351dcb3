"""A link between something that happened and mood."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

FARTHEST = 3
"""How far mood moves at most, down or up."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MoodMove:
    """What happened, with whom, and how mood moved with it: -3 to +3, 0 for not at all."""

    what: str
    whom: str = ""
    moved: int = 0

    def __post_init__(self) -> None:
        if not -FARTHEST <= self.moved <= FARTHEST:
            raise ValueError(f"mood cannot move by {self.moved}")


def as_link_content(move: MoodMove) -> dict[str, Any]:
    """Return what is kept of a link."""
    return asdict(move)


def move_of(content: Mapping[str, Any]) -> MoodMove:
    """Return the link that was kept."""
    return MoodMove(what=content["what"], whom=content["whom"], moved=content["moved"])
