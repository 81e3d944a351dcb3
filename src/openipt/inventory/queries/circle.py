"""The circle of a life at one time, and over another time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, tzinfo
from uuid import UUID

from openipt.core.charts import Circle, Dot, circle_of
from openipt.core.inventory import Standing, Tie, load_choices, tie_of
from openipt.inventory.models import RelationshipVersion
from openipt.people.models import Person
from openipt.sql.prepared import Prepared
from openipt.vault import keys

from .people import Whose

LEAST_MOVE = 5
"""A smaller step within a ring is a hand that was not quite still."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """Somebody in a life, in the words of the page."""

    relationship_id: UUID
    version: int
    tie: Tie
    ring: str
    kind: str
    standing: Standing
    contact: str


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """The circle at one time, with another time beneath it where that was asked."""

    known: tuple[Known, ...]
    drawing: Circle
    days: tuple[date, ...]
    """The days on which something changed, the first one first."""
    on: date | None
    """The day it is drawn for; None for now."""
    then: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """Somebody at two times: the rings in words, empty where they were not there."""

    label: str
    before: str
    after: str
    nearer: int
    """How much closer they stand now, of 100; below 0 where farther, 0 where it is unknown."""

    @property
    def stayed(self) -> bool:
        """Whether they stand where they stood, or nearly."""
        return self.before == self.after and abs(self.nearer) < LEAST_MOVE


@dataclass(frozen=True, kw_only=True, slots=True)
class Between:
    """The circle at the end of a time over that of its beginning."""

    known: tuple[Known, ...]
    drawing: Circle
    first: date
    until: date | None
    """The day it is drawn for; None for now."""
    moved: tuple[Moved, ...]


def view_of(
    whose: Whose, *, zone: tzinfo, on: date | None = None, then: date | None = None
) -> View:
    """Return the circle as it is, or was at the end of a day, over that of another day."""
    rows = _versions(whose.person)
    days = tuple(sorted({row.at.astimezone(zone).date() for row in rows}))
    known = _known(rows, on, zone)
    ghosts = _known(rows, then, zone) if then else ()
    dots = [_dot(one) for one in known]
    dots += [_dot(one, is_ghost=True) for one in ghosts]
    rings = load_choices().rings
    return View(
        known=known,
        drawing=circle_of(dots, rings=[ring.until for ring in rings]),
        days=days,
        on=on,
        then=then,
    )


def between(
    person: Person, *, zone: tzinfo, since: date, until: date | None = None
) -> Between | None:
    """Return the circle as it is, or was at the end of a day, over that of another day.

    `since` is that other day; where nobody was told of by then, the first day with
    somebody. None where there is nobody at all. Who may look was decided before.
    """
    rows = _versions(person)
    days = sorted({row.at.astimezone(zone).date() for row in rows})
    if not days or (until is not None and days[0] > until):
        return None
    first = max(since, days[0])
    before, after = _known(rows, first, zone), _known(rows, until, zone)
    standing = {one.relationship_id: one.tie.closeness for one in after}
    dots = [_dot(one) for one in after]
    dots += [
        _dot(one, is_ghost=True)
        for one in before
        if standing.get(one.relationship_id) != one.tie.closeness
    ]
    rings = load_choices().rings
    return Between(
        known=after,
        drawing=circle_of(dots, rings=[ring.until for ring in rings]),
        first=first,
        until=until,
        moved=_moved(before, after),
    )


def _moved(before: Iterable[Known], after: Iterable[Known]) -> tuple[Moved, ...]:
    then = {one.relationship_id: one for one in before}
    now = {one.relationship_id: one for one in after}
    return tuple(
        Moved(
            label=(now.get(key) or then[key]).tie.label,
            before=then[key].ring if key in then else "",
            after=now[key].ring if key in now else "",
            nearer=then[key].tie.closeness - now[key].tie.closeness
            if key in then and key in now
            else 0,
        )
        for key in {**now, **then}
    )


def _versions(person: Person) -> list[RelationshipVersion]:
    keys.prefetch([person.pk])
    return _VERSIONS.instances(person=person.pk)


_VERSIONS = Prepared(
    lambda person: RelationshipVersion.objects.filter(person_id=person).order_by(
        "at", "version"
    ),
    person=UUID,
)


def _known(
    rows: Iterable[RelationshipVersion], on: date | None, zone: tzinfo
) -> tuple[Known, ...]:
    """Return who was there at the end of a day, the closest first."""
    newest: dict[UUID, RelationshipVersion] = {}
    for row in rows:
        if on is None or row.at.astimezone(zone).date() <= on:
            newest[row.relationship_id] = row
    known = [_said(row) for row in newest.values() if not row.is_removed]
    return tuple(
        sorted(known, key=lambda one: (one.tie.closeness, one.tie.label.casefold()))
    )


def _said(row: RelationshipVersion) -> Known:
    tie, choices = tie_of(row.content), load_choices()
    contact = choices.contacts.get(tie.contact)
    return Known(
        relationship_id=row.relationship_id,
        version=row.version,
        tie=tie,
        ring=choices.ring_at(tie.closeness).label,
        kind=choices.kinds[tie.kind].label,
        standing=choices.standings[tie.standing],
        contact=contact.label if contact else "",
    )


def _dot(known: Known, *, is_ghost: bool = False) -> Dot:
    return Dot(
        key=str(known.relationship_id),
        label=known.tie.label,
        closeness=known.tie.closeness,
        angle=known.tie.angle,
        shape=known.standing.shape,
        is_ghost=is_ghost,
    )
