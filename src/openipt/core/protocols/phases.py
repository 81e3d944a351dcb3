"""Which session belongs to which phase."""

from dataclasses import dataclass

from openipt.core.errors import Invalid

from .model import Variant
from .parts import Phase


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseSessions:
    """A phase with its first and last session in a course of a certain length."""

    phase: Phase
    first: int
    last: int


def phase_sessions(variant: Variant, total_sessions: int) -> tuple[PhaseSessions, ...]:
    """Return the phases with their sessions; they cover 1 to `total_sessions` without gap.

    Each phase keeps its own number of sessions, the elastic one takes what is left.
    Raises `Invalid` if nothing would be left for it.
    """
    left = total_sessions - sum(phase.sessions or 0 for phase in variant.phases)
    if left < 1:
        raise Invalid(
            f"{variant.name}: {total_sessions} sessions are too few for its phases."
        )
    spans: list[PhaseSessions] = []
    first = 1
    for phase in variant.phases:
        last = first + (left if phase.sessions is None else phase.sessions) - 1
        spans.append(PhaseSessions(phase=phase, first=first, last=last))
        first = last + 1
    return tuple(spans)


def phase_at(variant: Variant, session_number: int, total_sessions: int) -> Phase:
    """Return the phase of a session, counted from 1.

    Before the first session it is the first phase, after the last one the last phase.
    """
    spans = phase_sessions(variant, total_sessions)
    for span in spans:
        if session_number <= span.last:
            return span.phase
    return spans[-1].phase


def is_between(variant: Variant, phase: Phase) -> bool:
    """Return whether a phase is neither the first of a variant nor its last."""
    return phase not in (variant.phases[0], variant.phases[-1])


def links_mood(phase: Phase) -> bool:
    """Return whether each session of a phase links mood to something that happened (T04)."""
    return any(task.key == "link_mood_and_event" for task in phase.shown_tasks)
