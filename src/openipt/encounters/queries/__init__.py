"""What a member may see of sessions. Every function starts from the member."""

from .beside import Beside, beside_for
from .done import done_in
from .links import LinkLine, link_in, names_of
from .notes import Addition, NoteLine, text_read
from .plan import Step
from .process import own_process_note, own_process_text
from .session import (
    PhaseStep,
    Session,
    session_for,
)
from .since import Score
from .work import Work
from .writing import phase_keys, session_to_write, task_in

__all__ = [
    "Addition",
    "Beside",
    "LinkLine",
    "NoteLine",
    "PhaseStep",
    "Score",
    "Session",
    "Step",
    "Work",
    "beside_for",
    "done_in",
    "link_in",
    "names_of",
    "own_process_note",
    "own_process_text",
    "phase_keys",
    "session_for",
    "session_to_write",
    "task_in",
    "text_read",
]
