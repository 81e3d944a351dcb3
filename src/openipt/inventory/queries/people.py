"""Who is in a life. Every question starts from the member."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from openipt.core.errors import Missing, Refused
from openipt.core.inventory import Tie, tie_of
from openipt.inventory import access
from openipt.inventory.models import (
    InventoryAgreement,
    Relationship,
    RelationshipVersion,
)
from openipt.people import queries as people
from openipt.people.models import Member, Person
from openipt.sql.prepared import Prepared


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
