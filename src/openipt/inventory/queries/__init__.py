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
from .scales import ScaleLine, people_to_choose, scale_entry_of, scale_lines

__all__ = [
    "Known",
    "ScaleLine",
    "View",
    "Whose",
    "count_of",
    "inventory_for",
    "inventory_to_note",
    "inventory_to_write",
    "own_inventory",
    "people_to_choose",
    "relationship_of",
    "scale_entry_of",
    "scale_lines",
    "versions_of",
    "view_of",
]
