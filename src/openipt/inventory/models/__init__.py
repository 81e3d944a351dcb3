"""What is kept of a life: its people, and what happened in it."""

from .people import InventoryAgreement, Relationship, RelationshipVersion
from .scales import ScaleEntry
from .timeline import LifeEvent, LifeEventVersion

__all__ = [
    "InventoryAgreement",
    "LifeEvent",
    "LifeEventVersion",
    "Relationship",
    "RelationshipVersion",
    "ScaleEntry",
]
