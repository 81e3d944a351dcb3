"""Risk answers: what raises an alert, its states, and who is told when.

The software detects a stated answer and keeps telling a person until one has taken it. It
never rates anybody's risk of suicide.
"""

from .clock import (
    ServiceHours,
    Step,
    due_steps,
    next_step,
    outcome_steps,
    steps,
)
from .levels import LEVELS, Level, highest
from .policy import EscalationPolicy, PolicyStep, Recipient, load_policy
from .states import (
    ALERT_STATES,
    ALERT_STEPS,
    OPEN_ALERT_STATES,
    WAITING_ALERT_STATES,
    AlertState,
    may_close,
    may_go,
)
from .triggers import (
    Trigger,
    at_answer,
    at_completion,
    at_not_safe,
)

__all__ = [
    "ALERT_STATES",
    "ALERT_STEPS",
    "LEVELS",
    "OPEN_ALERT_STATES",
    "WAITING_ALERT_STATES",
    "AlertState",
    "EscalationPolicy",
    "Level",
    "PolicyStep",
    "Recipient",
    "ServiceHours",
    "Step",
    "Trigger",
    "at_answer",
    "at_completion",
    "at_not_safe",
    "due_steps",
    "highest",
    "load_policy",
    "may_close",
    "may_go",
    "next_step",
    "outcome_steps",
    "steps",
]
