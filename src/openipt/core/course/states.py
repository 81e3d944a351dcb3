"""The states of a course and the steps between them; there are no others."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

CourseState = Literal["invited", "active", "ended", "ended_early", "not_begun"]

COURSE_STATES: tuple[CourseState, ...] = get_args(CourseState)

# Ending early is an ordinary way to end, with its own word. An ended course is not opened
# again: more sessions are a new contract.
COURSE_STEPS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "invited": frozenset({"active", "not_begun"}),
        "active": frozenset({"ended", "ended_early"}),
        "ended": frozenset(),
        "ended_early": frozenset(),
        "not_begun": frozenset(),
    }
)

OPEN_COURSE_STATES: frozenset[str] = frozenset({"invited", "active"})


def may_go(state: str, to: str) -> bool:
    """Return whether a course may step from one state to another; unknown ones may not."""
    return to in COURSE_STEPS.get(state, frozenset())
