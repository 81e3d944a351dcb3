"""What is kept of a session: the note, the plan, the work, what only its author reads."""

from .encounter import Addendum, Encounter, Note, NoteVersion, PhaseTaskDone
from .links import MoodLink, MoodLinkVersion
from .plan import SessionPlan, SessionPlanVersion
from .process import ProcessNote, ProcessNoteVersion
from .work import FocusWorked, TechniqueUsed

__all__ = [
    "Addendum",
    "Encounter",
    "FocusWorked",
    "MoodLink",
    "MoodLinkVersion",
    "Note",
    "NoteVersion",
    "PhaseTaskDone",
    "ProcessNote",
    "ProcessNoteVersion",
    "SessionPlan",
    "SessionPlanVersion",
    "TechniqueUsed",
]
