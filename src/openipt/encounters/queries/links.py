"""What was noted of events and mood in a session."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from openipt.core.agenda import MoodMove, move_of
from openipt.core.errors import Gone, Missing
from openipt.courses.models import Course
from openipt.courses.queries import Somebody, variant_of
from openipt.encounters import access
from openipt.encounters.models import Encounter, MoodLink


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkLine:
    """A link as a page shows it; `area` is that of the focus it belongs to, or empty."""

    link_id: UUID
    move: MoodMove
    version: int
    area: str

    @property
    def moved(self) -> str:
        """How mood moved, with its sign: `+2`, `−1`, `±0`."""
        points = self.move.moved
        sign = "±" if points == 0 else "+" if points > 0 else "\N{MINUS SIGN}"
        return f"{sign}{abs(points)}"


def links_of(encounter: Encounter | None, course: Course) -> tuple[LinkLine, ...]:
    """Return the links of a session that was reached by this member, the oldest first."""
    if encounter is None:
        return ()
    rows = MoodLink.objects.filter(encounter=encounter, removed_at__isnull=True)
    names = {area.key: area.name for area in variant_of(course).known_areas}
    return tuple(
        LinkLine(
            link_id=row.pk,
            move=move_of(row.content),
            version=row.version,
            area=names.get(row.focus.area, "") if row.focus else "",
        )
        for row in rows.select_related("focus").order_by("pk")
    )


def names_of(people: Iterable[Somebody]) -> tuple[str, ...]:
    """Return who can be named where somebody says with whom something happened."""
    there = (one.tie.label for one in people if not one.is_removed)
    return tuple(sorted(there, key=str.casefold))


def link_in(
    course: Course, appointment_id: UUID, link_id: UUID, *, sent: bool = False
) -> MoodLink:
    """Return a link of a session whose course was reached by this member.

    `sent` is for a form that was filled in while it stood there.

    :raises Missing: if it is none of it, or was taken out
    :raises Gone: with `sent`, if it was taken out
    """
    found = (
        MoodLink.objects.filter(
            pk=link_id,
            encounter__course=course,
            encounter__appointment_id=appointment_id,
        )
        .select_related("encounter__course", "focus")
        .first()
    )
    if found is None:
        raise Missing
    if reason := access.refusal_of_removed(found):
        raise Gone(reason) if sent else Missing
    return found
