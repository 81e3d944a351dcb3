"""A small world with one of everything, and who stands in which relation to whom.

What the relations say is written by hand, apart from the code that decides.
"""

from dataclasses import dataclass, field
from uuid import uuid4

from django.test import Client

from openipt.people.models import Member
from tests import people

NOBODY = "random"
"""Stands for an object that does not exist."""

RELATIONS: dict[str, dict[str, set[str]]] = {
    # Tomas treats Ana; Ines, his deputy, was told of her alert; Sofia supervises him.
    "ana": {
        "ana": {"self"},
        "tomas": {"team", "shared", "owner"},
        "sofia": {"supervisor"},
        "ines": {"told"},
        "ada": {"admin"},
        "max": {"manager"},
    },
    # Bea has a course with Tomas and another one with Ines, whom nobody supervises.
    "bea": {
        "bea": {"self"},
        "tomas": {"team"},
        "ines": {"team", "shared"},
        "sofia": {"supervisor"},
        "ada": {"admin"},
        "max": {"manager"},
    },
    "beaone": {"bea": {"self"}, "tomas": {"team"}, "sofia": {"supervisor"}},
    "beatwo": {"bea": {"self"}, "ines": {"team"}},
    # Eva is in another service.
    "eva": {
        "eva": {"self"},
        "omar": {"team", "shared", "owner"},
        "mia": {"admin", "manager", "told"},
    },
    # Noah has an account and has not said yes to the notice; nobody treats him.
    "noah": {"not_agreed": {"self"}, "ada": {"admin"}, "max": {"manager"}},
    # Kim has begun with Tomas and has no account yet.
    "kim": {
        "tomas": {"team"},
        "sofia": {"supervisor"},
        "ada": {"admin"},
        "max": {"manager"},
    },
}
"""Whose something is -> actor -> how they are related. Who is not named has no relation.

"bea" stands for what belongs to Bea herself, "beaone" and "beatwo" for what belongs to
one of her courses. "owner" is whose second factor it is. Former (care ended), suspended and
no_second_factor have or had care of Ana's course and are related to nobody: that is the
point of them.
"""

COURSES_OF = {"beaone": "bea", "beatwo": "bea"}

ACTORS = (
    "anonymous",
    *people.MEMBERS,
    "former",
    "suspended",
    "no_second_factor",
    "not_agreed",
)


@dataclass
class World:
    """The cast, everybody who tries the doors, and every object an address can name."""

    cast: people.Cast
    actors: dict[str, Member | None] = field(default_factory=dict)
    objects: dict[str, dict[str, object]] = field(default_factory=dict)
    """Name of an address's argument -> key -> value.

    A key is whose it is, with a word after a stroke where there are several of one.
    """
    labels: dict[object, str] = field(default_factory=dict)
    """Id of a person, member or course -> the word that canaries carry for it."""
    words: dict[str, str] = field(default_factory=dict)
    """What stands for {name} in the forms of the table."""

    def client(self, actor: str) -> Client:
        """Return a browser in which this actor has just signed in, as far as they can."""
        member = self.actors[actor]
        client = Client()
        if member is None:
            return client
        client.force_login(member.account)
        if actor != "no_second_factor":
            people.give_second_factor(member)
        session = client.session
        session["member_id"] = str(member.pk)
        session["account_authentication_methods"] = [
            {
                "method": "password",
                "at": people.NOW.timestamp(),
                "reauthenticated": True,
            }
        ]
        session["account_authentication_methods_user"] = str(member.account_id)
        session.save()
        return client

    def put(self, whose: str, **values: object) -> None:
        """Say which values of arguments belong to this key."""
        for name, value in values.items():
            self.objects.setdefault(name, {})[whose] = value

    def arguments(self, names: tuple[str, ...], key: str) -> dict[str, object] | None:
        """Return values for all these arguments that belong together, or None."""
        if key == NOBODY:
            return {name: self._nothing(name) for name in names}
        found = {name: self._value(name, key) for name in names}
        return None if None in found.values() else found

    def keys(self, names: tuple[str, ...]) -> list[str]:
        """Return keys under which all of these arguments have a value together.

        The first of those that lead to the same address: one person has many issues, and
        the page of that person is one.
        """
        found: dict[tuple[object, ...], str] = {}
        for key in dict.fromkeys(key for name in names for key in self.objects[name]):
            values = self.arguments(names, key) if key != NOBODY else None
            if values is not None:
                found.setdefault(tuple(map(str, values.values())), key)
        return list(found.values())

    def _value(self, name: str, key: str) -> object:
        known = self.objects[name]
        whose = key.split("/", maxsplit=1)[0]
        for candidate in (key, whose, COURSES_OF.get(whose, ""), "any"):
            if candidate in known:
                return known[candidate]
        return None

    def _nothing(self, name: str) -> object:
        known = self.objects[name]
        return known.get(NOBODY, known.get("any") or uuid4())


def relation(actor: str, whose: str) -> set[str]:
    """Return how an actor is related to whose something is."""
    return RELATIONS[whose].get(actor, set())
