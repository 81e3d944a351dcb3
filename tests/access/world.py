"""A small world in which every sealed word is a canary, and who may see each."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.apps import apps
from django.test import Client

from openipt.people import operations as people_operations
from openipt.people.models import CareRelationship, Member, Person
from openipt.vault.fields import SealedJSON, SealedText
from tests import people

CANARY = "canary"


@dataclass
class World:
    """The cast with courses and one of everything for Ana, Bea and Eva."""

    cast: people.Cast
    actors: dict[str, Member | None] = field(default_factory=dict)
    objects: dict[str, dict[str, str]] = field(default_factory=dict)
    """Name of an address's argument -> whose -> id."""
    seen_by: dict[str, frozenset[str]] = field(default_factory=dict)
    """Canary -> who may find it on a page."""

    def client(self, actor: str) -> Client:
        member = self.actors[actor]
        if member is None:
            return Client()
        if actor == "no_second_factor":
            client = Client()
            client.force_login(member.account)
            return client
        return people.signed_in(member)


def actors_of(cast: people.Cast) -> dict[str, Member | None]:
    """Everybody who tries every door."""
    former = people.make_member(
        cast.service, "Dr Former", "former@test.example", "therapist", deputy=cast.ines
    )
    care = people_operations.open_care(
        person=cast.ana,
        member=former,
        role="therapist",
        course_id=cast.extra["ana"].pk,
        by=cast.ada,
        at=people.NOW - timedelta(days=40),
    )
    people_operations.end_care(
        care=care, reason="Moved away", by=cast.ada, at=people.NOW - timedelta(days=10)
    )
    suspended = people.make_member(
        cast.service, "Dr Suspended", "suspended@test.example", "therapist"
    )
    people_operations.open_care(
        person=cast.ana,
        member=suspended,
        role="therapist",
        course_id=cast.extra["ana"].pk,
        by=cast.ada,
        at=people.NOW - timedelta(days=40),
    )
    Member.objects.filter(pk=suspended.pk).update(state=Member.State.SUSPENDED)
    unsafe = people.make_member(
        cast.service, "Dr Unsafe", "unsafe@test.example", "therapist"
    )
    named = {name: cast.member(name) for name in people.MEMBERS}
    return {
        "anonymous": None,
        **named,
        "former": former,
        "suspended": suspended,
        "no_second_factor": unsafe,
    }


TEAM = {"ana": ("tomas", "sofia"), "bea": ("tomas", "sofia"), "eva": ("omar",)}
"""Who reads a course by active care or by supervising it."""


def sealed_models():
    """Every model with sealed fields, and those fields."""
    for model in apps.get_models():
        found = [
            f for f in model._meta.fields if isinstance(f, SealedText | SealedJSON)
        ]
        if found:
            yield model, found


def owner_of(row) -> str:
    """Return whose key seals a row: the id of a person or of a member."""
    return str(getattr(row, row.sealed_for))


def persons(cast: people.Cast) -> dict[str, Person]:
    return {"ana": cast.ana, "bea": cast.bea, "eva": cast.eva}


def care_is_as_said(cast: people.Cast) -> None:
    """The table above is true of the rows: else the walk would prove nothing."""
    for whose, person in persons(cast).items():
        active = CareRelationship.objects.filter(person=person, state="active")
        ids = {row.member_id for row in active}
        therapists = [n for n in TEAM[whose] if n != "sofia"]
        assert {cast.member(n).pk for n in therapists} <= ids
