"""Whether a course keeps to what is known about IPT: one function for each question."""

from .contract import (
    check_change,
    check_contract,
    check_gap,
    check_overrun,
    check_rhythm,
    weeks_of,
)
from .ending import (
    Afterwards,
    RelapsePlan,
    check_afterwards,
    check_ending_raised,
    check_relapse_plan,
    session_line,
)
from .focus import FocusFacts, check_area, check_foci, check_focus
from .intake import Intake, check_condition, check_intake
from .phases import check_needs, check_phases, check_recovery_role, check_start
from .practice import (
    check_conversation,
    check_drift,
    check_mood_link,
    check_options,
    check_try_out,
)
from .registry import Finding, Rule, finding, load_rules

__all__ = [
    "Afterwards",
    "Finding",
    "FocusFacts",
    "Intake",
    "RelapsePlan",
    "Rule",
    "check_afterwards",
    "check_area",
    "check_change",
    "check_condition",
    "check_contract",
    "check_conversation",
    "check_drift",
    "check_ending_raised",
    "check_foci",
    "check_focus",
    "check_gap",
    "check_intake",
    "check_mood_link",
    "check_needs",
    "check_options",
    "check_overrun",
    "check_phases",
    "check_recovery_role",
    "check_relapse_plan",
    "check_rhythm",
    "check_start",
    "check_try_out",
    "finding",
    "load_rules",
    "session_line",
    "weeks_of",
]
