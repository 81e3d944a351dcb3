"""Ways of doing IPT as data: lineages, phases, what each phase asks for, its rules."""

from .conditions import Condition, load_conditions
from .contract import Finding, Rule, check_contract, load_rules
from .foci import check_foci
from .loading import build_variant, find_variant, load_variants
from .model import (
    BetweenSessions,
    Lineage,
    Phase,
    PhaseTask,
    ProblemArea,
    ScheduledMeasure,
    Source,
    Span,
    Statement,
    Variant,
)
from .phases import PhaseSessions, phase_at, phase_sessions

__all__ = [
    "BetweenSessions",
    "Condition",
    "Finding",
    "Lineage",
    "Phase",
    "PhaseSessions",
    "PhaseTask",
    "ProblemArea",
    "Rule",
    "ScheduledMeasure",
    "Source",
    "Span",
    "Statement",
    "Variant",
    "build_variant",
    "check_contract",
    "check_foci",
    "find_variant",
    "load_conditions",
    "load_rules",
    "load_variants",
    "phase_at",
    "phase_sessions",
]
