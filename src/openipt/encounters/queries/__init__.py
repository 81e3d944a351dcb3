"""What a member may see of sessions. Every function starts from the member."""

from .done import done_in
from .notes import Addition, NoteLine, text_read
from .session import (
    PhaseStep,
    Session,
    Step,
    phase_keys,
    session_for,
    session_to_write,
    task_in,
)
from .since import Score

__all__ = [
    "Addition",
    "NoteLine",
    "PhaseStep",
    "Score",
    "Session",
    "Step",
    "done_in",
    "phase_keys",
    "session_for",
    "session_to_write",
    "task_in",
    "text_read",
]
