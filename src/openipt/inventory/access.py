"""Each question about the inventory, answered with the reason or an empty string for yes."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from openipt.people import queries as people
from openipt.people.models import Member, Person
from openipt.sql.prepared import Prepared

from .models import InventoryAgreement, LifeEvent, Relationship

MOST = 60
"""How many people one circle holds."""
MOST_EVENTS = 200
"""How much one timeline holds."""


def has_agreed(person: Person) -> bool:
    """Return whether the person looks at their people and timeline with their care team."""
    return bool(_AGREED.rows(person=person.pk))


_AGREED = Prepared(
    lambda person: InventoryAgreement.objects.filter(
        person_id=person, ended_at__isnull=True
    ).values_list("pk")[:1],
    person=UUID,
)


def took_back_since(person: Person, at: datetime) -> bool:
    """Return whether the person took it back after an instant, whatever came then."""
    return InventoryAgreement.objects.filter(person=person, ended_at__gt=at).exists()


def is_own(member: Member, person: Person) -> bool:
    """Return whether the member is this person."""
    return person.member_id == member.pk


def refusal_to_write(member: Member, person: Person, at: datetime) -> str:
    """Return why the member cannot change these people or the timeline, or "".

    They are the person's; the care team writes with them once they have agreed.
    """
    if is_own(member, person):
        return ""
    if not people.has_care(member, person.pk, None, at):
        return _("Only the care team writes here. You can read.")
    if not has_agreed(person):
        return _(
            "This person has not agreed yet to look at the people in their life and at "
            "their timeline together with you. Ask them, and note their answer here."
        )
    return ""


def refusal_to_note(member: Member, person: Person, at: datetime) -> str:
    """Return why the member cannot note that the person agreed, or "".

    What somebody took back themselves, they alone give again.
    """
    if is_own(member, person):
        return ""
    if not people.has_care(member, person.pk, None, at):
        return _("Only the person or their care team can say so.")
    agreements = InventoryAgreement.objects.filter(person=person)
    newest = agreements.order_by("-agreed_at", "-pk").first()
    if newest is not None and newest.ended_at is not None:
        return _("They have taken this back. They share it again on their own page.")
    return ""


def refusal_to_enter_scale(member: Member, person: Person, at: datetime) -> str:
    """Return why the member cannot enter answers on scales, or "".

    The care team does, once the person has agreed to look at the people together; the
    person answers on paper, so there is nothing for them to enter.
    """
    if is_own(member, person):
        return _("Your care team enters these answers.")
    return refusal_to_write(member, person, at)


def refusal_to_add(person: Person) -> str:
    """Return why nobody can be added, or ""."""
    there = Relationship.objects.filter(person=person, removed_at__isnull=True).count()
    if there < MOST:
        return ""
    return _("%(n)s people are in the circle already. Take somebody out first.") % {
        "n": MOST
    }


def refusal_to_add_event(person: Person) -> str:
    """Return why nothing more can be put on the timeline, or ""."""
    there = LifeEvent.objects.filter(person=person, removed_at__isnull=True).count()
    if there < MOST_EVENTS:
        return ""
    return _("%(n)s events are on the timeline already. Take something off first.") % {
        "n": MOST_EVENTS
    }
