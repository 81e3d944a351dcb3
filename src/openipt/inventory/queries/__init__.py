"""What is known of a life, now and at other times. Every question starts from the member."""

from .people import (
    Known,
    Somebody,
    View,
    Whose,
    count_of,
    inventory_for,
    inventory_to_note,
    inventory_to_write,
    own_inventory,
    relationship_of,
    ties_of,
    versions_of,
    view_of,
)

__all__ = [
    "Known",
    "Somebody",
    "View",
    "Whose",
    "count_of",
    "inventory_for",
    "inventory_to_note",
    "inventory_to_write",
    "own_inventory",
    "relationship_of",
    "ties_of",
    "versions_of",
    "view_of",
]
