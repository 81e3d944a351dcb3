"""How it stands between a person and those in their life, for the parts above."""

from openipt.core.inventory import tie_of
from openipt.inventory import access
from openipt.inventory.models import Relationship
from openipt.people.models import Person


def standings_of(person: Person) -> frozenset[str]:
    """Return how it stands with somebody of the circle, if its person agreed to show it.

    The person was reached by whoever asks.
    """
    if not access.has_agreed(person):
        return frozenset()
    rows = Relationship.objects.filter(person=person, removed_at__isnull=True)
    return frozenset(tie_of(row.content).standing for row in rows)
