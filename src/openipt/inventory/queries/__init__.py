"""What is known of a life, now and at other times. Every question starts from the member."""

from .people import (
    Known,
    View,
    Whose,
    count_of,
    inventory_for,
    inventory_to_note,
    inventory_to_write,
    own_inventory,
    relationship_of,
    versions_of,
    view_of,
)
from .standings import standings_of

__all__ = [
    "Known",
    "View",
    "Whose",
    "count_of",
    "inventory_for",
    "inventory_to_note",
    "inventory_to_write",
    "own_inventory",
    "relationship_of",
    "standings_of",
    "versions_of",
    "view_of",
]
