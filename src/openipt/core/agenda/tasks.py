"""Which tasks of a phase a session takes up, and which are done already."""

from collections.abc import Mapping
from datetime import datetime

from openipt.core.protocols import Phase, PhaseTask, Variant, phase_sessions

from .model import Situation

_LEAST = 2
"""How many open tasks a session takes up at least; a proposal of this product."""


def tasks_now(variant: Variant, phase: Phase, situation: Situation) -> list[PhaseTask]:
    """Return what the phase does every session, and the next of what it does once.

    As many as it takes to be through by the last session of the phase; that one takes up
    all that is open. If it is more than its share, what the next phase waits for comes
    first; until then the order is that of the work.
    """
    number = situation.session_number
    first, last = _span(variant, phase, situation)
    once = [task for task in phase.shown_tasks if not task.every_session]
    open_ones = [task for task in once if task.key not in situation.done_tasks]
    left, length = max(last - number + 1, 1), last - first + 1
    lags = left == 1 and len(open_ones) * length > len(once)
    needs = _needs_after(variant, phase) if lags else frozenset()
    shown = phase.tasks_in(number)
    ready = sorted(
        (task for task in open_ones if task in shown),
        key=lambda task: task.opens not in needs,
    )
    now = ready[: max(-(-len(open_ones) // left), _LEAST)]
    return sorted(
        (task for task in shown if task.every_session or task in now),
        key=lambda task: task.opens not in needs,
    )


def done_by_pages(phase: Phase, kept: Mapping[str, datetime]) -> dict[str, datetime]:
    """Return since when tasks of a phase are done by what their pages hold.

    `kept` says since when a page holds what is done there, by what a task opens.
    """
    return {
        task.key: kept[task.opens]
        for task in phase.shown_tasks
        if task.opens in kept and not task.every_session and not task.by_hand
    }


def _span(variant: Variant, phase: Phase, situation: Situation) -> tuple[int, int]:
    spans = phase_sessions(variant, situation.total_sessions)
    return next(
        ((span.first, span.last) for span in spans if span.phase.key == phase.key),
        (situation.session_number, situation.session_number),
    )


def _needs_after(variant: Variant, phase: Phase) -> frozenset[str]:
    """Return what the phase after this one waits for."""
    keys = [one.key for one in variant.phases]
    place = keys.index(phase.key) + 1 if phase.key in keys else len(keys)
    return frozenset(variant.phases[place].needs) if place < len(keys) else frozenset()
