"""What was answered on scales, added up."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from openipt.core.errors import Missing
from openipt.core.inventory import tie_of
from openipt.core.scales import Part, Scale, load_scales, scores_of
from openipt.inventory.models import ScaleEntry

from .people import Whose


@dataclass(frozen=True, kw_only=True, slots=True)
class ScaleLine:
    """One administration: whom it is about, when, and the mean of each part."""

    entry_id: UUID
    scale: Scale
    about: str
    on_date: date
    entered_by: str
    scores: tuple[tuple[Part, float | None], ...]


def scale_lines(whose: Whose) -> tuple[ScaleLine, ...]:
    """Return what was entered for somebody whose inventory this member reached.

    The newest first; nothing where the person has not agreed.
    """
    if not whose.may_look:
        return ()
    rows = ScaleEntry.objects.filter(
        person=whose.person, removed_at__isnull=True
    ).select_related("relationship", "entered_by")
    return tuple(_line(row) for row in rows.order_by("-on_date", "-pk"))


def scale_entry_of(whose: Whose, entry_id: UUID) -> ScaleEntry:
    """Return one entry of an inventory that this member reached.

    :raises Missing: if there is none, or it is not theirs to see
    """
    found = ScaleEntry.objects.filter(
        pk=entry_id, person=whose.person, removed_at__isnull=True
    ).first()
    if found is None or not whose.may_look:
        raise Missing
    found.person = whose.person
    return found


def _line(row: ScaleEntry) -> ScaleLine:
    scale = load_scales()[row.scale]
    scores = scores_of(scale, row.answers)
    about = row.relationship
    return ScaleLine(
        entry_id=row.pk,
        scale=scale,
        about=tie_of(about.content).label if about else "",
        on_date=row.on_date,
        entered_by=row.entered_by.name,
        scores=tuple((part, scores[part.key]) for part in scale.parts),
    )
