"""What changes the journal and the tasks between sessions."""

from .journal import change_entry, remove_entry, write_entry
from .sharing import choose_readers, note_reading, share, unshare
from .tasks import agree_task, drop_task, report_task, review_task

__all__ = [
    "agree_task",
    "change_entry",
    "choose_readers",
    "drop_task",
    "note_reading",
    "remove_entry",
    "report_task",
    "review_task",
    "share",
    "unshare",
    "write_entry",
]
