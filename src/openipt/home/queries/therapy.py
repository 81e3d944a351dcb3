"""What belongs to a person's therapy, as doors with a line each."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openipt.inventory import queries as inventory
from openipt.people import queries as people
from openipt.people.models import Member, Person


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """A way to a page: what it is called, what is behind it, and a mark where it waits."""

    title: str
    line: str
    url: str
    icon: str
    mark: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Doors that belong together."""

    title: str
    doors: tuple[Door, ...]


def therapy_of(member: Member, _at: datetime) -> tuple[Group, ...]:
    """Return the doors of this person's therapy.

    :raises Missing: if the member is no person
    """
    person = people.own_person(member)
    return (Group(title=_("My life"), doors=(_people(person),)),)


def _people(person: Person) -> Door:
    number = inventory.count_of(person)
    line = (
        ngettext("%(n)s person in your circle", "%(n)s people in your circle", number)
        % {"n": number}
        if number
        else _("Who is close to you, and how it is between you")
    )
    return Door(
        title=_("My people"), line=line, url=reverse("inventory:own"), icon="circles"
    )
