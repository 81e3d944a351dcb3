"""Short readings in plain words: what each says, and when it is offered."""

from .loading import load_readings
from .model import (
    GROUPS,
    KINDS_OF_PHASE,
    OWN_DATA,
    PAGES,
    WORDS_A_MINUTE,
    OfferRule,
    OwnData,
    Page,
    Part,
    PhaseKind,
    Reading,
    TryThis,
)
from .offering import AT_ONCE, Offer, Whereabouts, kind_of_phase, offered

__all__ = [
    "AT_ONCE",
    "GROUPS",
    "KINDS_OF_PHASE",
    "OWN_DATA",
    "PAGES",
    "WORDS_A_MINUTE",
    "Offer",
    "OfferRule",
    "OwnData",
    "Page",
    "Part",
    "PhaseKind",
    "Reading",
    "TryThis",
    "Whereabouts",
    "kind_of_phase",
    "load_readings",
    "offered",
]
