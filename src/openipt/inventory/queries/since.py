"""Since when there is something to look at together in a life."""

from datetime import datetime

from openipt.inventory.models import InventoryAgreement, LifeEvent, Relationship
from openipt.people.models import Person


def shared_since(person: Person) -> tuple[datetime | None, datetime | None]:
    """Return since when people and timeline are there and seen by the care team.

    None for what is empty, and for both where the person has not agreed. The person was
    reached by whoever asks.
    """
    agreed = InventoryAgreement.objects.filter(person=person, ended_at__isnull=True)
    agreed_at = agreed.values_list("agreed_at", flat=True).first()
    if agreed_at is None:
        return None, None
    people, events = (
        model.objects.filter(person=person, removed_at__isnull=True)
        .order_by("created_at")
        .values_list("created_at", flat=True)
        .first()
        for model in (Relationship, LifeEvent)
    )
    return (
        max(agreed_at, people) if people else None,
        max(agreed_at, events) if events else None,
    )
