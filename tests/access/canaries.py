"""Puts a word of its own into every sealed field, and says who may ever find it.

The table is written by hand, apart from the code that decides: the two must agree.
"""

import re
from dataclasses import dataclass

from django.apps import apps

from openipt.people.models import Member
from openipt.vault.fields import SealedJSON, SealedText
from tests.access.world import TEAM, World, persons

SHAPE = re.compile(r"zq([a-z]+)x([A-Za-z]+)x([a-z]+)x(\d+)zq")

# Model.field -> who of those around the person it is about may find it on some page.
#   self: the person; team: active care of the course; supervisor: of one of the team;
#   service: any member of staff who may know who people are; admin, manager: those roles.
MAY_FIND: dict[str, set[str]] = {
    "Person.name": {"self", "team", "supervisor", "admin", "manager"},
    "Person.called": {"self", "team", "supervisor", "admin"},
    "Person.phone": {"self", "team"},
    "CareRelationship.endreason": {"admin"},
    "CareChange.reason": {"admin"},
    "Alert.outcome": {"team", "supervisor"},
    "AlertSource.answer": {"team", "supervisor"},
    "AlertEvent.note": {"team", "supervisor"},
    "Contract.missingrule": {"self", "team", "supervisor"},
    "Contract.reason": {"team", "supervisor"},
    "Focus.about": {"self", "team", "supervisor"},
    "Task.text": {"self", "team", "supervisor"},
    "Task.whathappened": {"self", "team", "supervisor"},
    "Note.text": {"team", "supervisor"},
    "NoteVersion.text": {"team", "supervisor"},
    "Addendum.text": {"team", "supervisor"},
    "Entry.content": {"self", "shared"},
    "EntryVersion.content": {"self"},
    "Answering.items": set(),
    "Draft.content": {"self"},
}


@dataclass(frozen=True)
class Canary:
    """A word in a sealed field: whose it is, where it stands."""

    whose: str
    model: str
    field: str
    n: str

    @property
    def place(self) -> str:
        return f"{self.model}.{self.field}"


def word(whose: str, model: str, field: str, n: int) -> str:
    return f"zq{whose}x{model}x{field.replace('_', '')}x{n}zq"


def plant(world: World) -> int:
    """Overwrite every sealed text with a canary; return how many were planted."""
    owners = {str(p.pk): whose for whose, p in persons(world.cast).items()}
    for name, member in world.actors.items():
        if member is not None:
            owners[str(member.pk)] = name.replace("_", "")
    planted = 0
    for model in apps.get_models():
        fields = [
            f for f in model._meta.fields if isinstance(f, SealedText | SealedJSON)
        ]
        for row in model._default_manager.all() if fields else ():
            whose = owners.get(str(getattr(row, model.sealed_for)))
            names = [f for f in fields if _takes_words(f) and getattr(row, f.name)]
            if whose is None or not names:
                continue
            for field in names:
                planted += 1
                _plant_in(row, field, word(whose, model.__name__, field.name, planted))
            row.save(update_fields=[f.name for f in names])
    return planted


def _takes_words(field) -> bool:
    return field.name not in {"born_on", "items"} and (
        not isinstance(field, SealedText) or (field.max_length or 99) >= 30
    )


def _plant_in(row, field, canary: str) -> None:
    value = getattr(row, field.name)
    if isinstance(value, dict):
        setattr(row, field.name, _in_leaves(value, canary))
    else:
        setattr(row, field.name, canary)


def _in_leaves(value, canary: str):
    if isinstance(value, dict):
        return {
            key: inner if key == "did" else _in_leaves(inner, canary)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_in_leaves(inner, canary) for inner in value]
    return canary if isinstance(value, str) and value else value


def found_in(text: str) -> set[Canary]:
    return {Canary(*match) for match in SHAPE.findall(text)}


def may_find(world: World, actor: str, canary: Canary) -> bool:
    """Return what the table says: may this actor ever find this word on a page?"""
    if canary.model == "Member":
        return _may_find_member(world, actor, canary.whose)
    allowed = MAY_FIND[canary.place]
    if canary.whose not in TEAM:  # a draft, sealed for the member who types it
        return "self" in allowed and actor == canary.whose
    member = world.actors[actor]
    if member is None or member.state != Member.State.ACTIVE:
        return False
    if actor == "former":
        return False
    if actor == canary.whose:
        return "self" in allowed
    team = TEAM[canary.whose]
    person = persons(world.cast)[canary.whose]
    same_service = member.service_id == person.service_id
    if actor in team:
        return bool(allowed & {"team", "shared"}) or (
            actor == "sofia" and "supervisor" in allowed
        )
    return same_service and bool(allowed & member.role_set & {"admin", "manager"})


def _may_find_member(world: World, actor: str, whose: str) -> bool:
    """Names of members stay inside their service; persons see those who care for them."""
    named = {name.replace("_", ""): name for name in world.actors}
    mine, theirs = world.actors[actor], world.actors[named[whose]]
    if mine is None or theirs is None:
        return False
    return mine.service_id == theirs.service_id
