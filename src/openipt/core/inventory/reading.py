"""A tie as it is kept, and back."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from .model import Tie


def as_content(tie: Tie) -> dict[str, Any]:
    """Return what is kept of a tie."""
    return asdict(tie)


def tie_of(content: Mapping[str, Any]) -> Tie:
    """Return the tie that was kept; what an older version did not know has its default."""
    known = {field.name for field in fields(Tie)}
    return Tie(**{name: value for name, value in content.items() if name in known})
