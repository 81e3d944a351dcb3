"""After the end: the plan for staying well, how it went, and what comes next."""

from .choices import WENT, Choice, Fact, Went, load_facts, load_next_steps
from .plan import (
    MOST_CONTACTS,
    STEPS,
    Contact,
    StayingWell,
    as_content,
    plan_of,
)

__all__ = [
    "MOST_CONTACTS",
    "STEPS",
    "WENT",
    "Choice",
    "Contact",
    "Fact",
    "StayingWell",
    "Went",
    "as_content",
    "load_facts",
    "load_next_steps",
    "plan_of",
]
