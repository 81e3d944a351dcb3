"""A plan for staying well: what to notice, what helps, whom to call, in which order."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from openipt.core.protocols.rules import RelapsePlan

STEPS = 3
"""How many steps follow each other when something comes back."""
MOST_CONTACTS = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """Somebody to call, and how they are reached."""

    name: str
    how: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class StayingWell:
    """The person's own plan; `signs` stand in their order, the one that comes first first.

    `seen` is what others notice. `steps` are what to do first, next, and then.
    """

    signs: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    helps: str = ""
    contacts: tuple[Contact, ...] = ()
    risks: str = ""
    steps: tuple[str, ...] = ()
    review_on: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written yet."""
        return self == StayingWell()

    @property
    def standing(self) -> RelapsePlan:
        """What the rules ask of it."""
        return RelapsePlan(
            signs=len(self.signs),
            contacts=len(self.contacts),
            has_review=self.review_on is not None,
        )


def as_content(plan: StayingWell) -> dict[str, Any]:
    """Return what is kept of a plan."""
    kept = asdict(plan)
    kept["review_on"] = plan.review_on.isoformat() if plan.review_on else ""
    for name in ("signs", "seen", "contacts", "steps"):
        kept[name] = list(kept[name])
    return kept


def plan_of(content: Mapping[str, Any]) -> StayingWell:
    """Return the plan that was kept; what an older version did not know has its default."""
    known = {field.name for field in fields(StayingWell)}
    kept = {name: value for name, value in content.items() if name in known}
    for name in ("signs", "seen", "steps"):
        kept[name] = tuple(kept.get(name, ()))
    kept["contacts"] = tuple(Contact(**one) for one in kept.get("contacts", ()))
    day = kept.get("review_on")
    kept["review_on"] = date.fromisoformat(day) if day else None
    return StayingWell(**kept)
