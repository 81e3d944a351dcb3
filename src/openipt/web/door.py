"""Who may open a view at all: said once, on the view, and refused by default.

This door asks for roles. Whether somebody may see *this* record is asked by the queries
of each part, which start from the member.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
ACCOUNT = "account"
ROLES = frozenset({"person", "therapist", "supervisor", "manager", "admin"})
STAFF = ROLES - {"person"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """What a view asks of whoever opens it.

    `before_agreement`: a person may open it without having agreed to the notice.
    `before_second_factor`: staff may open it before a second factor is set up.
    """

    roles: frozenset[str]
    methods: frozenset[str]
    before_agreement: bool = False
    before_second_factor: bool = False

    def __post_init__(self) -> None:
        unknown = self.roles - ROLES - {PUBLIC, ACCOUNT}
        if unknown or not self.roles:
            raise ValueError(f"A policy names roles; {sorted(unknown)} are none.")


def open_to(
    *roles: str,
    methods: tuple[str, ...] = ("GET", "HEAD", "POST"),
    before_agreement: bool = False,
    before_second_factor: bool = False,
) -> Callable[[View], View]:
    """Declare who may open a view; a view without this does not load."""
    policy = Policy(
        roles=frozenset(roles),
        methods=frozenset(methods),
        before_agreement=before_agreement,
        before_second_factor=before_second_factor,
    )

    def declare(view: View) -> View:
        view.policy = policy  # type: ignore[attr-defined]  # a function may carry attributes
        return view

    return declare


def policy_of(view: Callable[..., Any]) -> Policy | None:
    """Return what the view declares, or None."""
    found = getattr(view, "policy", None)
    return found if isinstance(found, Policy) else None
