"""What is written about a session. Nothing that was written is lost."""

from .links import add_link, change_link, remove_link
from .notes import add_addendum, save_note, sign_note
from .opening import open_encounter
from .plan import begin_clock, keep_plan, stop_clock
from .process import save_process_note
from .tasks import Change, agree_tasks, tick
from .work import note_focus, note_technique

__all__ = [
    "Change",
    "add_addendum",
    "add_link",
    "agree_tasks",
    "begin_clock",
    "change_link",
    "keep_plan",
    "note_focus",
    "note_technique",
    "open_encounter",
    "remove_link",
    "save_note",
    "save_process_note",
    "sign_note",
    "stop_clock",
    "tick",
]
