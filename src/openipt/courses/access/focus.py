"""What a course can work on."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from openipt.core.protocols import Variant
from openipt.core.protocols.rules import (
    Finding,
    FocusFacts,
    check_area,
    check_foci,
    check_focus,
)
from openipt.courses.models import Focus

from .findings import in_words


def refusal_of_focus(focus: Focus) -> str:
    """Return why a focus is no longer changed, or ""."""
    if focus.ended_at is not None:
        return _("This focus has ended. It stays in the record as it was.")
    return ""


def refusal_to_go_on(focus: Focus) -> str:
    """Return why a focus that was ended is not taken up again as it was, or ""."""
    if focus.ended_at is None or not focus.ended_why:
        return _("This focus was not ended by itself. Choose it anew.")
    later = Focus.objects.filter(
        course_id=focus.course_id, agreed_at__gte=focus.ended_at
    )
    if later.exists():
        return _("Something else became the focus meanwhile. Choose this one anew.")
    return ""


def refusal_to_focus(variant: Variant, area: str, open_foci: Iterable[Focus]) -> str:
    """Return why the course cannot take up this problem area, or ""."""
    found = (check_area(variant, area), _number(variant, area, open_foci))
    errors = [one for one in found if one and one.severity == "error"]
    return in_words(errors[:1])


def findings_of_focus(
    variant: Variant, facts: FocusFacts, open_foci: Iterable[Focus]
) -> tuple[Finding, ...]:
    """Return what speaks against taking this up as it is noted: P08-P13."""
    of_all = (
        _number(variant, facts.area.key, open_foci),
        check_area(variant, facts.area.key),
    )
    return (*(one for one in of_all if one), *check_focus(facts))


def _number(variant: Variant, area: str, open_foci: Iterable[Focus]) -> Finding | None:
    others = {focus.area for focus in open_foci} - {area}
    return check_foci(variant, len(others) + 1)
