"""Who is in a life, now and at other times. Every question starts from the member."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from uuid import UUID

from openipt.core.charts import Circle, Dot, circle_of
from openipt.core.errors import Missing, Refused
from openipt.core.inventory import Standing, Tie, load_choices, tie_of
from openipt.inventory import access
from openipt.inventory.models import (
    InventoryAgreement,
    Relationship,
    RelationshipVersion,
)
from openipt.people import queries as people
from openipt.people.models import Member, Person
from openipt.sql.prepared import Prepared
from openipt.vault import keys


@dataclass(frozen=True, kw_only=True, slots=True)
class Whose:
    """Whose people these are, and what this member may do with them."""

    person: Person
    is_own: bool
    refusal_to_write: str
    refusal_to_note: str
    """Why this member cannot note that the person agreed, "" if they can."""
    agreement: InventoryAgreement | None

    @property
    def may_look(self) -> bool:
        """The person always, others once the person has agreed."""
        return self.is_own or self.agreement is not None

    @property
    def may_write(self) -> bool:
        """Whether this member changes them."""
        return not self.refusal_to_write


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
class Somebody:
    """Somebody in a life, for parts that name them."""

    relationship: Relationship
    tie: Tie

    @property
    def relationship_id(self) -> UUID:
        """What stands for them where they are chosen."""
        return self.relationship.pk

    @property
    def is_removed(self) -> bool:
        """Whether they were taken out of the circle."""
        return self.relationship.removed_at is not None


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


def own_inventory(member: Member, at: datetime) -> Whose:
    """Return this person's own people.

    :raises Missing: if the member is no person
    """
    return _whose(member, people.own_person(member), at)


def inventory_for(member: Member, person_id: UUID, at: datetime) -> Whose:
    """Return the people of somebody whose record this professional may read.

    :raises Missing: also when they exist but are not theirs to see
    """
    if not people.may_read(member, person_id, None, at):
        raise Missing
    person = Person.objects.filter(
        pk=person_id, service_id=member.service_id
    ).select_related("member")
    found = person.first()
    if found is None:
        raise Missing
    return _whose(member, found, at)


def inventory_to_note(member: Member, person_id: UUID, at: datetime) -> Whose:
    """Return the people of somebody in this professional's care, agreed or not.

    :raises Missing: also for a supervisor, who reads
    """
    if not people.has_care(member, person_id, None, at):
        raise Missing
    return inventory_for(member, person_id, at)


def inventory_to_write(member: Member, person_id: UUID, at: datetime) -> Whose:
    """Return the people of somebody in care who has agreed to look at them together.

    :raises Missing: also for a supervisor, who reads
    :raises Refused: if the person has not agreed
    """
    whose = inventory_to_note(member, person_id, at)
    if whose.refusal_to_write:
        raise Refused(whose.refusal_to_write)
    return whose


def relationship_of(
    whose: Whose, relationship_id: UUID, *, also_removed: bool = False
) -> Relationship:
    """Return somebody of an inventory that was reached by this member.

    `also_removed` is for a form that was filled in before they were taken out.

    :raises Missing: if they are not in it, were taken out, or it is not theirs to see
    """
    rows = Relationship.objects.filter(pk=relationship_id, person=whose.person)
    found = rows.first()
    if found is None or not whose.may_look:
        raise Missing
    if found.removed_at and not also_removed:
        raise Missing
    found.person = whose.person
    return found


def versions_of(relationship: Relationship) -> list[RelationshipVersion]:
    """Return what was said of somebody, the newest first."""
    rows = RelationshipVersion.objects.filter(relationship=relationship)
    return list(rows.select_related("by").order_by("-version"))


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


def everybody_of(person: Person) -> list[Somebody]:
    """Return everybody who is or was among the people of a life; one query.

    For parts above, where a name stands beside something else. Who may see it has been
    decided there: `access.has_agreed`, or the person themselves.
    """
    return [
        Somebody(relationship=row, tie=tie_of(row.content))
        for row in _EVERYBODY.instances(person=person.pk)
    ]


_EVERYBODY = Prepared(
    lambda person: Relationship.objects.filter(person_id=person).order_by(
        "created_at", "pk"
    ),
    person=UUID,
)


def shared_support_of(person: Person) -> list[Tie]:
    """Return who supports somebody by their own account, the closest first.

    Empty where their people are not for the care team.
    """
    if not access.has_agreed(person):
        return []
    rows = Relationship.objects.filter(person=person, removed_at__isnull=True)
    ties = [tie_of(row.content) for row in rows.order_by("created_at", "pk")]
    found = [tie for tie in ties if tie.alive and _supports(tie)]
    return sorted(found, key=lambda tie: tie.closeness)


def _supports(tie: Tie) -> bool:
    return tie.standing == "supports" or tie.confidant


def count_of(person: Person) -> int:
    """Return how many people are in a circle now."""
    return Relationship.objects.filter(person=person, removed_at__isnull=True).count()


def _whose(member: Member, person: Person, at: datetime) -> Whose:
    agreement: list[InventoryAgreement] = _AGREED.instances(person=person.pk)
    return Whose(
        person=person,
        is_own=access.is_own(member, person),
        refusal_to_write=access.refusal_to_write(member, person, at),
        refusal_to_note=access.refusal_to_note(member, person, at),
        agreement=agreement[0] if agreement else None,
    )


_AGREED = Prepared(
    lambda person: (
        InventoryAgreement.objects.filter(person_id=person, ended_at__isnull=True)
        .select_related("noted_by")
        .order_by("pk")[:1]
    ),
    person=UUID,
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


LEAST_MOVE = 5
"""A smaller step within a ring is a hand that was not quite still."""


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
