"""What is kept of a life: its people, and what happened in it."""

from .people import InventoryAgreement, Relationship, RelationshipVersion
from .scales import ScaleEntry

__all__ = [
    "InventoryAgreement",
    "Relationship",
    "RelationshipVersion",
    "ScaleEntry",
]
