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
    phase_at,
    phase_open,
    phase_sessions,
    phase_to_open,
    place_of,
)
from .tallies import Tally, answer_key, tally

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
    "Tally",
    "Technique",
    "Variant",
    "answer_key",
    "build_variant",
    "check_file",
    "find_variant",
    "load_conditions",
    "load_library",
    "load_variants",
    "offered_variants",
    "phase_at",
    "phase_open",
    "phase_sessions",
    "phase_to_open",
    "place_of",
    "sourced_parts",
    "tally",
    "use_folder",
]
