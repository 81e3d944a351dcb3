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


def phase_open(
    variant: Variant, session_number: int, total_sessions: int, opened: str
) -> Phase:
    """Return the phase that a course is in: the calendar's, unless it was not opened yet.

    A phase that needs something opens by hand; `opened` is the key of the newest one that
    was, "" for none. Until then the course stays in the phase before it. The others follow
    the calendar, and so does the last one: an end comes on its day.
    """
    phases = variant.phases
    by_calendar = phases.index(phase_at(variant, session_number, total_sessions))
    last = len(phases) - 1
    if by_calendar == last and not phases[last].needs:
        return phases[last]
    place = place_of(variant, opened)
    while place < by_calendar and not phases[place + 1].needs:
        place += 1
    return phases[place]


def place_of(variant: Variant, key: str) -> int:
    """Return which phase of the variant has this key; the first for a key it lacks."""
    keys = [phase.key for phase in variant.phases]
    return keys.index(key) if key in keys else 0


def phase_to_open(variant: Variant, now: Phase) -> Phase | None:
    """Return the next phase that opens by hand, None where the rest goes by itself."""
    after = variant.phases[variant.phases.index(now) + 1 :]
    return after[0] if after and after[0].needs else None


def is_between(variant: Variant, phase: Phase) -> bool:
    """Return whether a phase is neither the first of a variant nor its last."""
    return phase not in (variant.phases[0], variant.phases[-1])


def links_mood(phase: Phase) -> bool:
    """Return whether each session of a phase links mood to something that happened (T04)."""
    return any(task.key == "link_mood_and_event" for task in phase.shown_tasks)
