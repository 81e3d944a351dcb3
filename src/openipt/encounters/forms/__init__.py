"""What is typed about a session. Forms check and give values; they never save."""

from .links import LinkForm, begun_with
from .page import AddendumForm, AttendanceForm, NoteForm, SignForm, TasksForm, TickForm
from .plan import MINUTES, WAS, PlanForm
from .process import ProcessNoteForm
from .work import WorkForm

__all__ = [
    "MINUTES",
    "WAS",
    "AddendumForm",
    "AttendanceForm",
    "LinkForm",
    "NoteForm",
    "PlanForm",
    "ProcessNoteForm",
    "SignForm",
    "TasksForm",
    "TickForm",
    "WorkForm",
    "begun_with",
]
