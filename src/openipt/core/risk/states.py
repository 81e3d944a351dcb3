"""The states of an alert and the steps between them; there are no others.

Escalation is a count on the alert, not a state. Only a person closes an alert, one at a
time and with a written outcome; a job never does.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

AlertState = Literal[
    "raised",
    "shown",
    "notified",
    "acknowledged",
    "contacted",
    "could_not_reach",
    "assessed",
    "closed",
]

ALERT_STATES: tuple[AlertState, ...] = get_args(AlertState)

# `shown`: the help page was shown to the person. `notified`: a pointer went out to the
# owner. An owner who sees the alert on the screen may acknowledge it before either is
# recorded, so that neither a lost connection nor a dead mail server can keep it from being
# taken. Who could not be reached can be reached later. A grave new answer makes an alert
# that somebody has taken wait again: whoever took it may have stopped looking.
ALERT_STEPS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "raised": frozenset({"shown", "notified", "acknowledged"}),
        "shown": frozenset({"notified", "acknowledged"}),
        "notified": frozenset({"acknowledged"}),
        "acknowledged": frozenset({"contacted", "could_not_reach", "raised"}),
        "contacted": frozenset({"assessed", "raised"}),
        "could_not_reach": frozenset({"contacted", "assessed", "raised"}),
        "assessed": frozenset({"closed", "raised"}),
        "closed": frozenset({"raised"}),
    }
)

OPEN_ALERT_STATES: frozenset[str] = frozenset(ALERT_STATES) - {"closed"}

WAITING_ALERT_STATES: frozenset[str] = frozenset({"raised", "shown", "notified"})
"""Nobody has taken the alert yet: the clock of `steps` runs."""


def may_go(state: str, to: str) -> bool:
    """Return whether an alert may step from one state to another; unknown ones may not."""
    return to in ALERT_STEPS.get(state, frozenset())


def may_close(state: str, outcome: str) -> bool:
    """Return whether an alert may be closed: assessed, and with a written outcome."""
    return may_go(state, "closed") and bool(outcome.strip())
