"""What a course can work on."""

from collections.abc import Iterable

from openipt.core.protocols import Variant
from openipt.core.protocols.rules import (
    check_area,
    check_foci,
)
from openipt.courses.models import Focus

from .findings import in_words


def refusal_to_focus(variant: Variant, area: str, open_foci: Iterable[Focus]) -> str:
    """Return why the course cannot take up this problem area, or ""."""
    if found := check_area(variant, area):
        return in_words([found])
    others = {focus.area for focus in open_foci} - {area}
    found = check_foci(variant, len(others) + 1)
    return in_words([found]) if found and found.severity == "error" else ""
