"""Ways of doing IPT as data: lineages, phases, what each phase asks for, its rules."""

from .contract import Finding, Rule, check_contract, load_rules
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
    "find_variant",
    "load_rules",
    "load_variants",
    "phase_at",
    "phase_sessions",
]
