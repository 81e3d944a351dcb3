"""Ways of doing IPT as data: lineages, phases, what each phase asks for, its rules."""

from .areas import AreaDetail, AreaPoint, AreaQuestion, ProblemArea
from .checking import Sourced, sourced_parts
from .conditions import Condition, load_conditions
from .library import load_library
from .loading import (
    build_variant,
    check_file,
    find_variant,
    load_variants,
    offered_variants,
    use_folder,
)
from .model import Family, Lineage, Stage, Variant
from .parts import (
    BetweenSessions,
    EndingRule,
    Exclusion,
    ExtraSessions,
    FocusRule,
    GroupSize,
    Need,
    Phase,
    PhaseTask,
    Requirement,
    ScheduledMeasure,
    Source,
    Span,
    Statement,
    Technique,
)
from .phases import (
    PhaseSessions,
    is_between,
    links_mood,
    phase_at,
    phase_sessions,
)

__all__ = [
    "AreaDetail",
    "AreaPoint",
    "AreaQuestion",
    "BetweenSessions",
    "Condition",
    "EndingRule",
    "Exclusion",
    "ExtraSessions",
    "Family",
    "FocusRule",
    "GroupSize",
    "Lineage",
    "Need",
    "Phase",
    "PhaseSessions",
    "PhaseTask",
    "ProblemArea",
    "Requirement",
    "ScheduledMeasure",
    "Source",
    "Sourced",
    "Span",
    "Stage",
    "Statement",
    "Technique",
    "Variant",
    "build_variant",
    "check_file",
    "find_variant",
    "is_between",
    "links_mood",
    "load_conditions",
    "load_library",
    "load_variants",
    "offered_variants",
    "phase_at",
    "phase_sessions",
    "sourced_parts",
    "use_folder",
]
